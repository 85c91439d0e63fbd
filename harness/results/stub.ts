import { EXIT } from '../exit.ts';
import { countsOf } from './counts.ts';
import { REPORT_SCHEMA_VERSION, type Report } from './report.ts';

/**
 * The report in place of one that cannot be redacted: the run, exit code 3, and the reason as its only problem. It has no checks, and no
 * text of a gateway.
 */
export function stubReport({ run }: Report, why: string): Report {
  return {
    schemaVersion: REPORT_SCHEMA_VERSION,
    run: {
      id: run.id,
      purpose: run.purpose,
      command: 'postern',
      seed: run.seed,
      startedAt: run.startedAt,
      wallMs: 0,
      suite: run.suite,
      engine: null,
      exitCode: EXIT.environment,
      problems: [why],
    },
    subjects: [],
    counts: countsOf([]),
    effort: { boots: 0, bootMs: 0, longestChainMs: 0, knocks: 0, peakMemoryBytes: 0, slowest: [] },
    stages: [],
    scenarios: [],
    checks: [],
    table: [],
    withheld: 0,
    transcripts: null,
  };
}

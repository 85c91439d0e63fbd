import { EXIT } from '../exit.ts';
import { countsOf } from './counts.ts';
import { REPORT_SCHEMA_VERSION, type Report } from './report.ts';

/**
 * What is written of a run whose report cannot be cleared of secrets: that it was, and why there is no more. Nothing in it is text of a
 * gateway, and nothing in it holds.
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
  };
}

import type { Verdict } from '../judge/verdict.ts';
import { LOADED } from '../results/published.fixture.ts';
import type { CheckResult, Report } from '../results/report.ts';
import { sampleReport } from '../results/sample.fixture.ts';
import type { Play } from './plays.ts';

/** The plays of a report about 2026.4.1, for the example scenario. */
export const PLAYS: readonly Play[] = [
  { version: '2026.4.1', why: ['reported'] },
  { version: '2026.9.6', why: ['newest'] },
  { version: '2026.7.35', why: ['last-affected'] },
  { version: '2026.8.1', why: ['first-after'] },
];

/** A run of the example scenario on the releases of `PLAYS`. Each check passes but those that are named, as `version/check`. */
export function runOf(verdicts: Partial<Record<string, Verdict>>, problems: readonly string[] = []): Report {
  const report = sampleReport();
  const [sample] = report.checks;
  if (sample === undefined) throw new Error('the sample has checks');
  const checks = PLAYS.flatMap(({ version }) =>
    LOADED.checks.flatMap(({ id, name, part }): CheckResult[] => {
      const verdict = verdicts[`${version}/${name}`] ?? 'pass';
      const check: CheckResult = {
        ...sample,
        id,
        name,
        scenario: LOADED.scenario.id,
        part: part === 'workarounds' ? 'remedies' : part,
        gateway: version,
        version,
        verdict,
        holds: verdict === 'pass' || verdict === 'not-applicable',
        expected: `${name} is as it should be`,
        seen: `${name} was ${verdict}`,
        because: verdict === 'error' ? 'the engine stopped' : null,
      };
      return [check];
    }),
  );
  return { ...report, run: { ...report.run, problems: [...problems] }, checks };
}

/** The failure of the example on its affected releases. */
export const REPRODUCED = {
  '2026.4.1/upgrade': 'reproduced',
  '2026.7.35/upgrade': 'reproduced',
} as const satisfies Partial<Record<string, Verdict>>;

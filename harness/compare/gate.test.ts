import { expect, test } from 'vitest';
import { EnvironmentError, EXIT } from '../exit.ts';
import { exitCodeOf, VERDICTS, type Verdict } from '../judge/verdict.ts';
import type { CheckResult, Report } from '../results/report.ts';
import { ALL_HOLD, sampleReport } from '../results/sample.fixture.ts';
import { conclusionOf } from './gate.ts';

/** No accepted weakenings, and nothing to explain a comparison by. */
const NOTHING_KNOWN = { accepted: [], scenarios: [], published: [] };
/** The day of the run, which had no problems. */
const RUN = { today: '2026-11-26', problems: [], disclosure: 'full' as const };
const SAMPLE = sampleReport(ALL_HOLD, 'gate');

/** The report of one gateway with one check that has this verdict. */
function reportOf(reference: string, verdict: Verdict | null): Report {
  return {
    ...SAMPLE,
    subjects: SAMPLE.subjects.map((subject) => ({ ...subject, reference, source: 'packed' })),
    checks:
      verdict === null
        ? []
        : SAMPLE.checks.slice(0, 1).map(
            (check): CheckResult => ({
              ...check,
              part: 'boundary',
              gateway: reference,
              verdict,
              holds: verdict === 'pass',
              observation: null,
            }),
          ),
  };
}

/** The result of a gate whose two gateways have these verdicts: its exit code, and which of the two checks are red. */
function gated(base: Verdict | null, head: Verdict | null): { exitCode: number; red: string[] } {
  const reports = [reportOf('base', base), reportOf('head', head)] as const;
  const { holds, problems } = conclusionOf(...reports, NOTHING_KNOWN, RUN);
  const checks = reports.flatMap(({ checks }) => checks.map((check) => ({ ...check, holds: holds(check) })));
  return {
    exitCode: exitCodeOf(
      checks,
      problems.map(({ exitCode }) => exitCode),
    ),
    red: checks.flatMap((check) => (check.holds ? [] : [check.gateway])),
  };
}

test('a check that holds on the base and not on the head fails the gate, and is red on the head', () => {
  const heads = VERDICTS.map((head) => [head, gated('pass', head)]);
  expect(Object.fromEntries(heads)).toEqual({
    error: { exitCode: 3, red: ['head'] },
    fail: { exitCode: 1, red: ['head'] },
    reproduced: { exitCode: 1, red: ['head'] },
    'not-testable': { exitCode: 1, red: ['head'] },
    'unexpected-pass': { exitCode: 0, red: [] },
    flaky: { exitCode: 1, red: ['head'] },
    'known-deviation': { exitCode: 0, red: [] },
    skipped: { exitCode: 1, red: ['head'] },
    'not-applicable': { exitCode: 1, red: ['head'] },
    pass: { exitCode: 0, red: [] },
  });
  expect(gated('pass', null)).toEqual({ exitCode: 1, red: [] });
});

test('a check that is red on both is reported and does not fail the gate', () => {
  for (const base of ['fail', 'reproduced'] as const)
    for (const head of ['fail', 'reproduced', 'pass'] as const)
      expect(gated(base, head)).toEqual({ exitCode: 0, red: [] });
});

test('a base without a verdict fails the gate', () => {
  expect(gated('error', 'pass')).toEqual({ exitCode: 3, red: ['base'] });
  for (const base of ['flaky', 'not-testable'] as const)
    expect(gated(base, 'pass')).toEqual({ exitCode: 1, red: ['base'] });
});

test('a gateway that was never played cannot be compared', () => {
  const never: Report = { ...reportOf('head', null), subjects: [] };
  expect(() => conclusionOf(reportOf('base', 'pass'), never, NOTHING_KNOWN, RUN)).toThrow(EnvironmentError);
});

test('the comparison is written into the report folder, and its reasons are problems of the run', () => {
  const { files, problems, told } = conclusionOf(
    reportOf('base', 'pass'),
    reportOf('head', 'fail'),
    NOTHING_KNOWN,
    RUN,
  );
  expect(Object.keys(files)).toEqual([
    'comparison.json',
    'comparison.html',
    'comparison.md',
    'comparison.sarif',
    'comment.md',
  ]);
  expect(problems.map(({ exitCode }) => exitCode)).toEqual([EXIT.failed]);
  const [, page, markdown, , comment] = Object.values(files).map((render) => render(reportOf('head', 'fail')));
  for (const text of [page, markdown, comment, told]) expect(text).toContain('Holds on the base and not on the head');
});

test('a problem of the run keeps the comparison from calling the head safe, and is told once', () => {
  const leak = { text: 'head wrote a gateway token to its log', exitCode: EXIT.failed };
  const { problems, told } = conclusionOf(reportOf('base', 'pass'), reportOf('head', 'pass'), NOTHING_KNOWN, {
    ...RUN,
    problems: [leak],
  });
  expect(told).toContain('Broken: something that works on 2026.9.6 (base) does not work on 2026.9.6 (head).');
  expect(problems).toEqual([]);
});

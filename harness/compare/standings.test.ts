import { expect, test } from 'vitest';
import { FUZZING_CHECK, tableCheck } from '../pairwise/properties.ts';
import type { CheckResult, Report } from '../results/report.ts';
import { ALL_HOLD, sampleReport } from '../results/sample.fixture.ts';
import { standingsBetween } from './standings.ts';

const BASE = sampleReport(ALL_HOLD);
const [FIRST, SECOND] = BASE.checks;
if (FIRST === undefined || SECOND === undefined) throw new Error('the sample has two checks');

const withChecks = (checks: CheckResult[], source: 'published' | 'packed' = 'published'): Report => ({
  ...BASE,
  subjects: BASE.subjects.map((subject) => ({ ...subject, source })),
  checks,
});
const passes: CheckResult = { ...FIRST, part: 'boundary', verdict: 'pass' };

test('a report compared with itself has no standings to list', () => {
  expect(standingsBetween(BASE, BASE)).toEqual([]);
});

test('checks that do not hold on the head are listed worst first, with both verdicts', () => {
  const base = withChecks([passes, { ...SECOND, verdict: 'fail' }, { ...SECOND, id: 'a/b/c', verdict: 'pass' }]);
  const head = withChecks([
    { ...passes, verdict: 'fail' },
    { ...SECOND, verdict: 'reproduced' },
    { ...SECOND, id: 'a/b/c', verdict: 'error' },
  ]);
  expect(standingsBetween(base, head)).toEqual([
    { id: passes.id, standing: 'regressed', base: 'pass', head: 'fail' },
    { id: 'a/b/c', standing: 'untold', base: 'pass', head: 'error' },
    { id: SECOND.id, standing: 'red-on-both', base: 'fail', head: 'reproduced' },
  ]);
});

test('a check that the head does not have is lost', () => {
  const lost = [{ id: passes.id, standing: 'lost', base: 'pass', head: null }];
  expect(standingsBetween(withChecks([passes]), withChecks([]))).toEqual(lost);
});

test('a check that does not apply to the head is lost, except between releases and for a workaround', () => {
  const away = (over: Partial<CheckResult> = {}): CheckResult => ({ ...passes, verdict: 'not-applicable', ...over });
  const lost = [{ id: passes.id, standing: 'lost', base: 'pass', head: 'not-applicable' }];
  expect(standingsBetween(withChecks([passes]), withChecks([away()], 'packed'))).toEqual(lost);
  expect(standingsBetween(withChecks([passes]), withChecks([away()]))).toEqual([]);
  const remedy = { part: 'remedies' } as const;
  expect(standingsBetween(withChecks([{ ...passes, ...remedy }]), withChecks([away(remedy)], 'packed'))).toEqual([]);
});

test('fuzzing with another seed is another question, and with the same seed it is compared', () => {
  const fuzzed = (verdict: CheckResult['verdict'], seed: number): Report => {
    const report = withChecks([{ ...passes, id: tableCheck(FUZZING_CHECK), verdict }]);
    return { ...report, run: { ...report.run, seed } };
  };
  expect(standingsBetween(fuzzed('pass', 1), fuzzed('fail', 2))).toEqual([]);
  expect(standingsBetween(fuzzed('pass', 1), fuzzed('fail', 1))).toEqual([
    { id: tableCheck(FUZZING_CHECK), standing: 'regressed', base: 'pass', head: 'fail' },
  ]);
});

import { expect, test } from 'vitest';
import { EXIT } from '../exit.ts';
import { CHANGES, type Change } from '../judge/change.ts';
import { comparisonWith } from '../results/comparison.fixture.ts';
import type { ComparedObservation, ObservationChange, StandingChange } from '../results/comparison.ts';
import { exitCodeOfComparison } from './exit-code.fixture.ts';
import { exitReasonsOf } from './exit-reasons.ts';

const sight: ComparedObservation = {
  id: 'x',
  vantage: 'lan',
  transcript: null,
  seen: '',
  repeat: '',
  observation: {},
  local: false,
  expected: null,
  source: null,
  cell: null,
};
const changed = (change: Change, over: Partial<ObservationChange> = {}): ObservationChange => ({
  id: `a/${change}`,
  base: sight,
  head: sight,
  change,
  local: false,
  accepted: null,
  ...over,
});
const stands = (over: Partial<StandingChange>): StandingChange => ({
  id: 'a/b/c',
  standing: 'regressed',
  base: 'pass',
  head: 'fail',
  ...over,
});

test('a comparison that found nothing is exit 0', () => {
  expect(exitReasonsOf(comparisonWith({}))).toEqual([]);
  expect(exitCodeOfComparison(comparisonWith({}))).toBe(EXIT.holds);
});

test('each change of an observation has its exit code', () => {
  const codes = CHANGES.map((change) => [change, exitCodeOfComparison(comparisonWith({ changes: [changed(change)] }))]);
  expect(Object.fromEntries(codes)).toEqual({
    weakened: 4,
    broke: 1,
    unrecorded: 1,
    recovered: 1,
    changed: 0,
    tightened: 0,
    same: 0,
  });
});

test('a weakening counts unless it is local or accepted', () => {
  const accepted = { reason: 'a', link: 'b', owner: 'c', expires: '2027-01-01' };
  expect(exitCodeOfComparison(comparisonWith({ changes: [changed('weakened', { local: true })] }))).toBe(0);
  expect(exitCodeOfComparison(comparisonWith({ changes: [changed('weakened', { accepted })] }))).toBe(0);
});

test('findings are listed worst first, each with a count and the first id', () => {
  const found = exitReasonsOf(
    comparisonWith({
      changes: [changed('weakened'), changed('broke'), changed('recovered'), changed('unrecorded')],
      standings: [
        stands({}),
        stands({ id: 'a/b/d' }),
        stands({ id: 'a/b/e', standing: 'lost', head: null }),
        stands({ id: 'a/b/f', standing: 'untold', head: 'flaky' }),
        stands({ id: 'a/b/g', standing: 'untold', base: 'error' }),
        stands({ id: 'a/b/h', standing: 'red-on-both', base: 'fail' }),
      ],
      unwritten: ['auto-approved'],
      doubtful: ['plain'],
      unreached: ['xff-port'],
      stale: ['the entry has expired'],
    }),
  );
  expect(found.map(({ exitCode, text }) => `${exitCode} ${text}`)).toEqual([
    '4 remote clients get more access on 2026.9.6 than on 2026.4.1: 1 knock or step, first a/weakened',
    '3 the environment failed on one of the two gateways: 1 check, first a/b/g',
    '1 checks pass on 2026.4.1 and fail on 2026.9.6: 2 checks, first a/b/c',
    '1 checks have a verdict on 2026.4.1 and none on 2026.9.6: 1 check, first a/b/e',
    '1 checks have no reliable verdict on one of the two gateways: 1 check, first a/b/f',
    '1 2026.4.1 gave a decision and 2026.9.6 did not: 1 knock or step, first a/broke',
    '1 2026.4.1 gave no decision, so 2026.9.6 cannot be compared with it: 1 knock or step, first a/recovered',
    '1 2026.9.6 does not log events that 2026.4.1 logs: 1 knock or step, first a/unrecorded',
    '1 2026.9.6 never logs a kind of event that 2026.4.1 logs: 1 kind of event, first auto-approved',
    '1 two observations of one cell differ on one of the two gateways: 1 cell of the table, first plain',
    '1 cells were not observed completely on one of the two gateways: 1 cell of the table, first xff-port',
    '5 the entry has expired',
  ]);
});

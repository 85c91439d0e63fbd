import { expect, test } from 'vitest';
import { changeWith } from '../../results/comparison.fixture.ts';
import type { ObservationChange } from '../../results/comparison.ts';
import { HARMS, type Harm } from '../../results/finding.ts';
import type { Observation } from '../../scenario/schema/observation.ts';
import { harmOf, rankOf, tierOf } from './harm.ts';
import { admitted, refused, waits } from './played-table.fixture.ts';

const DECISION = { reason: 'a', link: 'b', owner: 'c', expires: '2027-01-01' };
const change = (
  base: Observation,
  head: Observation,
  over: Partial<Pick<ObservationChange, 'change' | 'local' | 'accepted'>> = {},
): ObservationChange => changeWith({ base, head, change: 'weakened', ...over });
const WAITS = waits('not-paired');
const READ = admitted(['operator.read']);

test.each<[Harm, ObservationChange]>([
  ['remote-admin', change(WAITS, admitted(['operator.admin']))],
  ['remote-admin', change(READ, admitted(['operator.read', 'operator.admin']))],
  ['remote-admission', change(WAITS, READ)],
  ['remote-admission', change(READ, admitted(['operator.read'], 'approved-silently'))],
  ['remote-secret', change({ pairing: 'none' }, { pairing: 'none', leaked: ['gateway token in the log'] })],
  ['remote-scopes', change(READ, admitted(['operator.read', 'operator.write']))],
  ['remote-nearer', change(refused('credentials'), WAITS)],
  ['unlogged', change(READ, READ, { change: 'unrecorded' })],
  ['local-gain', change(WAITS, admitted(['operator.admin']), { local: true })],
  ['undecided', change(READ, {}, { change: 'broke' })],
  ['undecided', change({}, READ, { change: 'recovered' })],
  ['local-loss', change(READ, WAITS, { change: 'tightened', local: true })],
  ['accepted', change(WAITS, READ, { accepted: DECISION })],
  ['remote-loss', change(READ, WAITS, { change: 'tightened' })],
  ['other', change(WAITS, refused('credentials'), { change: 'changed' })],
])('%s', (harm, each) => {
  expect(harmOf(each)).toBe(harm);
});

test('what did not change harms nobody', () => {
  expect(harmOf(change(READ, READ, { change: 'same' }))).toBeNull();
});

test('remote administration is the worst, and each harm has a tier that is no better than its rank', () => {
  expect(HARMS.map(rankOf)).toEqual(HARMS.map((_, index) => index));
  expect(HARMS.map(tierOf)).toEqual(HARMS.map(tierOf).toSorted((a, b) => a - b));
});

import { expect, test } from 'vitest';
import { dayAfter, listOccurrences, waiverOccurrences } from './list-occurrences.ts';
import { gatesWith, STABLE, TODAY } from './release.fixture.ts';

const DAYS = { today: TODAY, soon: '2026-12-11' };
const CHECK = 'restart/paired-after-restart/after-restart';

const ended = (expires: string, releases = '>=2026.9.7') => ({
  check: CHECK,
  releases,
  signature: {},
  reason: 'It is known.',
  link: 'openclaw/openclaw#1',
  owner: '@somebody',
  expires,
});
const outcomesOf = (expires: string, releases?: string): string[] =>
  listOccurrences(
    gatesWith(STABLE, { candidate: { [CHECK]: 'known-deviation' } }),
    { deviations: [ended(expires, releases)], accepted: [] },
    STABLE,
    DAYS,
  ).map(({ outcome }) => outcome);

test.each([
  ['2026-11-26', ['entry-stale']],
  ['2026-11-27', ['entry-expiring']],
  ['2026-12-11', ['entry-expiring']],
  ['2026-12-12', []],
])('a deviation whose last day is %s', (expires, outcomes) => {
  expect(outcomesOf(expires)).toEqual(outcomes);
});

test('a deviation of other releases than the candidate does not expire for it', () => {
  expect(outcomesOf('2026-11-27', '=2026.9.4')).toEqual([]);
});

test('a deviation that no check shows on its releases is stale', () => {
  const [found] = listOccurrences(gatesWith(STABLE), { deviations: [ended('2027-12-31')], accepted: [] }, STABLE, DAYS);
  expect([found?.outcome, found?.text]).toEqual([
    'entry-stale',
    `deviation of ${CHECK} on >=2026.9.7 matched nothing: no check showed its signature on 2026.9.7; remove it, or narrow its releases`,
  ]);
});

test('an accepted weakening for the candidate expires soon, too', () => {
  const { signature: now, check, reason, link, owner } = ended('');
  const entry = { check, base: '*', head: '>=2026.9.7', now, reason, link, owner, expires: '2026-12-01' };
  const found = listOccurrences(gatesWith(STABLE), { deviations: [], accepted: [entry] }, STABLE, DAYS);
  expect(found.map(({ outcome, id, text }) => [outcome, id, text])).toEqual([
    [
      'entry-expiring',
      `weakening accepted for ${CHECK}`,
      'It is known. (openclaw/openclaw#1, @somebody, until 2026-12-01)',
    ],
  ]);
});

test('a waiver for other candidates is left alone', () => {
  const waiver = {
    ...{ outcome: 'flaky' as const, of: CHECK, candidates: '<2026.9.7', reason: 'R.', link: 'L', owner: 'us' },
    expires: '2020-01-01',
  };
  expect(waiverOccurrences([waiver], [], STABLE, DAYS)).toEqual([]);
});

test('days are counted over the end of a month and of a year', () => {
  expect([dayAfter('2026-11-27', 14), dayAfter('2026-12-31', 1), dayAfter('2028-02-28', 1)]).toEqual([
    ...['2026-12-11', '2027-01-01', '2028-02-29'],
  ]);
});

import { expect, test } from 'vitest';
import { NPM_RELEASES } from './npm-releases.ts';
import { baselinesOf, releaseBefore } from './upgrade-baselines.ts';

const resolved = (candidate: string): (string | null)[] =>
  baselinesOf(candidate, NPM_RELEASES).map(({ release }) => release);

test('a candidate has four baselines, each with its reason', () => {
  expect(baselinesOf('2026.9.7-beta.1', NPM_RELEASES)).toEqual([
    {
      name: 'latest',
      reason: 'most users have it, and npm gives it to everyone who asks for no version',
      release: '2026.9.6',
    },
    { name: 'previous-stable', reason: 'users who left out one release upgrade from it', release: '2026.9.5' },
    {
      name: 'extended-stable',
      reason: 'users who want few changes have it, and move to a later line from it',
      release: '2026.7.35',
    },
    { name: 'floor', reason: 'it is the oldest release from which an upgrade is supported', release: '2026.6.34' },
  ]);
});

test.each<[candidate: string, why: string, releases: (string | null)[]]>([
  ['2026.9.6', 'a release is no baseline of itself', ['2026.9.5', '2026.9.4', '2026.7.35', '2026.6.34']],
  ['2026.9.1', 'previews are none', ['2026.8.2', '2026.8.1', '2026.7.35', '2026.6.34']],
  ['2026.8.1', 'a correction is the latest', ['2026.7.1-2', '2026.6.11', '2026.7.35', '2026.6.34']],
  ['2026.7.1-2', 'a correction follows the one before it', ['2026.7.1-1', '2026.6.11', '2026.6.35', '2026.6.34']],
  ['2026.6.34', 'the floor has no floor', ['2026.6.11', '2026.6.10', '2026.6.33', null]],
  ['2026.4.20', 'nothing was extended-stable yet', ['2026.4.15', '2026.4.14', null, null]],
  ['2026.1.29', 'nothing came before it', [null, null, null, null]],
  ['dev', 'what has no version comes last', ['2026.9.6', '2026.9.5', '2026.7.35', '2026.6.34']],
])('the baselines of %s: %s', (candidate, _why, releases) => {
  expect(resolved(candidate)).toEqual(releases);
});

test('the order of the list does not matter', () => {
  expect(baselinesOf('2026.9.6', NPM_RELEASES.toReversed())).toEqual(baselinesOf('2026.9.6', NPM_RELEASES));
});

test.each([
  ['2026.9.7', '2026.9.6'],
  ['2026.9.6', '2026.9.5'],
  ['2026.8.1', '2026.7.1-2'],
  ['2026.7.36', '2026.7.35'],
  ['2026.6.33', '2026.6.11'],
  ['2026.1.29', null],
])('%s follows %s', (candidate, before) => {
  expect(releaseBefore(candidate, NPM_RELEASES)).toBe(before);
});

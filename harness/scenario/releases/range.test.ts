import { describe, expect, test } from 'vitest';
import { NPM_RELEASES } from './npm-releases.ts';
import { compareReleases, inRange, isRange, isVersion, laterOf, overlap, playableIn, rangeFault } from './range.ts';

describe('a version in a range', () => {
  test.each<[string, string, boolean]>([
    ['2026.4.1', '>=2026.3.31 <=2026.7.1', true],
    ['2026.3.31', '>=2026.3.31 <=2026.7.1', true],
    ['2026.7.1', '>=2026.3.31 <=2026.7.1', true],
    ['2026.7.2', '>=2026.3.31 <=2026.7.1', false],
    ['2026.10.1', '>=2026.9.6', true],
    ['2026.4.1', '2026.4.1 || 2026.5.7', true],
    ['2026.4.1', '2026.3.31 - 2026.5.1', true],
    ['2026.4.1', '*', true],
    ['2026.4.1', 'none', false],
    // A correction is newer than the release it corrects, and older than the next one.
    ['2026.2.19-2', '>=2026.2.19', true],
    ['2026.2.19-2', '<=2026.2.19', false],
    ['2026.2.19-2', '<2026.2.20', true],
    ['2026.2.19-2', '2026.2.19-2', true],
    ['2026.2.19', '<2026.2.19-2', true],
    ['2026.2.19-10', '>2026.2.19-2', true],
    ['2026.2.19-2', '2026.2.x', true],
    ['2026.2.19-2', '2026.2', true],
    // A preview is older than the release it previews.
    ['2026.4.1-beta.1', '<2026.4.1', true],
    ['2026.4.1-beta.1', '>=2026.4.1', false],
    ['2026.4.1-beta.1', '>=2026.3.31 <=2026.7.1', true],
    ['dev', '*', false],
    ['', '*', false],
  ])('%s in %s: %s', (version, range, expected) => {
    expect(inRange(version, range)).toBe(expected);
  });
});

test('what is a range, and what is none', () => {
  const ranges = ['none', '*', '2026.4.1', '2026.2.19-2', '>=2026.3.31 <=2026.7.1', '2026.x', '2026.4.1 || >=2026.9.1'];
  expect(ranges.filter((range) => !isRange(range))).toEqual([]);
  const others = ['None', 'latest', 'since 2026.4.1', '>=2026.4.1 and <2026.5.1'];
  expect(others.filter(isRange)).toEqual([]);
});

test('what is a version, and what is none', () => {
  const texts = ['2026.4.1', '2026.2.19-2', '2026.4.1-beta.1', 'dev', 'latest', '2026.4', 'unknown', ''];
  expect(texts.filter(isVersion)).toEqual(['2026.4.1', '2026.2.19-2', '2026.4.1-beta.1']);
});

test.each<[string, string, boolean]>([
  ['>=2026.3.31 <=2026.7.1', '>=2026.7.1', true],
  ['>=2026.3.31 <2026.7.1', '>=2026.7.1', false],
  ['<=2026.2.19', '2026.2.19-2', false],
  ['*', 'none', false],
  ['*', 'latest', false],
])('%s and %s overlap: %s', (one, other, expected) => {
  expect(overlap(one, other)).toBe(expected);
  expect(overlap(other, one)).toBe(expected);
});

test('releases are sorted with previews before, and corrections after what they correct', () => {
  const sorted = [
    'dev',
    '2026.7.1-beta.6',
    '2026.7.1',
    '2026.7.1-1',
    '2026.7.1-2',
    '2026.7.2-beta.1',
    '2026.7.33',
    '2026.10.1',
  ];
  expect([...sorted].reverse().sort(compareReleases)).toEqual(sorted);
  expect([...NPM_RELEASES].sort(compareReleases)).toEqual(NPM_RELEASES);
});

test.each<[string, string | null]>([
  ['<=2026.7.1-2', null],
  ['<2026.7.1-1', null],
  ['<2026.8.1', null],
  ['>=2026.7.1', null],
  ['>=2026.2.22-1 <=2026.4.2', null],
  ['none', null],
  ['since May', '"since May" is no range of releases'],
  ['<=2026.7.1', '"<=2026.7.1" takes in only one of 2026.7.1 and its correction 2026.7.1-1, and names no correction'],
  ['>2026.7.1', '">2026.7.1" takes in only one of 2026.7.1 and its correction 2026.7.1-1, and names no correction'],
  ['=2026.5.3', '"=2026.5.3" takes in only one of 2026.5.3 and its correction 2026.5.3-1, and names no correction'],
  ['<=2026.2.6', '"<=2026.2.6" takes in only one of 2026.2.6 and its correction 2026.2.6-3, and names no correction'],
  ['>=2026.3.2 <=2026.7.1-beta.6', null],
])('whether %s ends between a release and its correction', (range, message) => {
  expect(rangeFault(range)?.message ?? null).toBe(message);
});

test.each<[string, string[], boolean]>([
  ['2026.7.1-2', ['2026.7.1-2'], true],
  ['2026.3.22 || 2026.3.23', ['2026.3.22', '2026.3.23'], true],
  ['2026.2.19-2', ['2026.2.19', '2026.2.21'], false],
  ['2026.1', ['2026.2.17'], false],
])('of %s can be played: %s', (range, releases, named) => {
  expect(playableIn(range)).toEqual({ releases, named });
});

test('a build is judged at least as the other, and one without a version as the other', () => {
  expect([
    laterOf('2026.9.6', '2026.7.1'),
    laterOf('2026.7.1', '2026.9.6'),
    laterOf('2026.7.1', '2026.7.1-2'),
    laterOf('dev', '2026.9.6'),
    laterOf('2026.9.6', 'dev'),
    laterOf('dev', null),
  ]).toEqual(['2026.9.6', '2026.9.6', '2026.7.1-2', '2026.9.6', '2026.9.6', 'dev']);
});

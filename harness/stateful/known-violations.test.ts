import { expect, test } from 'vitest';
import { CATALOGUE } from '../scenario/catalogue/catalogue.fixture.ts';
import { overlap } from '../scenario/releases/range.ts';
import { isKnownViolation, knownViolations } from './known-violations.ts';
import { SEQUENCE_PROPERTIES } from './properties.ts';
import { releaseOf } from './releases.ts';

const known = knownViolations(CATALOGUE.map(({ scenario }) => scenario));

test('every known violation affects some release, and its scenario shows nothing beyond them', () => {
  for (const { property, releases, beyond } of known) {
    expect(overlap(releases, '>=2026.2.17'), property).toBe(true);
    if (beyond !== null) expect(overlap(releases, beyond.releases), property).toBe(false);
  }
});

test('a known violation whose scenario is missing is an error', () => {
  expect(() => knownViolations([])).toThrow('advisories/approve-beyond-own-scopes proves a known violation');
});

test('every known violation names a property of the model', () => {
  const ids = SEQUENCE_PROPERTIES.map(({ id }) => id);
  expect(known.filter(({ property }) => !ids.includes(property))).toEqual([]);
});

test('a violation is known in its range and beyond it, and nowhere else', () => {
  const isKnown = (property: string, version: string): boolean => isKnownViolation(known, property, releaseOf(version));
  expect(isKnown('request-stands-still', '2026.3.13')).toBe(true);
  expect(isKnown('request-stands-still', '2026.3.24')).toBe(false);
  expect(isKnown('rotation-mints-nothing', '2026.2.26')).toBe(true);
  expect(isKnown('rotation-mints-nothing', '2026.3.11')).toBe(false);
  expect(isKnown('nobody-unasked', '2026.3.13')).toBe(false);
});

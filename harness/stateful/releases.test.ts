import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../root.ts';
import { loadScenarios } from '../scenario/load.ts';
import { overlap, rangeFault } from '../scenario/range.ts';
import { SEQUENCE_PROPERTIES } from './properties.ts';
import { KNOWN_VIOLATIONS, knownViolation, releaseOf } from './releases.ts';

test('every known break has a range of releases, and a scenario that proves it', () => {
  for (const { scenario, releases } of KNOWN_VIOLATIONS) {
    expect(existsSync(path.join(ROOT, 'scenarios', `${scenario}.yaml`)), scenario).toBe(true);
    expect(rangeFault(releases), releases).toBeNull();
  }
});

test('a fact holds on its releases only', () => {
  expect(releaseOf('2026.3.2').has('device-tokens')).toBe(true);
  expect(releaseOf('2026.3.1').has('device-tokens')).toBe(false);
});

test('a known break has the affected releases of its scenario; beyond them, the scenario shows nothing', () => {
  const scenarios = new Map(loadScenarios(ROOT).map(({ scenario }) => [scenario.id, scenario]));
  expect(KNOWN_VIOLATIONS.map(({ property, releases }) => [property, releases])).toEqual(
    KNOWN_VIOLATIONS.map(({ property, scenario }) => [property, scenarios.get(scenario)?.affected]),
  );
  for (const { property, releases, beyond } of KNOWN_VIOLATIONS)
    if (beyond !== null) expect(overlap(releases, beyond.releases), property).toBe(false);
});

test('every known break names a property of the model', () => {
  const names = SEQUENCE_PROPERTIES.map(({ name }) => name);
  expect(KNOWN_VIOLATIONS.filter(({ property }) => !names.includes(property))).toEqual([]);
});

test('a break is known on its releases only', () => {
  expect(knownViolation('request-stands-still', releaseOf('2026.3.13'))?.reported).toBe('openclaw/openclaw#72006');
  expect(knownViolation('request-stands-still', releaseOf('2026.3.24'))).toBeNull();
  expect(knownViolation('rotation-mints-nothing', releaseOf('2026.2.26'))?.reported).toBe('GHSA-4jpw-hj22-2xmc');
  expect(knownViolation('rotation-mints-nothing', releaseOf('2026.3.11'))).toBeNull();
  expect(knownViolation('nobody-unasked', releaseOf('2026.3.13'))).toBeNull();
});

import { expect, test } from 'vitest';
import { TABLE_CHECKS } from '../pairwise/properties.ts';
import { CATALOGUE } from '../scenario/catalogue/catalogue.fixture.ts';
import { checksOfSurvey, SURVEYS } from '../suite/surveys.ts';
import { COVERED_IDS, UNCOVERED_IDS } from './coverage-ids.ts';

test('every check that is evidence exists, and is played without being asked for', () => {
  const played = CATALOGUE.filter(({ scenario }) => !scenario.tags.includes('slow')).map(({ scenario }) => scenario.id);
  const known = new Set<string>([...played, ...TABLE_CHECKS, ...SURVEYS.flatMap(checksOfSurvey)]);
  const named = COVERED_IDS.flatMap(({ id, checks }) => checks.map((check) => ({ id, check })));
  expect(named.filter(({ check }) => !known.has(check))).toEqual([]);
  expect(COVERED_IDS.filter(({ checks }) => checks.length === 0 || new Set(checks).size < checks.length)).toEqual([]);
});

test('each id of a category is in one of the tables, once', () => {
  const ids = [...COVERED_IDS, ...UNCOVERED_IDS].map(({ id }) => id);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  // Device auth 10, network 6, roles 5 of 11, security controls 6, connection 3 of 8; device and node 11, gateway auth 9.
  expect(ids.filter((id) => id.startsWith('gateway.'))).toHaveLength(30);
  expect(ids.filter((id) => id.startsWith('security.'))).toHaveLength(20);
});

test('an id of which a part is missing says which', () => {
  const silent = COVERED_IDS.filter(
    ({ role, because }) => role === 'secondary' && !/\b(not|never|only|no)\b/i.test(because),
  );
  expect(silent).toEqual([]);
});

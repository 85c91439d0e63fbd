import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { RELEASE_SCHEMA_VERSION, releaseVerdictSchema } from '../../results/release-verdict.ts';
import { ROOT } from '../../root.ts';
import { breakingChanges } from '../json/breaking-changes.ts';
import { HELD, SHIPS } from './release.fixture.ts';
import { RELEASE_SCHEMA_FILE, releaseJsonSchema, renderReleaseJson } from './release-json.ts';

const committed = (): object => JSON.parse(readFileSync(path.join(ROOT, RELEASE_SCHEMA_FILE), 'utf8'));

test.each([HELD, SHIPS])('release.json reads back as the same verdict: $verdict', (verdict) => {
  expect(releaseVerdictSchema.parse(JSON.parse(renderReleaseJson(verdict)))).toEqual(verdict);
});

test('a change of release.json does not break the readers of its version', () => {
  expect(
    breakingChanges(committed(), releaseJsonSchema()),
    'Readers of this version would misread such a file. Raise RELEASE_SCHEMA_VERSION in harness/results/release-verdict.ts, and run: npx node harness/report/json/write-json-schema.ts',
  ).toEqual([]);
});

test('the JSON Schema of release.json is up to date', () => {
  expect(
    JSON.parse(JSON.stringify(releaseJsonSchema())),
    'Run: npx node harness/report/json/write-json-schema.ts',
  ).toEqual(committed());
});

test('the verdict that was kept when version 1 was new still loads', () => {
  expect(RELEASE_SCHEMA_VERSION).toBe(1);
  const kept: unknown = JSON.parse(readFileSync(path.join(import.meta.dirname, 'samples/release-1.json'), 'utf8'));
  expect(releaseVerdictSchema.parse(kept)).toMatchObject({ schemaVersion: 1 });
});

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { JSON_SCHEMA_FILE, scenarioJsonSchema } from './json-schema.ts';

test('the schema file is up to date; written by npx node harness/scenario/schema/write-json-schema.ts', () => {
  const committed = readFileSync(path.join(import.meta.dirname, '..', '..', '..', JSON_SCHEMA_FILE), 'utf8');
  expect(JSON.parse(committed)).toEqual(JSON.parse(JSON.stringify(scenarioJsonSchema())));
});

test('the schema refuses unknown keys, as the loader does', () => {
  expect(scenarioJsonSchema()).toMatchObject({
    $schema: 'http://json-schema.org/draft-07/schema#',
    additionalProperties: false,
    required: ['title', 'why', 'reported', 'affected', 'clients', 'steps', 'boundary'],
  });
});

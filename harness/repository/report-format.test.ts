import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { VERDICTS } from '../judge/verdict.ts';
import {
  checkSchema,
  REPORT_SCHEMA_VERSION,
  reportSchema,
  runEventSchema,
  subjectSchema,
  tableCellSchema,
} from '../results/report.ts';
import { ROOT } from '../root.ts';
import { environmentFailedSchema, notCarriedOutSchema, shownSchema } from '../scenario/schema/observation.ts';
import { columnUnder, sectionUnder, wordsIn } from './documents.fixture.ts';

const DOCUMENT = readFileSync(path.join(ROOT, 'docs/report-format.md'), 'utf8');

test.each<[heading: string, schema: { shape: object }]>([
  ['## Fields', reportSchema],
  ['### run', reportSchema.shape.run],
  ['### subjects', subjectSchema],
  ['### checks', checkSchema],
  ['### table', tableCellSchema],
  [
    '### observation',
    { shape: { ...shownSchema.shape, ...notCarriedOutSchema.shape, ...environmentFailedSchema.shape } },
  ],
])('the table under "%s" has the fields of the schema, in their order', (heading, { shape }) => {
  expect(columnUnder(DOCUMENT, heading).flatMap(wordsIn)).toEqual(Object.keys(shape));
});

test('every schema version has a row, the newest first', () => {
  const versions = columnUnder(DOCUMENT, '## Versions').map(Number);
  expect(versions).toEqual(Array.from({ length: REPORT_SCHEMA_VERSION }, (_, index) => REPORT_SCHEMA_VERSION - index));
  expect(DOCUMENT).toContain(`| \`schemaVersion\` | ${REPORT_SCHEMA_VERSION} `);
});

test('the row of `verdict` has every verdict', () => {
  const row = sectionUnder(DOCUMENT, '### checks')
    .split('\n')
    .find((line) => line.startsWith('| `verdict`'));
  expect(wordsIn(row ?? '').slice(1)).toEqual(VERDICTS);
});

test('every kind of event is named', () => {
  const named = wordsIn(sectionUnder(DOCUMENT, '## events.ndjson'));
  const kinds = runEventSchema.options.map(({ shape }) => shape.event.value);
  expect(kinds.filter((kind) => !named.includes(kind))).toEqual([]);
});

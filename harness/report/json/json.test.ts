import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { VERDICTS } from '../../judge/verdict.ts';
import { reportSchema } from '../../results/report.ts';
import { sampleReport, verdictsShown } from '../../results/sample.fixture.ts';
import { renderJson, reportJsonSchema } from './json.ts';

test('report.json reads back as the report it was drawn from', () => {
  const report = sampleReport();
  expect(reportSchema.parse(JSON.parse(renderJson(report)))).toEqual(report);
});

test('the published schema is the one that the code makes; if not: node harness/report/json/write-json-schema.ts && npm run format', () => {
  const committed = readFileSync(join(import.meta.dirname, 'report.schema.json'), 'utf8');
  expect(JSON.parse(committed)).toEqual(JSON.parse(JSON.stringify(reportJsonSchema())));
});

test('the sample shows every verdict', () => {
  expect(verdictsShown(sampleReport())).toEqual([...VERDICTS]);
});

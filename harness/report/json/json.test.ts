import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { VERDICTS } from '../../judge/verdict.ts';
import { reportSchema } from '../../results/report.ts';
import { sampleReport, verdictsShown } from '../../results/sample.fixture.ts';
import { renderJson, reportJsonSchema } from './json.ts';

test('report.json reads back as the same report', () => {
  const report = sampleReport();
  expect(reportSchema.parse(JSON.parse(renderJson(report)))).toEqual(report);
});

test('report.schema.json is up to date; to write it: npx node harness/report/json/write-json-schema.ts', () => {
  const committed = readFileSync(join(import.meta.dirname, 'report.schema.json'), 'utf8');
  expect(JSON.parse(committed)).toEqual(JSON.parse(JSON.stringify(reportJsonSchema())));
});

test('the sample report has every verdict', () => {
  expect(verdictsShown(sampleReport())).toEqual([...VERDICTS]);
});

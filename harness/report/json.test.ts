import { expect, test } from 'vitest';
import { VERDICTS } from '../judge/verdict.ts';
import { renderJson, renderSchema } from './json.ts';
import { reportSchema } from './report.ts';
import { sampleReport, verdictsShown } from './sample.fixture.ts';

test('report.json reads back as the report it was drawn from', () => {
  const report = sampleReport();
  expect(reportSchema.parse(JSON.parse(renderJson(report)))).toEqual(report);
});

test('the published schema is the one that the code enforces', async () => {
  await expect(renderSchema()).toMatchFileSnapshot('./report.schema.json');
});

test('the sample shows every verdict', () => {
  expect(verdictsShown(sampleReport())).toEqual([...VERDICTS]);
});

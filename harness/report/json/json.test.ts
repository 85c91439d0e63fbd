import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { VERDICTS } from '../../judge/verdict.ts';
import { readReport } from '../../results/read.ts';
import { REPORT_SCHEMA_VERSION, reportSchema } from '../../results/report.ts';
import { sampleReport, verdictsShown } from '../../results/sample.fixture.ts';
import { ROOT } from '../../root.ts';
import { breakingChanges } from './breaking-changes.ts';
import { REPORT_SCHEMA_FILE, renderJson, reportJsonSchema } from './json.ts';

/** The oldest version of report.json that is kept: nobody could install a Postern that wrote versions 1 and 2. */
const OLDEST_KEPT = 3;
const VERSIONS = Array.from({ length: REPORT_SCHEMA_VERSION - OLDEST_KEPT + 1 }, (_, index) => OLDEST_KEPT + index);

/** The report that was kept when a version was new. */
const sampleOf = (version: number): string => path.join(import.meta.dirname, 'samples', `report-${version}.json`);

test('report.json reads back as the same report', () => {
  const report = sampleReport();
  expect(reportSchema.parse(JSON.parse(renderJson(report)))).toEqual(report);
});

test('a change of report.json does not break the readers of its version', () => {
  const committed: object = JSON.parse(readFileSync(path.join(ROOT, REPORT_SCHEMA_FILE), 'utf8'));
  expect(
    breakingChanges(committed, reportJsonSchema()),
    'Readers of this version would misread such a report. Raise REPORT_SCHEMA_VERSION in harness/results/report.ts, say in docs/report-format.md under "Versions" what changed, and run: npx node harness/report/json/write-json-schema.ts',
  ).toEqual([]);
});

test('the JSON Schema of report.json is up to date', () => {
  const committed: unknown = JSON.parse(readFileSync(path.join(ROOT, REPORT_SCHEMA_FILE), 'utf8'));
  expect(
    JSON.parse(JSON.stringify(reportJsonSchema())),
    'Run: npx node harness/report/json/write-json-schema.ts',
  ).toEqual(committed);
});

test.each(VERSIONS)('the JSON Schema of version %i is kept', (version) => {
  const file = path.join(ROOT, `docs/report-${version}.schema.json`);
  expect(existsSync(file), `${file} is missing: programs that read this version have its address`).toBe(true);
});

test.each(VERSIONS)('the report that was kept when version %i was new still loads', (version) => {
  const file = sampleOf(version);
  expect(
    existsSync(file),
    `${file} is missing. For a new version, write renderJson(sampleReport()) there; never change the file of an older one.`,
  ).toBe(true);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ schemaVersion: version });
  expect(readReport(file).schemaVersion).toBe(REPORT_SCHEMA_VERSION);
});

test('the sample report has every verdict', () => {
  expect(verdictsShown(sampleReport())).toEqual([...VERDICTS]);
});

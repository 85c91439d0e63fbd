import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../../root.ts';
import { breakingChanges } from './breaking-changes.ts';
import { REPORT_SCHEMA_FILE, reportJsonSchema } from './json.ts';

/**
 * `npx node harness/report/json/write-json-schema.ts && npm run format`: after the shape of a report has changed. A change that breaks readers of
 * this version is not written.
 */
const file = path.join(ROOT, REPORT_SCHEMA_FILE);
const faults = existsSync(file) ? breakingChanges(JSON.parse(readFileSync(file, 'utf8')), reportJsonSchema()) : [];
if (faults.length > 0)
  throw new Error(
    `${REPORT_SCHEMA_FILE} was not written, because readers of this version would misread a report:\n${faults.join('\n')}\n\nRaise REPORT_SCHEMA_VERSION in harness/results/report.ts, and run this again.`,
  );
writeFileSync(file, `${JSON.stringify(reportJsonSchema(), null, 2)}\n`);
console.log(`wrote ${file}; now run: npm run format`);

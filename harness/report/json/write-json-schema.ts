import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../../root.ts';
import { RELEASE_SCHEMA_FILE, releaseJsonSchema } from '../release/release-json.ts';
import { breakingChanges } from './breaking-changes.ts';
import { REPORT_SCHEMA_FILE, reportJsonSchema } from './json.ts';

/** Each committed schema: its file, how it is made, and where its version is raised. */
const SCHEMAS = [
  [REPORT_SCHEMA_FILE, reportJsonSchema, 'REPORT_SCHEMA_VERSION in harness/results/report.ts'],
  [RELEASE_SCHEMA_FILE, releaseJsonSchema, 'RELEASE_SCHEMA_VERSION in harness/results/release-verdict.ts'],
] as const;

/**
 * `npx node harness/report/json/write-json-schema.ts && npm run format`: after the shape of a report or of a release verdict has changed. A change
 * that breaks readers of this version is not written.
 */
for (const [name, schema, version] of SCHEMAS) {
  const file = path.join(ROOT, name);
  const faults = existsSync(file) ? breakingChanges(JSON.parse(readFileSync(file, 'utf8')), schema()) : [];
  if (faults.length > 0)
    throw new Error(
      `${name} was not written, because readers of this version would misread a file:\n${faults.join('\n')}\n\nRaise ${version}, and run this again.`,
    );
  writeFileSync(file, `${JSON.stringify(schema(), null, 2)}\n`);
  console.log(`wrote ${file}`);
}
console.log('now run: npm run format');

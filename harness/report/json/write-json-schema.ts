import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { reportJsonSchema } from './json.ts';

/** `npx node harness/report/json/write-json-schema.ts && npm run format`: after the shape of a report has changed. */
const file = join(import.meta.dirname, 'report.schema.json');
writeFileSync(file, `${JSON.stringify(reportJsonSchema(), null, 2)}\n`);
console.log(`wrote ${file}; now run: npm run format`);

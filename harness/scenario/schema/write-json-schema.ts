import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { JSON_SCHEMA_FILE, scenarioJsonSchema } from './json-schema.ts';

/** `npx node harness/scenario/schema/write-json-schema.ts && npm run format`: run it after a change of the schema of scenarios. */
const file = path.join(import.meta.dirname, '..', '..', '..', JSON_SCHEMA_FILE);
writeFileSync(file, `${JSON.stringify(scenarioJsonSchema(), null, 2)}\n`);
console.log(`wrote ${file}; now run: npm run format`);

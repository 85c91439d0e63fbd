import { z } from 'zod';
import { writtenScenarioSchema } from './written-scenario.ts';

/** The path of the JSON Schema below the project root. Each scenario names it in its first line, for editors. */
export const JSON_SCHEMA_FILE = 'scenarios/scenario.schema.json';

/**
 * The schema of a scenario file as JSON Schema, draft 7, which the YAML modes of editors read. Parts that occur twice are defined once:
 * without that, the schema is thirty times as long.
 */
export function scenarioJsonSchema(): object {
  return z.toJSONSchema(writtenScenarioSchema, { target: 'draft-7', io: 'input', reused: 'ref' });
}

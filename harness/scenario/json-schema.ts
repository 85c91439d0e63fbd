import { z } from 'zod';
import { writtenScenarioSchema } from './written.ts';

/** Where the schema lies, below the root of the project; each scenario names it in its first line, for editors. */
export const JSON_SCHEMA_FILE = 'scenarios/scenario.schema.json';

/**
 * The shape of a scenario as JSON Schema, draft 7 (what editors' YAML modes read). Parts that are used twice are defined once:
 * written out, the kinds of step make it thirty times as long.
 */
export function scenarioJsonSchema(): object {
  return z.toJSONSchema(writtenScenarioSchema, { target: 'draft-7', io: 'input', reused: 'ref' });
}

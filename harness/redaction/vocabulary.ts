import { z } from 'zod';
import { CLIENT_KINDS } from '../client/claims.ts';
import { reportSchema } from '../results/report.ts';
import { OPERATOR_SCOPES } from '../scenario/schema/scopes.ts';

/** Gives the keys and the enumerated values of a JSON Schema, at any depth. */
function wordsIn(schema: unknown): string[] {
  if (Array.isArray(schema)) return schema.flatMap(wordsIn);
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([key, part]): string[] => {
    if (key === 'properties') return [...Object.keys(part), ...Object.values(part).flatMap(wordsIn)];
    if (key === 'enum' || key === 'const') return [part].flat().map(String);
    return wordsIn(part);
  });
}

/** Words of gateways and the harness in reports, in lower case. The redactor must not remove them: that would falsify the evidence. */
export const VOCABULARY: ReadonlySet<string> = new Set(
  [
    ...wordsIn(z.toJSONSchema(reportSchema)),
    ...OPERATOR_SCOPES,
    ...Object.values(CLIENT_KINDS).flatMap(({ id, mode }) => [id, mode]),
  ].map((word) => word.toLowerCase()),
);

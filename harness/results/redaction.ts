import { z } from 'zod';
import { freeText } from '../scenario/schema/free-text.ts';
import { type Observation, observationSchema } from '../scenario/schema/observation.ts';

/** Replaces every secret of the run in a text. */
export type Redact = (text: string) => string;

/** A secret is in a field that may hold only words of Postern. The message names the field, never the secret. */
export class RedactionError extends Error {}

/**
 * A copy of a value without secrets. Secrets are replaced in fields of the type `freeText`, and in the texts and keys of payloads. Words,
 * ids and keys of Postern are never changed. Throws ZodError if the value does not match the schema, and RedactionError if a word of
 * Postern contains a secret; then the caller must not write the value.
 */
export function redacted<T>(schema: z.ZodType<T>, value: T, redact: Redact): T {
  return schema.parse(cleared(schema, value, redact, []));
}

/** An observation without secrets; as `redacted`. */
export function redactedObservation(observation: Observation, redact: Redact): Observation {
  return redacted(observationSchema, observation, redact);
}

function cleared(schema: z.core.$ZodType, value: unknown, redact: Redact, at: readonly string[]): unknown {
  if (schema === freeText) return typeof value === 'string' ? redact(value) : value;
  if (schema instanceof z.ZodUnknown) return clearedPayload(value, redact);
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault)
    return value === undefined || value === null ? value : cleared(schema.unwrap(), value, redact, at);
  if (schema instanceof z.ZodArray && Array.isArray(value))
    return value.map((each, index) => cleared(schema.element, each, redact, [...at, `${index}`]));
  if (schema instanceof z.ZodObject && isObject(value)) {
    const { catchall } = schema.def;
    return mapped(value, (key, part) => {
      const known: z.core.$ZodType | undefined = Object.hasOwn(schema.shape, key) ? schema.shape[key] : catchall;
      return known === undefined ? part : cleared(known, part, redact, [...at, key]);
    });
  }
  if (schema instanceof z.ZodRecord && isObject(value)) {
    const values = mapped(value, (key, part) => cleared(schema.valueType, part, redact, [...at, key]));
    return schema.keyType instanceof z.ZodString ? withoutSecretKeys(values, redact) : values;
  }
  if (schema instanceof z.ZodUnion) {
    const option = schema.options.find((each) => z.safeParse(each, value).success);
    return option === undefined ? value : cleared(option, value, redact, at);
  }
  if (typeof value === 'string' && redact(value) !== value)
    throw new RedactionError(`a secret is in ${redact(at.join('.'))}, which may hold only words of Postern`);
  return value;
}

/** A copy of a payload, a value of unknown shape, in which secrets are replaced in texts and keys. */
function clearedPayload(value: unknown, redact: Redact): unknown {
  if (typeof value === 'string') return redact(value);
  if (Array.isArray(value)) return value.map((each) => clearedPayload(each, redact));
  if (!isObject(value)) return value;
  return withoutSecretKeys(
    mapped(value, (_, part) => clearedPayload(part, redact)),
    redact,
  );
}

/** Replaces keys that contain a secret. A key that would exist twice gets a number, so that no entry is lost. */
function withoutSecretKeys(value: Record<string, unknown>, redact: Redact): Record<string, unknown> {
  const taken = new Set(Object.keys(value).filter((key) => redact(key) === key));
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => {
      if (taken.has(key)) return [key, part];
      const clean = redact(key);
      let name = clean;
      for (let count = 2; taken.has(name); count += 1) name = `${clean} (${count})`;
      taken.add(name);
      return [name, part];
    }),
  );
}

function mapped(
  value: Record<string, unknown>,
  part: (key: string, part: unknown) => unknown,
): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, part(key, each)]));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

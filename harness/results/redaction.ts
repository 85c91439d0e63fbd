import { z } from 'zod';
import { freeText } from '../scenario/free-text.ts';
import { type Observation, observationSchema } from '../scenario/observation.ts';

/** Clears a text of every secret of the run. */
export type Redact = (text: string) => string;

/** A secret stands where only words of ours may stand. The message names the place, never the secret. */
export class RedactionError extends Error {}

/**
 * A value of this shape without secrets: replaced in free text and in the texts of payloads, nowhere else. Words, ids and keys of ours are
 * never changed; keys of a payload, which have no vocabulary of ours, are replaced where a secret stands in them.
 * Throws ZodError where the value has not this shape, RedactionError where a secret stands in a word of ours: then nothing may be written.
 */
export function redacted<T>(schema: z.ZodType<T>, value: T, redact: Redact): T {
  return schema.parse(cleared(schema, value, redact, []));
}

/** An observation as it may be told. */
export function redactedObservation(observation: Observation, redact: Redact): Observation {
  return redacted(observationSchema, observation, redact);
}

function cleared(schema: z.core.$ZodType, value: unknown, redact: Redact, at: readonly string[]): unknown {
  if (schema === freeText) return typeof value === 'string' ? redact(value) : value;
  if (schema instanceof z.ZodUnknown) return clearedPayload(value, redact);
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable)
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
    throw new RedactionError(`a secret stands in ${redact(at.join('.'))}, where no text of others may stand`);
  return value;
}

/** A value of unknown shape without secrets, in its texts and its keys. */
function clearedPayload(value: unknown, redact: Redact): unknown {
  if (typeof value === 'string') return redact(value);
  if (Array.isArray(value)) return value.map((each) => clearedPayload(each, redact));
  if (!isObject(value)) return value;
  return withoutSecretKeys(
    mapped(value, (_, part) => clearedPayload(part, redact)),
    redact,
  );
}

/** Keys in which a secret stands are replaced, and numbered where there is such a key already, so that none hides another. */
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

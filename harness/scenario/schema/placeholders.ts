import type { z } from 'zod';

/** Ids that a scenario names by placeholders: of a client's device, of its pending request, and of its pending node request. */
const NAMED = ['device', 'request', 'node-request'] as const;
export type NamedId = (typeof NAMED)[number];

type Json = z.core.util.JSONType;

/** The id that a placeholder such as "<device>" names; null for any other word. */
export function idNamedBy(word: string): NamedId | null {
  return NAMED.find((what) => word === `<${what}>`) ?? null;
}

/** The id and the client that a placeholder such as "<device of phone>" names; null for any other text. */
export function idOfClientNamedBy(text: string): { what: NamedId; of: string } | null {
  const [, word = '', of = ''] = /^<(\S+) of (\S+)>$/.exec(text) ?? [];
  const what = idNamedBy(`<${word}>`);
  return what === null ? null : { what, of };
}

/** Every string in a JSON value, at any depth, without keys. */
export function textsIn(value: Json): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** The value with each string replaced by the result of `by`; keys stay. */
export function withTexts(value: Json, by: (text: string) => string): Json {
  if (typeof value === 'string') return by(value);
  if (Array.isArray(value)) return value.map((item) => withTexts(item, by));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withTexts(item, by)]));
}

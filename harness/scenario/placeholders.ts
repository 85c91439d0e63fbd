import type { z } from 'zod';

/** Ids that no scenario can know: of a client's device, of its pending request, and of the request of the node that it is. */
const NAMED = ['device', 'request', 'node-request'] as const;
export type NamedId = (typeof NAMED)[number];

type Json = z.core.util.JSONType;

/** The id that a word such as "<device>" stands for; null where it is a word like any other. */
export function idNamedBy(word: string): NamedId | null {
  return NAMED.find((what) => word === `<${what}>`) ?? null;
}

/** The id, and whose, that a text such as "<device of phone>" stands for. */
export function idOfClientNamedBy(text: string): { what: NamedId; of: string } | null {
  const [, word = '', of = ''] = /^<(\S+) of (\S+)>$/.exec(text) ?? [];
  const what = idNamedBy(`<${word}>`);
  return what === null ? null : { what, of };
}

/** Every text in a JSON value, at whatever depth. */
export function textsIn(value: Json): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** The value with each of its texts replaced by what `by` gives for it. */
export function withTexts(value: Json, by: (text: string) => string): Json {
  if (typeof value === 'string') return by(value);
  if (Array.isArray(value)) return value.map((item) => withTexts(item, by));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withTexts(item, by)]));
}

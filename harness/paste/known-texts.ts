import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { ROOT } from '../root.ts';

const knownTextsSchema = z.strictObject({
  /** The names of the evidence that two texts or more show. */
  evidence: z.array(z.string()),
  texts: z.array(
    z.strictObject({
      /** Where the text stands. */
      from: z.string(),
      /** What it is about: ids of scenarios, or of a mechanism that no scenario plays. Several share it equally. */
      targets: z.array(z.string()),
      /** What it shows, as places in `evidence`. */
      shows: z.array(z.int().nonnegative()),
    }),
  ),
});
export type KnownTexts = z.infer<typeof knownTextsSchema>;

export const KNOWN_TEXTS_FILE = path.join(ROOT, 'harness/paste/known-texts.json');

/** Reads the texts that this version of Postern knows; harness/paste/write-known-texts.ts writes them. */
export function loadKnownTexts(): KnownTexts {
  return knownTextsSchema.parse(JSON.parse(readFileSync(KNOWN_TEXTS_FILE, 'utf8')));
}

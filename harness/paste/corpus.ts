import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { CLASSES } from '../scenario/scenario.ts';
import { MECHANISM_IDS } from './mechanisms/all.ts';
import { REPORT_VERDICTS } from './ranking.ts';

/** What a triager makes of a text of the corpus. */
const expectedSchema = z.strictObject({
  /** Null for what is not the gateway's, and where the text leaves it open. */
  class: z.enum(CLASSES).nullable(),
  /** The published release that the text is about, or the nearest one; null if it names none. */
  release: z.string().nullable(),
  verdict: z.enum(REPORT_VERDICTS),
  /** The scenario that plays it best. */
  scenario: z.string().optional(),
  /** Scenarios that may stand beside it. */
  others: z.array(z.string()).optional(),
  /** A scenario that must be named as near, where none plays it. */
  near: z.string().optional(),
  /** The mechanism that it shows, where no scenario plays it. */
  mechanism: z.enum(MECHANISM_IDS).optional(),
});
export type Expected = z.infer<typeof expectedSchema>;

const FOLDER = path.join(import.meta.dirname, 'corpus');

/** The texts of the corpus with their labels, in the order of their names. */
export function loadCorpus(): { name: string; file: string; expected: Expected }[] {
  return globSync('*.txt', { cwd: FOLDER })
    .sort()
    .map((name) => {
      const file = path.join(FOLDER, name);
      return {
        name,
        file,
        expected: expectedSchema.parse(parse(readFileSync(file.replace(/\.txt$/, '.expected.yaml'), 'utf8'))),
      };
    });
}

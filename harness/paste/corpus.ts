import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { CLASSES } from '../scenario/schema/scenario.ts';
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
  /** Scenarios that play it as well as that one. */
  or: z.array(z.string()).optional(),
  /** Scenarios that may stand beside them. */
  others: z.array(z.string()).optional(),
  /** A scenario that must be named as near, where none plays it. */
  near: z.string().optional(),
  /** The mechanism that it shows, where no scenario plays it. */
  mechanism: z.enum(MECHANISM_IDS).optional(),
});
export type Expected = z.infer<typeof expectedSchema>;

const listedSchema = z.array(expectedSchema.extend({ name: z.string(), text: z.string() }));

/** A text of the corpus with its label. */
export type Labelled = { name: string; text: string; expected: Expected };

const FOLDER = path.join(import.meta.dirname, 'corpus');

/** The texts of the corpus in the order of their names: each a file beside its label, and lists of shorter ones with theirs. */
export function loadCorpus(): Labelled[] {
  const files = globSync('*.txt', { cwd: FOLDER }).map((name): Labelled => {
    const file = path.join(FOLDER, name);
    const label: unknown = parse(readFileSync(file.replace(/\.txt$/, '.expected.yaml'), 'utf8'));
    return { name, text: readFileSync(file, 'utf8'), expected: expectedSchema.parse(label) };
  });
  const lists = globSync('*.list.yaml', { cwd: FOLDER }).flatMap((name): Labelled[] =>
    listedSchema
      .parse(parse(readFileSync(path.join(FOLDER, name), 'utf8')))
      .map(({ name: each, text, ...expected }) => ({ name: `${name} ${each}`, text, expected })),
  );
  return [...files, ...lists].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

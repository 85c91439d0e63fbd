import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { writeWhole } from '../results/folder.ts';
import { parseJson } from '../text/json.ts';
import type { MutantSurvey } from './mutant-survey.ts';

/** What a survey saw of one image: the tag has a hash of everything in the image, the digest and the parts (null: all) stand for what was played. */
const keptSurveySchema = z.strictObject({
  tag: z.string(),
  digest: z.string(),
  parts: z.array(z.string()).nullable(),
  seen: z.unknown(),
});

/** An image, and the parts of a survey that are played on it; null for all. */
type Played = { tag: string; parts: readonly string[] | null };

/**
 * Reads what a survey saw of the image with this tag, so that a selftest continues where it stopped. Gives null if the file is missing, cannot be
 * read, is of another image, or was played in another way.
 */
export function readKeptSurvey<Seen>(file: string, { tag, parts }: Played, survey: MutantSurvey<Seen>): Seen | null {
  if (!existsSync(file)) return null;
  const kept = keptSurveySchema.safeParse(parseJson(readFileSync(file, 'utf8')));
  if (!kept.success || kept.data.tag !== tag || kept.data.digest !== survey.digest) return null;
  if (JSON.stringify(kept.data.parts) !== JSON.stringify(parts)) return null;
  return survey.fromStored(kept.data.seen);
}

/** Keeps what a survey saw of an image, without the secrets that `redact` knows. Throws the errors of `node:fs`. */
export function writeKeptSurvey<Seen>(
  file: string,
  { tag, parts, seen }: Played & { seen: Seen },
  { digest, toStored }: MutantSurvey<Seen>,
  redact: (text: string) => string,
): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeWhole(file, `${redact(JSON.stringify({ tag, digest, parts, seen: toStored(seen) }, null, 1))}\n`);
}

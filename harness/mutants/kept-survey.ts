import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { writeWhole } from '../results/folder.ts';
import { parseJson } from '../text/json.ts';
import type { MutantSurvey } from './mutant-survey.ts';

/** What a survey saw of one image: the tag has a hash of everything in the image, the digest stands for what was played. */
const keptSurveySchema = z.strictObject({ tag: z.string(), digest: z.string(), seen: z.unknown() });

/**
 * Reads what a survey saw of the image with this tag, so that a selftest continues where it stopped. Gives null if the file is missing, cannot be
 * read, is of another image, or was played in another way.
 */
export function readKeptSurvey<Seen>(file: string, tag: string, survey: MutantSurvey<Seen>): Seen | null {
  if (!existsSync(file)) return null;
  const kept = keptSurveySchema.safeParse(parseJson(readFileSync(file, 'utf8')));
  if (!kept.success || kept.data.tag !== tag || kept.data.digest !== survey.digest) return null;
  return survey.fromStored(kept.data.seen);
}

/** Keeps what a survey saw of an image, without the secrets that `redact` knows. Throws the errors of `node:fs`. */
export function writeKeptSurvey<Seen>(
  file: string,
  { tag, seen }: { tag: string; seen: Seen },
  { digest, toStored }: MutantSurvey<Seen>,
  redact: (text: string) => string,
): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeWhole(file, `${redact(JSON.stringify({ tag, digest, seen: toStored(seen) }, null, 1))}\n`);
}

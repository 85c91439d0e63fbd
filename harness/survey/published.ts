import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { UsageError } from '../exit.ts';
import { writeWhole } from '../results/folder.ts';
import { compareReleases } from '../scenario/releases/range.ts';
import { parseJson } from '../text/json.ts';

/** The published files of a survey: its name, which is that of the folder below results/, and their schema. */
export type PublishedSurvey<File> = {
  name: string;
  schema: z.ZodType<File>;
  /** What an invalid file is not, as an error says it. */
  fault: string;
  versionOf(file: File): string;
};

const folderOf = (name: string): string => path.join('results', name);

/** The published files of a survey for all releases, oldest first. Throws UsageError if a file is invalid. */
export function readPublishedSurvey<File>(
  root: string,
  { name, schema, fault, versionOf }: PublishedSurvey<File>,
): File[] {
  const folder = path.join(root, folderOf(name));
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((entry): File => {
      const file = path.join(folder, entry);
      const parsed = schema.safeParse(parseJson(readFileSync(file, 'utf8')));
      if (parsed.success) return parsed.data;
      throw new UsageError(
        `${file} ${fault}: ${z.prettifyError(parsed.error)}`,
        `Remove it, and run \`postern ${name} --publish\` for that release.`,
      );
    })
    .sort((a, b) => compareReleases(versionOf(a), versionOf(b)));
}

/**
 * Writes the published file of a release. The last value of `head` is an object, which gets the further entry `rows`, with a line for each row, so that a change
 * is a line of a diff. Gives the path below `root`. Throws the errors of `node:fs`.
 */
export function writePublishedSurvey(
  root: string,
  { name, version }: { name: string; version: string },
  head: Readonly<Record<string, unknown>>,
  rows: { key: string; values: readonly unknown[] },
): string {
  mkdirSync(path.join(root, folderOf(name)), { recursive: true });
  const file = path.join(folderOf(name), `${version}.json`);
  const begin = JSON.stringify(head, null, 1).replace(/\n \}\n\}$/, '');
  const lines = rows.values.map((row) => `   ${JSON.stringify(row)}`);
  writeWhole(path.join(root, file), `${begin},\n  "${rows.key}": [\n${lines.join(',\n')}\n  ]\n }\n}\n`);
  return file;
}

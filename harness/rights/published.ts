import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { UsageError } from '../exit.ts';
import { writeWhole } from '../results/folder.ts';
import { compareReleases } from '../scenario/releases/range.ts';
import { parseJson } from '../text/json.ts';
import { storedMatrixSchema } from './matrix.ts';

/** The published matrix of a release. It has no seed and no times, so that a difference between two of these files is one of the gateway. */
const publishedRightsSchema = z.strictObject({
  /** The command that writes this file. */
  command: z.string(),
  /** How many findings are left out with their rows, until somebody has published them. */
  withheld: z.number(),
  matrix: storedMatrixSchema,
});
export type PublishedRights = z.infer<typeof publishedRightsSchema>;

/** The folder of the published matrices, below the root of Postern. */
const FOLDER = path.join('results', 'rights');

/** The published matrices of all releases, oldest first. Throws UsageError if a file is invalid. */
export function readPublishedRights(root: string): PublishedRights[] {
  const folder = path.join(root, FOLDER);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => readOne(path.join(folder, name)))
    .sort((a, b) => compareReleases(a.matrix.version, b.matrix.version));
}

function readOne(file: string): PublishedRights {
  const parsed = publishedRightsSchema.safeParse(parseJson(readFileSync(file, 'utf8')));
  if (parsed.success) return parsed.data;
  throw new UsageError(
    `${file} is not a published rights matrix: ${z.prettifyError(parsed.error)}`,
    'Remove it, and run `postern rights --publish` for that release.',
  );
}

/** Writes the published matrix of a release. Gives the path below `root`. Throws the errors of `node:fs`. */
export function writePublishedRights(root: string, { command, withheld, matrix }: PublishedRights): string {
  const { groups, ...rest } = matrix;
  mkdirSync(path.join(root, FOLDER), { recursive: true });
  const file = path.join(FOLDER, `${matrix.version}.json`);
  // A line for each group and each caller, so that a change is a line of a diff.
  const head = JSON.stringify({ command, withheld, matrix: rest }, null, 1).replace(/\n \}\n\}$/, '');
  const lines = groups.map((group) => `   ${JSON.stringify(group)}`);
  writeWhole(path.join(root, file), `${head},\n  "groups": [\n${lines.join(',\n')}\n  ]\n }\n}\n`);
  return file;
}

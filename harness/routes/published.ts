import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { UsageError } from '../exit.ts';
import { writeWhole } from '../results/folder.ts';
import { compareReleases } from '../scenario/releases/range.ts';
import { parseJson } from '../text/json.ts';
import { storedRoutesSchema } from './stored-routes.ts';

/** The published routes of a release. It has no seed and no times, so that a difference between two of these files is one of the gateway. */
const publishedRoutesSchema = z.strictObject({
  /** The command that writes this file. */
  command: z.string(),
  /** How many findings are left out with their routes, until somebody has published them. */
  withheld: z.number(),
  played: storedRoutesSchema,
});
export type PublishedRoutes = z.infer<typeof publishedRoutesSchema>;

/** The folder of the published routes, below the root of Postern. */
const FOLDER = path.join('results', 'routes');

/** The published routes of all releases, oldest first. Throws UsageError if a file is invalid. */
export function readPublishedRoutes(root: string): PublishedRoutes[] {
  const folder = path.join(root, FOLDER);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => readOne(path.join(folder, name)))
    .sort((a, b) => compareReleases(a.played.version, b.played.version));
}

function readOne(file: string): PublishedRoutes {
  const parsed = publishedRoutesSchema.safeParse(parseJson(readFileSync(file, 'utf8')));
  if (parsed.success) return parsed.data;
  throw new UsageError(
    `${file} has no published routes: ${z.prettifyError(parsed.error)}`,
    'Remove it, and run `postern routes --publish` for that release.',
  );
}

/** Writes the published routes of a release. Gives the path below `root`. Throws the errors of `node:fs`. */
export function writePublishedRoutes(root: string, { command, withheld, played }: PublishedRoutes): string {
  const { routes, ...rest } = played;
  mkdirSync(path.join(root, FOLDER), { recursive: true });
  const file = path.join(FOLDER, `${played.version}.json`);
  // A line for each route, so that a change is a line of a diff.
  const head = JSON.stringify({ command, withheld, played: rest }, null, 1).replace(/\n \}\n\}$/, '');
  const lines = routes.map((route) => `   ${JSON.stringify(route)}`);
  writeWhole(path.join(root, file), `${head},\n  "routes": [\n${lines.join(',\n')}\n  ]\n }\n}\n`);
  return file;
}

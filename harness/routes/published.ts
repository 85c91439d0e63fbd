import { z } from 'zod';
import { readPublishedSurvey, writePublishedSurvey } from '../survey/published.ts';
import { ROUTES } from './report.ts';
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

/** The published routes of all releases, oldest first. Throws UsageError if a file is invalid. */
export function readPublishedRoutes(root: string): PublishedRoutes[] {
  return readPublishedSurvey(root, {
    name: ROUTES,
    schema: publishedRoutesSchema,
    fault: 'has no published routes',
    versionOf: (file) => file.played.version,
  });
}

/** Writes the published routes of a release. Gives the path below `root`. Throws the errors of `node:fs`. */
export function writePublishedRoutes(root: string, { command, withheld, played }: PublishedRoutes): string {
  const { routes, ...rest } = played;
  return writePublishedSurvey(
    root,
    { name: ROUTES, version: played.version },
    { command, withheld, played: rest },
    { key: 'routes', values: routes },
  );
}

import { z } from 'zod';
import { readPublishedSurvey, writePublishedSurvey } from '../survey/published.ts';
import { storedMatrixSchema } from './matrix.ts';
import { RIGHTS } from './report.ts';

/** The published matrix of a release. It has no seed and no times, so that a difference between two of these files is one of the gateway. */
const publishedRightsSchema = z.strictObject({
  /** The command that writes this file. */
  command: z.string(),
  /** How many findings are left out with their rows, until somebody has published them. */
  withheld: z.number(),
  matrix: storedMatrixSchema,
});
export type PublishedRights = z.infer<typeof publishedRightsSchema>;

/** The published matrices of all releases, oldest first. Throws UsageError if a file is invalid. */
export function readPublishedRights(root: string): PublishedRights[] {
  return readPublishedSurvey(root, {
    name: RIGHTS,
    schema: publishedRightsSchema,
    fault: 'is not a published rights matrix',
    versionOf: (file) => file.matrix.version,
  });
}

/** Writes the published matrix of a release. Gives the path below `root`. Throws the errors of `node:fs`. */
export function writePublishedRights(root: string, { command, withheld, matrix }: PublishedRights): string {
  const { groups, ...rest } = matrix;
  return writePublishedSurvey(
    root,
    { name: RIGHTS, version: matrix.version },
    { command, withheld, matrix: rest },
    { key: 'groups', values: groups },
  );
}

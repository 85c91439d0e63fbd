import { z } from 'zod';
import { readPublishedSurvey, writePublishedSurvey } from '../survey/published.ts';
import { SETTINGS_NAME } from './report.ts';
import { seenSettingsSchema } from './seen-settings.ts';

/** What was seen of a release, as it is published. It has no seed and no times, so that a difference between two of these files is one of the gateway. */
const publishedSettingsSchema = z.strictObject({
  /** The command that writes this file. */
  command: z.string(),
  /** How many findings are left out with what shows them, until somebody has published them. */
  withheld: z.number(),
  seen: seenSettingsSchema,
});
export type PublishedSettings = z.infer<typeof publishedSettingsSchema>;

/** The published settings of all releases, oldest first. Throws UsageError if a file is invalid. */
export function readPublishedSettings(root: string): PublishedSettings[] {
  return readPublishedSurvey(root, {
    name: SETTINGS_NAME,
    schema: publishedSettingsSchema,
    fault: 'is not a published play of settings',
    versionOf: (file) => file.seen.version,
  });
}

/** Writes the published settings of a release. Gives the path below `root`. Throws the errors of `node:fs`. */
export function writePublishedSettings(root: string, { command, withheld, seen }: PublishedSettings): string {
  const { configurations, ...rest } = seen;
  return writePublishedSurvey(
    root,
    { name: SETTINGS_NAME, version: seen.version },
    { command, withheld, seen: rest },
    { key: 'configurations', values: configurations },
  );
}

import { z } from 'zod';
import { readPublishedSurvey, writePublishedSurvey } from '../survey/published.ts';
import { heardEventsSchema } from './heard-events.ts';
import { EVENTS } from './report.ts';

/** The published events of a release. It has no seed and no times, so that a difference between two of these files is one of the gateway. */
const publishedEventsSchema = z.strictObject({
  /** The command that writes this file. */
  command: z.string(),
  /** How many findings are left out with their events, until somebody has published them. */
  withheld: z.number(),
  heard: heardEventsSchema,
});
export type PublishedEvents = z.infer<typeof publishedEventsSchema>;

/** The published events of all releases, oldest first. Throws UsageError if a file is invalid. */
export function readPublishedEvents(root: string): PublishedEvents[] {
  return readPublishedSurvey(root, {
    name: EVENTS,
    schema: publishedEventsSchema,
    fault: 'is not a published list of events',
    versionOf: (file) => file.heard.version,
  });
}

/** Writes the published events of a release. Gives the path below `root`. Throws the errors of `node:fs`. */
export function writePublishedEvents(root: string, { command, withheld, heard }: PublishedEvents): string {
  const { events, ...rest } = heard;
  return writePublishedSurvey(
    root,
    { name: EVENTS, version: heard.version },
    { command, withheld, heard: rest },
    { key: 'events', values: events },
  );
}

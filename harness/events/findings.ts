import { z } from 'zod';
import { inRange, isVersion } from '../scenario/releases/range.ts';
import type { HeardEvents } from './heard-events.ts';
import { EVENT_PROPERTIES } from './properties.ts';

/** A breach of a property on a gateway: which event, which callers, and what was seen. */
export const eventFindingSchema = z.strictObject({
  property: z.string(),
  statement: z.string(),
  where: z.string(),
  callers: z.array(z.string()),
  seen: z.string(),
});
export type EventFinding = z.infer<typeof eventFindingSchema>;

/** Gives the breaches of all properties that are claimed for the version; one that cannot be read, such as "dev", counts as the newest. */
export function findingsOf(heard: HeardEvents): EventFinding[] {
  const { version } = heard;
  return EVENT_PROPERTIES.filter(({ releases }) => !isVersion(version) || inRange(version, releases)).flatMap(
    ({ id, statement, breaches }) =>
      breaches(heard).map((breach) => ({ property: id, statement, ...breach, callers: [...breach.callers] })),
  );
}

/** What was heard without the events that findings are about, for output that others may read. */
export function withoutFindings(heard: HeardEvents, findings: readonly EventFinding[]): HeardEvents {
  const named = new Set(findings.map(({ where }) => where));
  return { ...heard, events: heard.events.filter(({ event }) => !named.has(event)) };
}

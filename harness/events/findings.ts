import { breachesOf, type CallerFinding } from '../rights/caller-property.ts';
import type { HeardEvents } from './heard-events.ts';
import { EVENT_PROPERTIES } from './properties.ts';

/** Gives the breaches of all properties that are claimed for the version of the gateway. */
export const findingsOf = (heard: HeardEvents): CallerFinding[] => breachesOf(EVENT_PROPERTIES, heard);

/** What was heard without the events that findings are about, for output that others may read. */
export function withoutFindings(heard: HeardEvents, findings: readonly CallerFinding[]): HeardEvents {
  const named = new Set(findings.map(({ where }) => where));
  return { ...heard, events: heard.events.filter(({ event }) => !named.has(event)) };
}

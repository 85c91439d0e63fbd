import { z } from 'zod';
import { EXIT, type ExitCode } from '../exit.ts';
import { type CallerFinding, callerFindingSchema } from '../rights/caller-property.ts';
import { type EventsComparison, eventsComparisonSchema } from './compare.ts';
import { type HeardEvents, heardEventsSchema } from './heard-events.ts';

/** The name of this survey: of its command, its reports and its folder of published files. */
export const EVENTS = 'events';

/** The version of the form of events.json. */
const EVENTS_SCHEMA_VERSION = 1;

/** events.json: which events reach which callers of one gateway, what is wrong about it, and how it differs from a base. */
export const eventsReportSchema = z.strictObject({
  schemaVersion: z.literal(EVENTS_SCHEMA_VERSION),
  /** The command line, the seed of the order, and the version of Postern. */
  command: z.string(),
  seed: z.number(),
  postern: z.string(),
  gateway: z.string(),
  /** Seconds from the first knock to the last answer, without image and boot. */
  seconds: z.number(),
  heard: heardEventsSchema,
  findings: z.array(callerFindingSchema),
  /** How many findings are left out, because others may read the output. */
  withheld: z.number(),
  comparison: eventsComparisonSchema.nullable(),
  exitCode: z.number(),
});
export type EventsReport = z.infer<typeof eventsReportSchema>;

/** The version that every report of this code has. */
export const THIS_VERSION = { schemaVersion: EVENTS_SCHEMA_VERSION } as const;

/** The exit code: 4 if the head is weaker than the base, 1 if there are findings, 3 if something is not known, else 0. */
export function exitCodeOf(
  heard: HeardEvents,
  findings: readonly CallerFinding[],
  comparison: EventsComparison | null,
): ExitCode {
  const has = (kind: string): boolean => comparison?.events.some((change) => change.kind === kind) === true;
  if (has('weakened')) return EXIT.weakened;
  if (findings.length > 0 || has('open')) return EXIT.failed;
  return has('undecided') || gapOf(heard) !== null ? EXIT.environment : EXIT.holds;
}

/** What is not known of the events of a gateway, as a clause; null if everything is. */
export function gapOf({ callers, occasions, deaf, events }: HeardEvents): string | null {
  const lacking = Object.entries(callers).find(([, { kind }]) => kind === 'not-made');
  if (lacking !== undefined) return `the caller ${lacking[0]} could not be made`;
  if (deaf[0] !== undefined) return `the caller ${deaf[0]} got no answer to a call, so nobody knows what it heard`;
  if (!occasions.some(({ happened }) => happened)) return 'nothing that the callers listen for happened';
  return events.length === 0 ? 'no caller heard anything of what happened' : null;
}

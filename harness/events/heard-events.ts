import { z } from 'zod';
import { callerStateSchema } from '../rights/matrix.ts';

/** One kind of event: the callers that got it, and those that got it with the mark that only its content has, by id and sorted. */
const heardEventSchema = z.strictObject({
  event: z.string(),
  heardBy: z.array(z.string()),
  contentTo: z.array(z.string()),
  /** Those that got a secret of the run in it. */
  secretTo: z.array(z.string()),
});
export type HeardEvent = z.infer<typeof heardEventSchema>;

/**
 * Which events reached which callers of one gateway while others paired, worked and decided. `occasions` has what was made to happen, and whether
 * the gateway did it; an event that no occasion caused says nothing about who would get it.
 */
export const heardEventsSchema = z.strictObject({
  version: z.string(),
  callers: z.record(z.string(), callerStateSchema),
  occasions: z.array(z.strictObject({ id: z.string(), happened: z.boolean() })),
  /** Callers whose access goes on and that got no answer to a call after an occasion, so that nobody knows what they heard. */
  deaf: z.array(z.string()).default([]),
  /** Sorted by name. */
  events: z.array(heardEventSchema),
});
export type HeardEvents = z.infer<typeof heardEventsSchema>;

import { z } from 'zod';

/**
 * How far a knock came. `unreachable`: nothing listens for it at that address. `undecided`: the gateway gave no answer that decides, which proves
 * nothing.
 */
const reachedSchema = z.enum([
  'admitted',
  'waits for approval',
  'refused after authentication',
  'refused before authentication',
  'refused',
  'unreachable',
  'undecided',
]);
export type Reached = z.infer<typeof reachedSchema>;

/** What one knock came to: how far, with which scopes, and the cause of a refusal. `said` has the reason if it is undecided. */
const knockSeenSchema = z.strictObject({
  knock: z.string(),
  reached: reachedSchema,
  scopes: z.array(z.string()),
  said: z.string(),
});
export type KnockSeen = z.infer<typeof knockSeenSchema>;

/**
 * One configuration: whether the gateway runs with it, and what the knocks came to. `why` has the last lines of its log, or the reason, if it does not run.
 * `hangs`: it does not run and did not exit, so that it may listen all the same; absent if it exited or runs.
 * `warnings` are the checks of `openclaw security audit` about the gateway; null if the audit was not asked.
 */
const configurationSeenSchema = z.strictObject({
  id: z.string(),
  runs: z.boolean(),
  why: z.string(),
  hangs: z.literal(true).optional(),
  knocks: z.array(knockSeenSchema),
  warnings: z.array(z.string()).nullable(),
});
export type ConfigurationSeen = z.infer<typeof configurationSeenSchema>;

/** What was seen of one gateway at every configuration of its access settings. */
export const seenSettingsSchema = z.strictObject({
  version: z.string(),
  configurations: z.array(configurationSeenSchema),
});
export type SeenSettings = z.infer<typeof seenSettingsSchema>;

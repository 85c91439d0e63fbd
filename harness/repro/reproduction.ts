import { z } from 'zod';
import { answerSchema } from '../paste/answer.ts';
import { WORKAROUND_OUTCOMES } from '../scenario/schema/scenario.ts';

/** What a scenario came to on one release. */
export const RELEASE_STATES = [
  /** The release showed the reported symptom. */
  'reproduced',
  /** The release behaved as it should. */
  'not-reproduced',
  /** The scenario does not apply to the release. */
  'does-not-apply',
  /** The release could not be played, or behaved in a third way; `because` says which. */
  'undecided',
] as const;
export type ReleaseState = (typeof RELEASE_STATES)[number];

const checkSchema = z.strictObject({ id: z.string(), verdict: z.string(), expected: z.string(), seen: z.string() });

const releaseSchema = z.strictObject({
  version: z.string(),
  why: z.array(z.enum(['reported', 'newest', 'last-affected', 'first-after'])),
  state: z.enum(RELEASE_STATES),
  because: z.string().nullable(),
  /** The checks that decided. */
  checks: z.array(checkSchema),
});
export type ReleaseResult = z.infer<typeof releaseSchema>;

const workaroundSchema = z.strictObject({
  name: z.string(),
  advice: z.string(),
  outcome: z.enum(WORKAROUND_OUTCOMES),
  /** The release on which every check of the workaround passed. */
  version: z.string(),
  checks: z.array(z.string()),
});
export type WorkaroundResult = z.infer<typeof workaroundSchema>;

const boundarySchema = z.strictObject({
  check: z.string(),
  expected: z.string(),
  /** The releases on which the check held, and those on which it did not, of those that were played. */
  held: z.array(z.string()),
  broken: z.array(z.string()),
});
export type BoundaryResult = z.infer<typeof boundarySchema>;

const variedSchema = z.strictObject({
  /** The settings of the report, each with its line. */
  settings: z.array(z.strictObject({ key: z.string(), value: z.string(), line: z.int().positive() })),
  version: z.string(),
  state: z.enum(RELEASE_STATES),
  because: z.string().nullable(),
  command: z.string(),
});
export type VariedResult = z.infer<typeof variedSchema>;

const scenarioSchema = z.strictObject({
  scenario: z.string(),
  title: z.string(),
  affected: z.string(),
  /** In the order of play: the reported release first. */
  releases: z.array(releaseSchema),
  /** The first stable release after the last affected one, if both were played and showed it; else null. */
  firstWithout: z.string().nullable(),
  /** Workarounds whose checks all passed on the release that `releases` begins with, or on the last affected one. */
  workarounds: z.array(workaroundSchema),
  /** What must stay refused. */
  boundary: z.array(boundarySchema),
  /** The scenario with the settings of the report; null if none of them differs from its own. */
  asReported: variedSchema.nullable(),
  command: z.string(),
});
export type ScenarioResult = z.infer<typeof scenarioSchema>;

/** What a report comes to as a whole. */
export const REPRODUCTION_VERDICTS = ['reproduced', 'not-reproduced', 'undecided', 'not-played'] as const;

/** The answer to a pasted report after its scenarios were played. Every text is without secrets, names and addresses. */
export const reproductionSchema = z.strictObject({
  format: z.literal(1),
  verdict: z.enum(REPRODUCTION_VERDICTS),
  answer: answerSchema,
  scenarios: z.array(scenarioSchema),
  /** What is left unsaid because it could not be played. */
  problems: z.array(z.string()),
  /** The page with transcripts and logs, on the machine that played; null if nothing was played. */
  page: z.string().nullable(),
});
export type Reproduction = z.infer<typeof reproductionSchema>;

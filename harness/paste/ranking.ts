import { z } from 'zod';
import { CLASSES } from '../scenario/schema/scenario.ts';
import { SOURCES } from './facts.ts';

/** What a report comes to. */
export const REPORT_VERDICTS = [
  /** A scenario plays it. */
  'scenario',
  /** The report leaves open which of several mechanisms it is; `questions` would decide it. */
  'needs-information',
  /** The failing thing is not the gateway; `what` says what it is. */
  'not-the-gateway',
  /** It is the gateway's, and no scenario plays it; `near` has the nearest ones. */
  'not-covered',
] as const;

/** Why a mechanism or a scenario is meant: a sentence and the line of the paste on which it rests. */
export const reasonSchema = z.strictObject({
  /** Completes the sentence "The report …". */
  says: z.string(),
  line: z.int().positive(),
  source: z.enum(SOURCES),
});
export type Reason = z.infer<typeof reasonSchema>;

export const candidateSchema = z.strictObject({
  /** The id of a scenario. */
  scenario: z.string(),
  /** The id of the mechanism by which it is meant. */
  mechanism: z.string(),
  /** The larger, the better; comparable within one report only. */
  score: z.number(),
  /** How the reported release stands to the scenario; `unknown` if none is reported. */
  release: z.enum(['affected', 'applies', 'does-not-apply', 'unknown']),
  /** The weightiest first. */
  reasons: z.array(reasonSchema),
});
export type Candidate = z.infer<typeof candidateSchema>;

export const rankingSchema = z.strictObject({
  verdict: z.enum(REPORT_VERDICTS),
  /** The mechanism that explains the report best; null if no sign of one was found. */
  mechanism: z.string().nullable(),
  /** What happens, in one sentence; for what is not the gateway's, what it is. Null without a mechanism. */
  what: z.string().nullable(),
  /** The class of the failure; null for what is not the gateway's, and without a mechanism. */
  class: z.enum(CLASSES).nullable(),
  /** Why this mechanism is meant, the weightiest first. */
  reasons: z.array(reasonSchema),
  /** The scenarios that play it, the best first, at most three. Empty unless the verdict is `scenario`. */
  scenarios: z.array(candidateSchema),
  /** Ids of scenarios that are near and not meant, the nearest first, at most three. */
  near: z.array(z.string()),
  /** Questions whose answers would decide, the most telling first; asked if information is missing. */
  questions: z.array(z.string()),
});
export type Ranking = z.infer<typeof rankingSchema>;

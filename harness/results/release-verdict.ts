import { z } from 'zod';
import { EXIT } from '../exit.ts';
import { BASELINE_NAMES } from '../scenario/releases/upgrade-baselines.ts';
import { freeText } from '../scenario/schema/free-text.ts';
import { CHANNELS, OUTCOMES } from './release-outcomes.ts';
import { subjectSchema } from './report.ts';

/** Raised with each change after which a program for the older release.json would misread a newer one. */
export const RELEASE_SCHEMA_VERSION = 1;

/** Whether a reason holds the candidate (`holds`), would do so without a waiver (`waived`), or is let through by its rule (`noted`). */
const EFFECTS = ['holds', 'waived', 'noted'] as const;
export type Effect = (typeof EFFECTS)[number];

const gatewaySchema = subjectSchema.pick({ reference: true, version: true, source: true, image: true, digest: true });
const suiteSchema = z.strictObject({ version: z.string(), commit: z.string().nullable() });
const sha256 = z.string();

/** One thing that was seen of the candidate, with what the policy says about it. */
const releaseReasonSchema = z.strictObject({
  outcome: z.enum(OUTCOMES),
  /** What it is about: the id of a check, a finding, a scenario or a cell, the name of a baseline, or the text of an entry or a problem. */
  id: freeText,
  /** What was seen, as one sentence without a full stop. */
  text: freeText,
  /** The versions of the baselines in whose comparison it was seen; empty if it is about no comparison. */
  against: z.array(freeText),
  effect: z.enum(EFFECTS),
  exitCode: z.enum(EXIT),
  /** The owner of the rule, and why it holds or lets through; null for an outcome that always holds. */
  rule: z.strictObject({ owner: z.string(), reason: z.string() }).nullable(),
  waiver: z.strictObject({ reason: z.string(), link: z.string(), owner: z.string(), expires: z.string() }).nullable(),
  /** The command that shows it again, or that plays what is missing; null if there is none. */
  command: freeText.nullable(),
  /** Whether the candidate is published, and this may be a weakness that nobody has published: SECURITY.md says where it is reported. */
  unpublished: z.boolean(),
});
export type ReleaseReason = z.infer<typeof releaseReasonSchema>;

/** release.json: whether a candidate can be released, and why. Every other format is made from this value. */
export const releaseVerdictSchema = z.strictObject({
  schemaVersion: z.literal(RELEASE_SCHEMA_VERSION),
  verdict: z.enum(['SHIP', 'HOLD']),
  exitCode: z.enum(EXIT),
  channel: z.enum(CHANNELS),
  /** The day of the decision, as YYYY-MM-DD. */
  judgedOn: z.string(),
  candidate: z.strictObject({
    ...gatewaySchema.shape,
    /** The tarball that it was installed from, if that is still there; null for every other kind of gateway. */
    tarball: z.strictObject({ name: z.string(), sha256 }).nullable(),
  }),
  /** The Postern that decided. */
  suite: suiteSchema,
  policy: z.strictObject({ file: z.string(), sha256 }),
  baselines: z.array(
    z.strictObject({
      name: z.enum(BASELINE_NAMES),
      reason: z.string(),
      /** The release; null if none was published before the candidate. */
      release: z.string().nullable(),
      state: z.enum(['compared', 'not-run', 'none']),
    }),
  ),
  /** The gates that were judged. */
  gates: z.array(
    z.strictObject({
      run: z.string(),
      base: gatewaySchema,
      /** The Postern that played it. */
      suite: suiteSchema,
      /** SHA-256 of its report.json, in hex. */
      sha256,
      exitCode: z.number(),
    }),
  ),
  /** Declared checks, those that hold on the candidate in every gate, and those that have no verdict in one of them. */
  checks: z.strictObject({ declared: z.number(), held: z.number(), notRun: z.number() }),
  /** Heaviest first. */
  reasons: z.array(releaseReasonSchema),
  /** How many reasons are left out, because they show what a released gateway has and nobody has published. */
  withheld: z.number(),
});
export type ReleaseVerdict = z.infer<typeof releaseVerdictSchema>;

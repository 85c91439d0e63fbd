import { z } from 'zod';
import { PURPOSES, verdictSchema } from '../judge/verdict.ts';
import { freeText } from '../scenario/free-text.ts';
import { observationSchema } from '../scenario/observation.ts';

/** Raised when a reader of an older report.json would misread a newer one. */
export const REPORT_SCHEMA_VERSION = 3;

const transcriptSchema = z.strictObject({
  url: freeText,
  headers: z.record(z.string(), freeText),
  startedAt: z.string(),
  entries: z.array(z.looseObject({ at: z.number(), kind: z.string() })),
});

/** One expectation about one observation, and what it came to. */
export const checkSchema = z.strictObject({
  /** `scenario-id/check-name`, the same for pass and fail, on every release. */
  id: z.string(),
  scenario: z.string(),
  name: z.string(),
  /** Which part of the scenario it stands in. */
  part: z.enum(['steps', 'boundary', 'remedies']),
  /** The gateway reference, as it was given. */
  gateway: z.string(),
  /** The release whose rules it was judged by. */
  version: freeText,
  verdict: verdictSchema,
  /** Whether the verdict counts as holding for this run: green or red. */
  holds: z.boolean(),
  /** One sentence: what was expected, in words. */
  expected: freeText,
  /** One sentence: what was seen, in words. */
  seen: freeText,
  /** What differs, one line each; empty where nothing does. */
  differences: z.array(freeText),
  /** How many things were compared. */
  compared: z.number(),
  /** Why the verdict is what it is, where that is more than the comparison (deviation, prerequisite, skip reason). */
  because: freeText.nullable(),
  /** Where the step stands. */
  source: z.strictObject({ file: z.string(), line: z.number(), column: z.number() }),
  vantage: z.string().nullable(),
  /** Whether it is about a client on the gateway's own machine, with a right secret, a proof and its own Host. */
  local: z.boolean(),
  observation: observationSchema.nullable(),
  transcript: transcriptSchema.nullable(),
  logLines: z.array(freeText),
  durationMs: z.number(),
  /** The command that repeats this check. */
  repeat: freeText,
});
export type CheckResult = z.infer<typeof checkSchema>;

/** One cell of the decision table: a knock by its values, and what each look at it showed. */
export const tableCellSchema = z.strictObject({
  gateway: z.string(),
  /** Its values that are not plain; the same for ever. */
  id: z.string(),
  /** The value of every dimension. */
  values: z.record(z.string(), z.string()),
  /** Whether it showed one thing and then another. */
  flaky: z.boolean(),
  /** Why it could not be brought to the point of knocking; null where it was. */
  unreached: freeText.nullable(),
  /** The command that plays this cell again, with its table. */
  repeat: freeText,
  looks: z.array(
    z.strictObject({
      look: z.string(),
      vantage: z.string().nullable(),
      observation: observationSchema,
      transcript: transcriptSchema.nullable(),
      logLines: z.array(freeText),
    }),
  ),
});
export type TableCell = z.infer<typeof tableCellSchema>;

export const scenarioInfoSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  /** Why it matters to a user or an operator, one or two sentences. */
  why: z.string(),
  class: z.string(),
  level: z.enum(['must', 'should', 'info']),
  blocker: z.boolean(),
  reported: z.array(z.string()),
  affected: z.string(),
  tags: z.array(z.string()),
  file: z.string(),
});
export type ScenarioInfo = z.infer<typeof scenarioInfoSchema>;

export const subjectSchema = z.strictObject({
  /** As given on the command line. */
  reference: z.string(),
  /** What its package says. A gateway that calls itself otherwise is a problem of the run. */
  version: freeText,
  /** The release whose rules it is judged by: its own, or that of the base of a gate where that is later. */
  judgedAs: freeText,
  /** Where the package is from: everybody can install a published one. */
  source: z.enum(['published', 'packed', 'image']),
  /** Error codes that its package lists and Postern does not know: a refusal with one of them has no cause that can be read. */
  unknownCodes: z.array(freeText),
  image: z.string(),
  /** sha256 of the image. */
  digest: z.string(),
  base: freeText,
  protocol: z.number().nullable(),
});
export type Subject = z.infer<typeof subjectSchema>;

/** report.json: the whole run; every other format is drawn from it. */
export const reportSchema = z.strictObject({
  schemaVersion: z.literal(REPORT_SCHEMA_VERSION),
  run: z.strictObject({
    id: z.string(),
    purpose: z.enum(PURPOSES),
    command: freeText,
    /** Decided the order of play, and which knocks were made up. */
    seed: z.number().int(),
    startedAt: z.string(),
    wallMs: z.number(),
    suite: z.strictObject({ version: z.string(), commit: z.string().nullable() }),
    engine: z.strictObject({ kind: z.string(), version: freeText }).nullable(),
    exitCode: z.number(),
    /** What went wrong outside checks, in sentences. */
    problems: z.array(freeText),
  }),
  subjects: z.array(subjectSchema),
  counts: z.record(verdictSchema, z.number()),
  /** How the time was spent. */
  effort: z.strictObject({
    boots: z.number(),
    bootMs: z.number(),
    /** The longest chain of boots that any one scenario needed, in milliseconds. */
    longestChainMs: z.number(),
    knocks: z.number(),
    peakMemoryBytes: z.number(),
    slowest: z.array(z.strictObject({ scenario: z.string(), gateway: z.string(), ms: z.number() })),
  }),
  stages: z.array(
    z.strictObject({
      id: z.string(),
      gateway: z.string(),
      scenarios: z.array(z.string()),
      bootMs: z.number(),
      log: z.string(),
    }),
  ),
  scenarios: z.array(scenarioInfoSchema),
  checks: z.array(checkSchema),
  /** The decision table, in the order of the cells' names; empty where none was played. */
  table: z.array(tableCellSchema),
});
export type Report = z.infer<typeof reportSchema>;

/** An event of this name, and what else it tells. `at` is the time, as ISO 8601. */
function eventOf<const Name extends string, Shape extends z.core.$ZodLooseShape>(event: Name, shape: Shape) {
  return z.strictObject({ at: z.string(), event: z.literal(event), ...shape });
}

/** One line of events.ndjson, in the order in which things happened. */
export const runEventSchema = z.discriminatedUnion('event', [
  eventOf('run-started', {
    run: z.string(),
    purpose: z.enum(PURPOSES),
    command: freeText,
    seed: z.number().int(),
    scenarios: z.number(),
    checks: z.number(),
    gateways: z.array(z.string()),
  }),
  eventOf('image-ready', {
    gateway: z.string(),
    tag: z.string(),
    digest: z.string(),
    cached: z.boolean(),
    seconds: z.number(),
  }),
  eventOf('stage-booting', { stage: z.string(), gateway: z.string() }),
  eventOf('stage-ready', { stage: z.string(), gateway: z.string(), version: freeText, ms: z.number() }),
  eventOf('stage-failed', { stage: z.string(), gateway: z.string(), why: freeText }),
  eventOf('scenario-started', { scenario: z.string(), gateway: z.string() }),
  eventOf('check', { check: checkSchema }),
  eventOf('scenario-finished', { scenario: z.string(), gateway: z.string(), ms: z.number() }),
  eventOf('problem', { text: freeText }),
  eventOf('run-finished', { exitCode: z.number(), wallMs: z.number() }),
]);
export type RunEvent = z.infer<typeof runEventSchema>;

import { z } from 'zod';
import { verdictSchema } from '../judge/verdict.ts';
import { observationSchema } from '../scenario/observation.ts';

/** Raised when a reader of an older report.json would misread a newer one. */
export const REPORT_SCHEMA_VERSION = 2;

const transcriptSchema = z.strictObject({
  url: z.string(),
  headers: z.record(z.string(), z.string()),
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
  /** Version read from the running gateway. */
  version: z.string(),
  verdict: verdictSchema,
  /** Whether the verdict counts as holding for this run: green or red. */
  holds: z.boolean(),
  /** One sentence: what was expected, in words. */
  expected: z.string(),
  /** One sentence: what was seen, in words. */
  seen: z.string(),
  /** What differs, one line each; empty where nothing does. */
  differences: z.array(z.string()),
  /** How many things were compared. */
  compared: z.number(),
  /** Why the verdict is what it is, where that is more than the comparison (deviation, prerequisite, skip reason). */
  because: z.string().nullable(),
  /** Where the step stands. */
  source: z.strictObject({ file: z.string(), line: z.number(), column: z.number() }),
  vantage: z.string().nullable(),
  observation: observationSchema.nullable(),
  transcript: transcriptSchema.nullable(),
  logLines: z.array(z.string()),
  durationMs: z.number(),
  /** The command that repeats this check. */
  repeat: z.string(),
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
  unreached: z.string().nullable(),
  /** The command that plays this cell again, with its table. */
  repeat: z.string(),
  looks: z.array(
    z.strictObject({
      look: z.string(),
      vantage: z.string().nullable(),
      observation: observationSchema,
      transcript: transcriptSchema.nullable(),
      logLines: z.array(z.string()),
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
  /** Read from the running gateway. */
  version: z.string(),
  image: z.string(),
  /** sha256 of the image. */
  digest: z.string(),
  base: z.string(),
  protocol: z.number().nullable(),
});
export type Subject = z.infer<typeof subjectSchema>;

/** report.json: the whole run; every other format is drawn from it. */
export const reportSchema = z.strictObject({
  schemaVersion: z.literal(REPORT_SCHEMA_VERSION),
  run: z.strictObject({
    id: z.string(),
    purpose: z.enum(['run', 'matrix']),
    command: z.string(),
    /** Decided the order of play, and which knocks were made up. */
    seed: z.number().int(),
    startedAt: z.string(),
    wallMs: z.number(),
    suite: z.strictObject({ version: z.string(), commit: z.string().nullable() }),
    engine: z.strictObject({ kind: z.string(), version: z.string() }).nullable(),
    exitCode: z.number(),
    /** What went wrong outside checks, in sentences. */
    problems: z.array(z.string()),
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

/** One line of events.ndjson, in the order in which things happened. */
export type RunEvent = { at: string } & (
  | {
      event: 'run-started';
      run: string;
      purpose: 'run' | 'matrix';
      command: string;
      seed: number;
      scenarios: number;
      checks: number;
      gateways: string[];
    }
  | { event: 'image-ready'; gateway: string; tag: string; digest: string; cached: boolean; seconds: number }
  | { event: 'stage-booting'; stage: string; gateway: string }
  | { event: 'stage-ready'; stage: string; gateway: string; version: string; ms: number }
  | { event: 'stage-failed'; stage: string; gateway: string; why: string }
  | { event: 'scenario-started'; scenario: string; gateway: string }
  | { event: 'check'; check: CheckResult }
  | { event: 'scenario-finished'; scenario: string; gateway: string; ms: number }
  | { event: 'problem'; text: string }
  | { event: 'run-finished'; exitCode: number; wallMs: number }
);

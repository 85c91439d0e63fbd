import { z } from 'zod';
import { PURPOSES, verdictSchema } from '../judge/verdict.ts';
import type { Part } from '../scenario/catalogue/checks.ts';
import { freeText } from '../scenario/schema/free-text.ts';
import { observationSchema } from '../scenario/schema/observation.ts';

/** Raised with each change after which a program for the older report.json would misread a newer one. */
export const REPORT_SCHEMA_VERSION = 4;

/** The id of the decision table in reports, where it stands like the id of a scenario. */
export const TABLE_ID = 'boundary/table';

const transcriptSchema = z.strictObject({
  url: freeText,
  headers: z.record(z.string(), freeText),
  startedAt: z.string(),
  entries: z.array(z.looseObject({ at: z.number(), kind: z.string() })),
});

/** The entries of one device in the pairing list, in words, before and after a step. Reports of earlier commits lack it. */
const pairingListSchema = z
  .strictObject({ before: z.array(freeText), after: z.array(freeText) })
  .nullable()
  .default(null);

/** One check: an expectation, the observation, and the verdict. */
export const checkSchema = z.strictObject({
  /** `scenario-id/check-name`, the same for pass and fail, on every release. */
  id: z.string(),
  scenario: z.string(),
  name: z.string(),
  /** The part of the scenario that has the step. */
  part: z.enum(['steps', 'boundary', 'remedies']),
  /** The gateway reference, as given on the command line. */
  gateway: z.string(),
  /** The release whose rules apply to this check. */
  version: freeText,
  verdict: verdictSchema,
  /** Whether the check holds: false is red. The purpose of the run decides which verdicts hold. */
  holds: z.boolean(),
  /** The expectation in words, as one sentence. */
  expected: freeText,
  /** The observation in words, as one sentence. */
  seen: freeText,
  /** The differences between expectation and observation, one line each. */
  differences: z.array(freeText),
  /** The number of values that were compared. */
  compared: z.number(),
  /** The reason of the verdict, if it is not the comparison alone: a deviation, a prerequisite, the reason for a skip. */
  because: freeText.nullable(),
  /** The position of the step in its scenario file. */
  source: z.strictObject({ file: z.string(), line: z.number(), column: z.number() }),
  vantage: z.string().nullable(),
  /** Whether the client is local: on the gateway's own machine, with a right secret, a proof of its key and the machine's own Host. */
  local: z.boolean(),
  observation: observationSchema.nullable(),
  transcript: transcriptSchema.nullable(),
  logLines: z.array(freeText),
  pairingList: pairingListSchema,
  durationMs: z.number(),
  /** The command that repeats this check. */
  repeat: freeText,
});
export type CheckResult = z.infer<typeof checkSchema>;

/** What a report keeps of a step that was carried out. */
export type StepEvidence = Pick<
  CheckResult,
  'vantage' | 'observation' | 'transcript' | 'logLines' | 'pairingList' | 'durationMs'
>;

/** The word of the report for a part of a scenario. It stays when the key of the scenario changes, so that older reports stay readable. */
export function reportedPart(part: Part): CheckResult['part'] {
  return part === 'workarounds' ? 'remedies' : part;
}

/** The observations of a cell that was observed once, by probe; `looks` is the name of the probes in report.json. */
const looksSchema = z.array(
  z.strictObject({
    look: z.string(),
    vantage: z.string().nullable(),
    observation: observationSchema,
    transcript: transcriptSchema.nullable(),
    logLines: z.array(freeText),
    pairingList: pairingListSchema,
  }),
);

/** One cell of the decision table: the values of its knock, and the observation of each probe. */
export const tableCellSchema = z.strictObject({
  gateway: z.string(),
  /** The values that differ from the plain knock. An id never changes. */
  id: z.string(),
  /** The value of every dimension. */
  values: z.record(z.string(), z.string()),
  /** Whether two observations of the cell differed. */
  flaky: z.boolean(),
  /** Why the harness could not prepare the knock; null if it could. */
  unreached: freeText.nullable(),
  /** The command that repeats this cell, with its table. */
  repeat: freeText,
  looks: looksSchema,
  /** The second observation of a flaky cell, as `unreached` and `looks` have the first; absent if there is none, or it has the same answers. */
  second: z.strictObject({ unreached: freeText.nullable(), looks: looksSchema }).optional(),
});
export type TableCell = z.infer<typeof tableCellSchema>;
type Look = TableCell['looks'][number];

/** A cell in which each probe of both observations is replaced; `time` says which of the two the probe is from. */
export function mapLooks(cell: TableCell, replace: (look: Look, time: '' | '/second') => Look): TableCell {
  const looks = cell.looks.map((look) => replace(look, ''));
  if (cell.second === undefined) return { ...cell, looks };
  return {
    ...cell,
    looks,
    second: { ...cell.second, looks: cell.second.looks.map((look) => replace(look, '/second')) },
  };
}

export const scenarioInfoSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  /** Why the scenario matters to a user or an operator, one or two sentences. */
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
  /** The reference, as given on the command line. */
  reference: z.string(),
  /** The version in its package. If the running gateway calls itself by another version, the run has a problem. */
  version: freeText,
  /** The release whose rules apply: its own, or that of the base of a gate if that is later. */
  judgedAs: freeText,
  /** The origin of the package. Anyone can install a published one. */
  source: z.enum(['published', 'packed', 'image']),
  /** Error codes that its package lists and Postern does not know. Postern cannot tell the cause of a refusal with such a code. */
  unknownCodes: z.array(freeText),
  image: z.string(),
  /** SHA-256 of the image. */
  digest: z.string(),
  base: freeText,
  protocol: z.number().nullable(),
});
export type Subject = z.infer<typeof subjectSchema>;

/** Which part of a run a report is about, and what `postern merge` needs to put the parts together. */
const shardSchema = z.strictObject({
  /** The number of the part, from 1 to `of`. */
  index: z.number().int(),
  of: z.number().int(),
  /** The gateways of the run, as given on the command line. */
  gateways: z.array(z.string()),
  /** The ids of all checks that the shards have together on each gateway, in the order of a report. */
  checks: z.array(z.string()),
  /** The ids of all cells that the shards have together on each gateway, in the order of a report. */
  cells: z.array(z.string()),
  /** The problems that count for the whole run, with their exit codes: all but those that only a comparison or a list of this part shows. */
  problems: z.array(z.strictObject({ text: freeText, exitCode: z.number() })),
});

export type ReportedShard = z.infer<typeof shardSchema>;

/** What a survey saw of a gateway, in the form in which the survey stores it. */
const surveyedSchema = z.strictObject({
  /** The name of the survey: `rights`, `routes`, `events` or `settings`. */
  survey: z.string(),
  gateway: z.string(),
  seen: z.unknown(),
});

/** The id of a survey in reports, where it stands like the id of a scenario; its checks are those of its properties. */
export const surveyId = (survey: string): string => `boundary/${survey}`;

/** report.json: the whole run. Every other format is made from this value. */
export const reportSchema = z.strictObject({
  schemaVersion: z.literal(REPORT_SCHEMA_VERSION),
  run: z.strictObject({
    id: z.string(),
    purpose: z.enum(PURPOSES),
    command: freeText,
    /** The seed of the order of play and of the random knocks. */
    seed: z.number().int(),
    startedAt: z.string(),
    wallMs: z.number(),
    suite: z.strictObject({ version: z.string(), commit: z.string().nullable() }),
    engine: z.strictObject({ kind: z.string(), version: freeText }).nullable(),
    exitCode: z.number(),
    /** Problems outside the checks, one or more sentences each. */
    problems: z.array(freeText),
    /** Which part of a run this is; absent if it is the whole. */
    shard: shardSchema.optional(),
  }),
  subjects: z.array(subjectSchema),
  counts: z.record(verdictSchema, z.number()),
  /** Time, boots, knocks and memory that the run took. */
  effort: z.strictObject({
    boots: z.number(),
    bootMs: z.number(),
    /** The longest time that the boots of one scenario took one after the other, in milliseconds. */
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
  /** The decision table, sorted by cell id; empty if it was not played. */
  table: z.array(tableCellSchema),
  /** Who may call which method, what opens which HTTP route, and which event reaches whom; absent if none was played. */
  surveys: z.array(surveyedSchema).optional(),
  /** How many checks, and findings of its comparison, are left out, because nobody has published them and a released gateway may have the weakness. */
  withheld: z.number(),
  /** The file beside report.json with transcripts, log lines and texts of probes and of checks that hold; null if they are in this value. */
  transcripts: z.strictObject({ file: z.string(), sha256: z.string() }).nullable(),
});
export type Report = z.infer<typeof reportSchema>;

/** The schema of one kind of event. `at` is the time, as ISO 8601. */
function eventOf<const Name extends string, Shape extends z.core.$ZodLooseShape>(event: Name, shape: Shape) {
  return z.strictObject({ at: z.string(), event: z.literal(event), ...shape });
}

/** One line of events.ndjson. The lines are in the order of the events. */
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

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { cellId, LOOKS, type LookName, TABLE_GATEWAY } from '../boundary/cell.ts';
import { INVARIANTS, type Invariant, TABLE_ID } from '../boundary/invariants.ts';
import { type Breach, isFlaky, observationOf, ruleOn, type Sighting, sayBreach } from '../boundary/ruling.ts';
import { EVERY_DOOR } from '../gateway/proxies.ts';
import { holds } from '../judge/verdict.ts';
import type { PlannedStage } from '../play/plan.ts';
import type { StepRecord } from '../play/record.ts';
import type { CheckResult, ScenarioInfo, TableCell } from '../report/report.ts';
import type { JudgingContext } from './judging.ts';

/** Where the sentences stand. */
const FILE = 'harness/boundary/invariants.ts';

/** How the table stands among the scenarios of a report. */
export const TABLE_INFO: ScenarioInfo = {
  id: TABLE_ID,
  title: 'What holds for every knock of the decision table',
  why: 'Hand-written scenarios find what somebody thought of. These sentences are held against knocks that nobody picked.',
  class: 'boundary',
  level: 'must',
  blocker: true,
  reported: [],
  affected: 'none',
  tags: [],
  file: FILE,
};

/** The check that holds a sentence. */
export const checkOf = ({ id }: Invariant): string => `${TABLE_ID}/${id}`;

/** The stage that a table is played on. */
export const TABLE_STAGE: PlannedStage = {
  id: 'table',
  gateway: TABLE_GATEWAY,
  acts: [],
  doors: [...EVERY_DOOR],
  browserHere: false,
};

/** Differences that are shown of one sentence; the table has them all. */
const SHOWN_BREACHES = 12;

/** One check for each sentence, in the order of the list. */
export function checksOfTable(
  sightings: readonly Sighting[],
  root: string,
  context: Omit<JudgingContext, 'skipped'>,
): CheckResult[] {
  const source = readFileSync(path.join(root, FILE), 'utf8').split('\n');
  const { gateway, version, purpose, deviations, today } = context;
  return INVARIANTS.map((invariant): CheckResult => {
    const check = checkOf(invariant);
    const { verdict, because, seen, cells, breaches } = ruleOn(invariant, sightings, {
      check,
      version,
      deviations,
      today,
    });
    const [exhibit] = breaches;
    const record = exhibit === undefined ? null : recordOf(exhibit);
    return {
      id: check,
      scenario: TABLE_ID,
      name: invariant.id,
      part: 'boundary',
      gateway,
      version,
      verdict,
      holds: holds(verdict, purpose),
      expected: `${invariant.sentence} (${invariant.source})`,
      seen,
      differences: breaches.slice(0, SHOWN_BREACHES).map(sayBreach),
      compared: cells,
      because,
      source: { file: FILE, line: source.findIndex((line) => line.includes(`id: '${invariant.id}'`)) + 1, column: 5 },
      vantage: record?.vantage ?? null,
      observation: exhibit === undefined ? null : observationOf(exhibit),
      transcript:
        record?.transcript === undefined || record.transcript === null ? null : structuredClone(record.transcript),
      logLines: record?.logLines ?? [],
      durationMs: 0,
      repeat: `npx postern run --gateway ${gateway} --table quick --only ${TABLE_ID}`,
    };
  });
}

function recordOf({ look, sighting: { first } }: Breach): StepRecord | null {
  return first.kind === 'seen' ? first.records[look] : null;
}

/** The table as the report keeps it: every cell, in the order in which it was played. */
export function cellsInReport(sightings: readonly Sighting[], gateway: string): TableCell[] {
  return sightings.map((sighting): TableCell => {
    const { first } = sighting;
    return {
      gateway,
      id: cellId(first.cell),
      values: { ...first.cell },
      flaky: isFlaky(sighting),
      unreached: first.kind === 'unreached' ? first.why : null,
      looks: first.kind === 'unreached' ? [] : LOOKS.map((look) => lookInReport(look, first.records[look])),
    };
  });
}

function lookInReport(
  look: LookName,
  { vantage, observation, transcript, logLines }: StepRecord,
): TableCell['looks'][number] {
  return { look, vantage, observation, transcript: transcript === null ? null : structuredClone(transcript), logLines };
}

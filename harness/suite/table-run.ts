import { EVERY_ROUTE } from '../gateway/proxies.ts';
import { judgeProperty } from '../judge/property.ts';
import { shuffled } from '../order.ts';
import { cellId, LOOKS } from '../pairwise/cell.ts';
import { commandSequencesOf } from '../pairwise/command-sequence.ts';
import type { TableSize } from '../pairwise/covering-array.ts';
import type { Cell } from '../pairwise/dimensions.ts';
import { type FuzzRequest, type FuzzResult, fuzz } from '../pairwise/fuzz.ts';
import { type CellResult, describeViolation, isFlaky, judgeTableProperty } from '../pairwise/judge-table-property.ts';
import { MADE_UP, type Property, saidOf, TABLE_ID, TABLE_PROPERTIES, tableCheck } from '../pairwise/properties.ts';
import { type Draft, draftOf } from '../pairwise/scenario-draft.ts';
import { playTable, type TableRequest } from '../pairwise/table.ts';
import type { PlannedStage } from '../play/plan-stages.ts';
import { withinBudget } from '../results/budget.ts';
import type { CheckResult, ScenarioInfo, TableCell } from '../results/report.ts';
import { saySources } from '../scenario/documentation.ts';
import { inRange } from '../scenario/range.ts';
import { PATIENT_GATEWAY } from '../scenario/scenario.ts';
import type { JudgeContext } from './judge-scenario.ts';
import { checkOn, type Ground, linesOf, transcriptOf } from './table-check.ts';
import { playWitness, witnessCheck } from './witness.ts';

/** Where the properties stand. */
const PROPERTIES = 'harness/pairwise/properties.ts';
/** Where the knocks that no table has are made up. */
const SEARCH = 'harness/pairwise/fuzz.ts';

/** Every property, as it is said of a release. */
const saidOn = (version: string): Property[] => TABLE_PROPERTIES.map((property) => saidOf(property, version));

/** How the table stands among the scenarios of a report. */
export const TABLE_INFO: ScenarioInfo = {
  id: TABLE_ID,
  title: 'What holds for every knock, whoever thought of it',
  why: 'Scenarios find what somebody reported. These properties are held against knocks that nobody picked.',
  class: 'boundary',
  level: 'must',
  blocker: true,
  reported: [],
  affected: 'none',
  tags: [],
  file: PROPERTIES,
};

/** The stage that a table is played on. */
export const TABLE_STAGE: PlannedStage = {
  id: 'table',
  gateway: PATIENT_GATEWAY,
  batches: [],
  routes: [...EVERY_ROUTE],
  showsPages: true,
};

/** How a table is played: its cells, the knocks beyond it, and who else has reason to doubt a cell. */
export type TablePlan = {
  size: TableSize;
  cells: readonly Cell[];
  search: FuzzRequest;
  doubted: TableRequest['doubted'];
  save: boolean;
};

/**
 * Plays a table on a stage, and knocks that no table has. Gives both as the report keeps them, and
 * what was found as a scenario, where that is to be saved and can be written as one. Rejects where the engine fails.
 */
export async function playCells(
  { size, cells, search, doubted, save }: TablePlan,
  request: Omit<TableRequest, 'cells' | 'properties' | 'doubted'>,
  root: string,
  context: JudgeContext,
): Promise<{ cells: TableCell[]; checks: CheckResult[]; draft: Draft | null }> {
  const properties = saidOn(context.version).filter(({ releases }) => inRange(context.version, releases));
  const table: TableRequest = { ...request, cells: shuffled(cells, search.seed), properties, doubted };
  const cellResults = inOrderOf(cells, await playTable(table));
  const repeat = `npx postern run --gateway ${context.gateway} --table ${size} --only ${TABLE_ID} --seed ${search.seed}`;
  const witnessed = await playWitness(commandSequencesOf(search.seed, context.version), request);
  const sought = await fuzz(table, search);
  return {
    cells: cellResults.map((cellResult) => cellInReport(cellResult, context.gateway, repeat)),
    checks: [
      ...propertyChecks(cellResults, root, repeat, context),
      witnessCheck(witnessed, root, repeat, context),
      searchCheck(sought, search, root, repeat, context),
    ],
    draft: save && sought.found !== null ? draftOf(sought.found, context.version) : null,
  };
}

/** What was seen in the order of the table, whatever the order of play was. */
function inOrderOf(cells: readonly Cell[], cellResults: readonly CellResult[]): CellResult[] {
  const rank = new Map(cells.map((cell, index) => [cellId(cell), index]));
  const rankOf = ({ first }: CellResult): number => rank.get(cellId(first.cell)) ?? 0;
  return cellResults.toSorted((a, b) => rankOf(a) - rankOf(b));
}

/** Differences that are shown of one property; the table has them all. */
const SHOWN_BREACHES = 12;

/** One check for each property, in the order of the list. */
function propertyChecks(
  cellResults: readonly CellResult[],
  root: string,
  repeat: string,
  context: JudgeContext,
): CheckResult[] {
  const { version, deviations, today } = context;
  const places = linesOf(PROPERTIES, root);
  return saidOn(version).map((property): CheckResult => {
    const { id, statement, sources } = property;
    const asked = { check: tableCheck(id), version, deviations, today };
    const { verdict, because, seen, cells, breaches } = judgeTableProperty(property, cellResults, asked);
    const ground: Ground = {
      verdict,
      because,
      seen,
      expected: `${statement} (${saySources(sources)})`,
      differences: breaches.slice(0, SHOWN_BREACHES).map(describeViolation),
      compared: cells,
      source: places(`id: '${id}'`),
    };
    return checkOn(id, ground, breaches[0]?.record ?? null, repeat, context);
  });
}

/** The check of the search beyond the table. */
function searchCheck(
  { met, found, fickle }: FuzzResult,
  search: FuzzRequest,
  root: string,
  repeat: string,
  context: JudgeContext,
): CheckResult {
  const { path: way } = found?.search ?? search;
  const evidence = {
    notClaimed: null,
    breach: found === null ? null : { observation: null },
    doubt: fickle === null ? null : `${cellId(fickle.cell)} ${JSON.stringify(fickle.free)} broke one, and then did not`,
    gap: null,
  };
  const ground: Ground = {
    ...judgeProperty(evidence, { ...context, check: tableCheck(MADE_UP) }),
    expected: `No knock that is made up breaks one of the ${TABLE_PROPERTIES.length} properties.`,
    seen:
      found === null
        ? `${met} knocks with seed ${search.seed}, and none breaks one`
        : `after ${met} knocks and ${found.shrinks} steps to make it plain: "${found.property.statement}" is broken by ${describeViolation(found.breach)}`,
    differences: found === null ? [] : [`headers of its own: ${JSON.stringify(found.probe.free)}`],
    compared: met,
    source: linesOf(SEARCH, root)('export async function fuzz'),
  };
  return checkOn(
    MADE_UP,
    ground,
    found?.breach.record ?? null,
    `${repeat}${way === null ? '' : ` --path ${way}`}`,
    context,
  );
}

/** A cell as the report keeps it. */
function cellInReport(cellResult: CellResult, gateway: string, repeat: string): TableCell {
  const { first } = cellResult;
  const looks = first.kind === 'unreached' ? [] : LOOKS.map((look) => ({ look, record: first.records[look] }));
  return {
    gateway,
    id: cellId(first.cell),
    values: { ...first.cell },
    flaky: isFlaky(cellResult),
    unreached: first.kind === 'unreached' ? first.why : null,
    repeat,
    looks: looks.map(({ look, record }) => {
      const { vantage, observation, logLines } = record;
      return { look, vantage, ...withinBudget({ observation, transcript: transcriptOf(record), logLines }) };
    }),
  };
}

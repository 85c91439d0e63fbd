import { EVERY_ROUTE } from '../gateway/network/proxies.ts';
import { judgeProperty } from '../judge/property.ts';
import { shuffled } from '../order.ts';
import { cellId, PROBES, reportedValues } from '../pairwise/cell.ts';
import { commandSequencesOf } from '../pairwise/command-sequence.ts';
import type { TableSize } from '../pairwise/covering-array.ts';
import type { Cell } from '../pairwise/dimensions.ts';
import { type FuzzRequest, type FuzzResult, fuzz } from '../pairwise/fuzz.ts';
import { type CellResult, describeViolation, isFlaky, judgeTableProperty } from '../pairwise/judge-table-property.ts';
import { type KnockProperty, propertyOn } from '../pairwise/knock-property.ts';
import { FUZZING_CHECK, fileOfProperty, TABLE_ID, TABLE_PROPERTIES, tableCheck } from '../pairwise/properties.ts';
import { type Draft, draftOf } from '../pairwise/scenario-draft.ts';
import { playTable, type TableRequest } from '../pairwise/table.ts';
import type { PlannedStage } from '../play/plan-stages.ts';
import { saySources } from '../properties/documentation.ts';
import { withinBudget } from '../results/budget.ts';
import type { CheckResult, ScenarioInfo, TableCell } from '../results/report.ts';
import { inRange } from '../scenario/releases/range.ts';
import { PATIENT_GATEWAY } from '../scenario/schema/scenario.ts';
import { evidenceOf } from './evidence.ts';
import type { JudgeContext } from './judge-scenario.ts';
import { checkOn, lineWith, type TableCheckContext } from './table-check.ts';
import { playWitness, witnessCheck } from './witness.ts';

/** The file with the fuzzing, to which reports point. */
const SEARCH = 'harness/pairwise/fuzz.ts';

/** All properties, as they apply to a release. */
const saidOn = (version: string): KnockProperty[] => TABLE_PROPERTIES.map((property) => propertyOn(property, version));

/** The entry of the decision table among the scenarios of a report. */
export const TABLE_INFO: ScenarioInfo = {
  id: TABLE_ID,
  title: 'Properties of every knock, in a decision table and random knocks',
  why: 'Scenarios play what users reported. These properties are checked on knocks that no user reported.',
  class: 'boundary',
  level: 'must',
  blocker: true,
  reported: [],
  affected: 'none',
  tags: [],
  file: 'harness/pairwise/properties.ts',
};

/** The stage on which a table is played. */
export const TABLE_STAGE: PlannedStage = {
  id: 'table',
  gateway: PATIENT_GATEWAY,
  batches: [],
  routes: [...EVERY_ROUTE],
  showsPages: true,
};

/**
 * How a table is played: its cells, the fuzzing beyond it, the function that names further cells to observe a second time, and whether a
 * violation that fuzzing finds is drafted as a scenario.
 */
export type TablePlan = {
  size: TableSize;
  cells: readonly Cell[];
  search: FuzzRequest;
  doubted: TableRequest['doubted'];
  save: boolean;
};

/**
 * Plays a table, the witness and random knocks on a stage. Gives the cells and the checks as the report keeps them, and a draft of a scenario if
 * fuzzing found a violation, `save` is set and the violation can be written as one (else null). Rejects if the engine fails.
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

/** The results in the order of the table; the order of play was another one. */
function inOrderOf(cells: readonly Cell[], cellResults: readonly CellResult[]): CellResult[] {
  const rank = new Map(cells.map((cell, index) => [cellId(cell), index]));
  const rankOf = ({ first }: CellResult): number => rank.get(cellId(first.cell)) ?? 0;
  return cellResults.toSorted((a, b) => rankOf(a) - rankOf(b));
}

/** The largest number of violations that the check of one property lists; the table has them all. */
const SHOWN_BREACHES = 12;

/** A check for each property, in the order of `TABLE_PROPERTIES`. */
function propertyChecks(
  cellResults: readonly CellResult[],
  root: string,
  repeat: string,
  context: JudgeContext,
): CheckResult[] {
  const { version, deviations, today } = context;
  return saidOn(version).map((property): CheckResult => {
    const { id, statement, sources } = property;
    const asked = { check: tableCheck(id), version, deviations, today };
    const { verdict, because, seen, cells, breaches } = judgeTableProperty(property, cellResults, asked);
    const checkContext: TableCheckContext = {
      verdict,
      because,
      seen,
      expected: `${statement} (${saySources(sources)})`,
      differences: breaches.slice(0, SHOWN_BREACHES).map(describeViolation),
      compared: cells,
      source: lineWith(`id: '${id}'`, fileOfProperty(id), root),
    };
    return checkOn(id, checkContext, breaches[0]?.record ?? null, repeat, context);
  });
}

/** The check of fuzzing. */
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
    doubt:
      fickle === null
        ? null
        : `${cellId(fickle.cell)} ${JSON.stringify(fickle.free)} violated a property at first, and then did not`,
    gap: null,
  };
  const checkContext: TableCheckContext = {
    ...judgeProperty(evidence, { ...context, check: tableCheck(FUZZING_CHECK) }),
    expected: `No random knock violates one of the ${TABLE_PROPERTIES.length} properties.`,
    seen:
      found === null
        ? `${met} knocks with seed ${search.seed}, and none violates one`
        : `after ${met} knocks and ${found.shrinks} shrink steps: "${found.property.statement}" is violated by ${describeViolation(found.breach)}`,
    differences: found === null ? [] : [`further headers of the knock: ${JSON.stringify(found.probe.free)}`],
    compared: met,
    source: lineWith('export async function fuzz', SEARCH, root),
  };
  return checkOn(
    FUZZING_CHECK,
    checkContext,
    found?.breach.record ?? null,
    `${repeat}${way === null ? '' : ` --path ${way}`}`,
    context,
  );
}

/** A cell as the report keeps it. */
function cellInReport(cellResult: CellResult, gateway: string, repeat: string): TableCell {
  const { first } = cellResult;
  const looks =
    first.kind === 'unreached' ? [] : PROBES.map((probe) => ({ look: probe, record: first.records[probe] }));
  return {
    gateway,
    id: cellId(first.cell),
    values: reportedValues(first.cell),
    flaky: isFlaky(cellResult),
    unreached: first.kind === 'unreached' ? first.why : null,
    repeat,
    looks: looks.map(({ look, record }) => {
      const { vantage, transcript, logLines } = evidenceOf(record);
      return { look, vantage, ...withinBudget({ observation: record.observation, transcript, logLines }) };
    }),
  };
}

import { EVERY_ROUTE } from '../gateway/network/proxies.ts';
import { judgeProperty } from '../judge/property.ts';
import { shuffled } from '../order.ts';
import { cellId } from '../pairwise/cell.ts';
import { commandSequencesOf } from '../pairwise/command-sequence.ts';
import type { Cell } from '../pairwise/dimensions.ts';
import { type FuzzRequest, type FuzzResult, fuzz } from '../pairwise/fuzz.ts';
import { type CellResult, describeViolation } from '../pairwise/judge-table-property.ts';
import { type KnockProperty, propertyOn } from '../pairwise/knock-property.ts';
import { FUZZING_CHECK, TABLE_PROPERTIES, tableCheck } from '../pairwise/properties.ts';
import { type Draft, draftOf } from '../pairwise/scenario-draft.ts';
import { playTable, type TableRequest } from '../pairwise/table.ts';
import type { TablePart } from '../pairwise/table-part.ts';
import type { PlannedStage } from '../play/planned-stage.ts';
import { replayCommand } from '../replay-command.ts';
import { type CheckResult, type ScenarioInfo, TABLE_ID, type TableCell } from '../results/report.ts';
import { inRange } from '../scenario/releases/range.ts';
import { PATIENT_GATEWAY } from '../scenario/schema/scenario.ts';
import type { JudgeContext } from './judge-scenario.ts';
import { checkOn, generatedInfo, lineWith, type PropertyCheckContext } from './property-check.ts';
import { propertyChecks } from './property-checks.ts';
import { cellInReport } from './reported-cell.ts';
import { playWitness, witnessCheck } from './witness.ts';

/** The file with the fuzzing, to which reports point. */
const SEARCH = 'harness/pairwise/fuzz.ts';

/** The properties that are claimed for a release, as they apply to it. */
function claimedOn(version: string, properties: readonly KnockProperty[]): KnockProperty[] {
  return properties
    .map((property) => propertyOn(property, version))
    .filter(({ releases }) => inRange(version, releases));
}

/** The entry of the decision table among the scenarios of a report. */
export const TABLE_INFO: ScenarioInfo = generatedInfo({
  id: TABLE_ID,
  title: 'Properties of every knock, in a decision table and random knocks',
  why: 'Scenarios play what users reported. These properties are checked on knocks that no user reported.',
  file: 'harness/pairwise/properties.ts',
});

/** The stage on which a table is played. */
export const TABLE_STAGE: PlannedStage = {
  id: 'table',
  gateway: PATIENT_GATEWAY,
  batches: [],
  routes: [...EVERY_ROUTE],
  showsPages: true,
};

/**
 * How a table is played: the part of it, the seed of its order and of the random knocks, the function that names further cells to observe a
 * second time, and whether a violation that fuzzing finds is drafted as a scenario.
 */
export type TablePlan = {
  part: TablePart;
  seed: number;
  doubted: TableRequest['doubted'];
  save: boolean;
};

/**
 * Plays a part of the table, with the witness and the random knocks if it has them, on a stage. Gives the cells and the checks as the report keeps
 * them, and a draft of a scenario if fuzzing found a violation, `save` is set and the violation can be written as one (else null). Rejects if
 * the engine fails.
 */
export async function playCells(
  { part, seed, doubted, save }: TablePlan,
  request: Omit<TableRequest, 'cells' | 'properties' | 'doubted'>,
  root: string,
  context: JudgeContext,
): Promise<{ cells: TableCell[]; checks: CheckResult[]; draft: Draft | null }> {
  const { cells, witness } = part;
  const { version } = context;
  const properties = claimedOn(version, part.properties);
  const table = { ...request, cells: shuffled(cells, seed), properties, doubted };
  const cellResults = inOrderOf(cells, await playTable(table));
  const witnessed = witness ? await playWitness(commandSequencesOf(seed, version), request) : null;
  const search = part.search === null ? null : { ...part.search, seed };
  const sought =
    search === null ? null : await fuzz({ ...request, properties: claimedOn(version, TABLE_PROPERTIES) }, search);
  return {
    cells: cellResults.map((cellResult) => cellInReport(cellResult, context.gateway)),
    checks: [
      ...propertyChecks(part.properties, cellResults, root, context),
      ...(witnessed === null ? [] : [witnessCheck(witnessed, seed, root, context)]),
      ...(sought === null || search === null ? [] : [searchCheck(sought, search, root, context)]),
    ],
    draft: save && sought !== null && sought.found !== null ? draftOf(sought.found, version) : null,
  };
}

/** The results in the order of the table; the order of play was another one. */
function inOrderOf(cells: readonly Cell[], cellResults: readonly CellResult[]): CellResult[] {
  const rank = new Map(cells.map((cell, index) => [cellId(cell), index]));
  const rankOf = ({ first }: CellResult): number => rank.get(cellId(first.cell)) ?? 0;
  return cellResults.toSorted((a, b) => rankOf(a) - rankOf(b));
}

/** The check of fuzzing. */
function searchCheck(
  { met, found, fickle }: FuzzResult,
  search: FuzzRequest,
  root: string,
  context: JudgeContext,
): CheckResult {
  const id = tableCheck(FUZZING_CHECK);
  const evidence = {
    notClaimed: null,
    breach: found === null ? null : { observation: null },
    doubt:
      fickle === null
        ? null
        : `${cellId(fickle.cell)} ${JSON.stringify(fickle.free)} violated a property at first, and then did not`,
    gap: null,
  };
  const checkContext: PropertyCheckContext = {
    ...judgeProperty(evidence, { ...context, check: id }),
    expected: `No random knock violates one of the ${TABLE_PROPERTIES.length} properties.`,
    seen:
      found === null
        ? `${met} knocks with seed ${search.seed}, and none violates one`
        : `after ${met} knocks and ${found.shrinks} shrink steps: "${found.property.statement}" is violated by ${describeViolation(found.breach)}`,
    differences: found === null ? [] : [`further headers of the knock: ${JSON.stringify(found.probe.free)}`],
    compared: met,
    source: lineWith('export async function fuzz', SEARCH, root),
  };
  const repeat = replayCommand(id, { gateways: [context.gateway], search: found?.search ?? search });
  return checkOn(TABLE_ID, FUZZING_CHECK, checkContext, found?.breach.record ?? null, repeat, context);
}

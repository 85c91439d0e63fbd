import { EVERY_DOOR } from '../gateway/proxies.ts';
import { judgeProperty } from '../judge/property.ts';
import { shuffled } from '../order.ts';
import { type Search, type Sought, seekBreach } from '../pairwise/beyond.ts';
import { cellId, LOOKS } from '../pairwise/cell.ts';
import type { TableSize } from '../pairwise/covering.ts';
import type { Cell } from '../pairwise/dimensions.ts';
import { type Draft, draftOf } from '../pairwise/draft.ts';
import { MADE_UP, type Property, saidOf, TABLE_ID, TABLE_PROPERTIES, tableCheck } from '../pairwise/properties.ts';
import { isFlaky, ruleOn, type Sighting, sayBreach } from '../pairwise/ruling.ts';
import { playTable, type TableRequest } from '../pairwise/table.ts';
import { walksOf } from '../pairwise/walk.ts';
import type { PlannedStage } from '../play/plan.ts';
import { withinBudget } from '../results/budget.ts';
import type { CheckResult, ScenarioInfo, TableCell } from '../results/report.ts';
import { saySources } from '../scenario/documentation.ts';
import { inRange } from '../scenario/range.ts';
import { PATIENT_GATEWAY } from '../scenario/scenario.ts';
import type { JudgingContext } from './judging.ts';
import { checkOn, type Ground, linesOf, transcriptOf } from './table-check.ts';
import { playWitness, witnessCheck } from './witness.ts';

/** Where the properties stand. */
const PROPERTIES = 'harness/pairwise/properties.ts';
/** Where the knocks that no table has are made up. */
const SEARCH = 'harness/pairwise/beyond.ts';

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
  acts: [],
  doors: [...EVERY_DOOR],
  showsPages: true,
};

/** How a table is played: its cells, the knocks beyond it, and who else has reason to doubt a cell. */
export type TablePlan = {
  size: TableSize;
  cells: readonly Cell[];
  search: Search;
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
  context: JudgingContext,
): Promise<{ cells: TableCell[]; checks: CheckResult[]; draft: Draft | null }> {
  const properties = saidOn(context.version).filter(({ releases }) => inRange(context.version, releases));
  const table: TableRequest = { ...request, cells: shuffled(cells, search.seed), properties, doubted };
  const sightings = inOrderOf(cells, await playTable(table));
  const repeat = `npx postern run --gateway ${context.gateway} --table ${size} --only ${TABLE_ID} --seed ${search.seed}`;
  const witnessed = await playWitness(walksOf(search.seed, context.version), request);
  const sought = await seekBreach(table, search);
  return {
    cells: sightings.map((sighting) => cellInReport(sighting, context.gateway, repeat)),
    checks: [
      ...propertyChecks(sightings, root, repeat, context),
      witnessCheck(witnessed, root, repeat, context),
      searchCheck(sought, search, root, repeat, context),
    ],
    draft: save && sought.found !== null ? draftOf(sought.found, context.version) : null,
  };
}

/** What was seen in the order of the table, whatever the order of play was. */
function inOrderOf(cells: readonly Cell[], sightings: readonly Sighting[]): Sighting[] {
  const rank = new Map(cells.map((cell, index) => [cellId(cell), index]));
  const rankOf = ({ first }: Sighting): number => rank.get(cellId(first.cell)) ?? 0;
  return sightings.toSorted((a, b) => rankOf(a) - rankOf(b));
}

/** Differences that are shown of one property; the table has them all. */
const SHOWN_BREACHES = 12;

/** One check for each property, in the order of the list. */
function propertyChecks(
  sightings: readonly Sighting[],
  root: string,
  repeat: string,
  context: JudgingContext,
): CheckResult[] {
  const { version, deviations, today } = context;
  const places = linesOf(PROPERTIES, root);
  return saidOn(version).map((property): CheckResult => {
    const { id, statement, sources } = property;
    const asked = { check: tableCheck(id), version, deviations, today };
    const { verdict, because, seen, cells, breaches } = ruleOn(property, sightings, asked);
    const ground: Ground = {
      verdict,
      because,
      seen,
      expected: `${statement} (${saySources(sources)})`,
      differences: breaches.slice(0, SHOWN_BREACHES).map(sayBreach),
      compared: cells,
      source: places(`id: '${id}'`),
    };
    return checkOn(id, ground, breaches[0]?.record ?? null, repeat, context);
  });
}

/** The check of the search beyond the table. */
function searchCheck(
  { met, found, fickle }: Sought,
  search: Search,
  root: string,
  repeat: string,
  context: JudgingContext,
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
        : `after ${met} knocks and ${found.shrinks} steps to make it plain: "${found.property.statement}" is broken by ${sayBreach(found.breach)}`,
    differences: found === null ? [] : [`headers of its own: ${JSON.stringify(found.probe.free)}`],
    compared: met,
    source: linesOf(SEARCH, root)('export async function seekBreach'),
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
function cellInReport(sighting: Sighting, gateway: string, repeat: string): TableCell {
  const { first } = sighting;
  const looks = first.kind === 'unreached' ? [] : LOOKS.map((look) => ({ look, record: first.records[look] }));
  return {
    gateway,
    id: cellId(first.cell),
    values: { ...first.cell },
    flaky: isFlaky(sighting),
    unreached: first.kind === 'unreached' ? first.why : null,
    repeat,
    looks: looks.map(({ look, record }) => {
      const { vantage, observation, logLines } = record;
      return { look, vantage, ...withinBudget({ observation, transcript: transcriptOf(record), logLines }) };
    }),
  };
}

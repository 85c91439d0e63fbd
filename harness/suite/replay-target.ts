import { didYouMean } from '../did-you-mean.ts';
import { UsageError } from '../exit.ts';
import { cellId } from '../pairwise/cell.ts';
import { cellsOf } from '../pairwise/covering-array.ts';
import { FUZZING_CHECK, TABLE_CHECKS, tableCheck } from '../pairwise/properties.ts';
import { readCellId } from '../pairwise/read-cell-id.ts';
import { cellAlone, checkAlone, type Search, type TablePart } from '../pairwise/table-part.ts';
import type { Focus } from '../report/terminal/replay-text.ts';
import { TABLE_ID } from '../results/report.ts';
import type { LoadedScenario } from '../scenario/catalogue/load.ts';
import type { Selection } from '../scenario/catalogue/select.ts';

/** What a replay plays, and which of it is shown in full. */
export type ReplayTarget = { selection: Selection; part: TablePart | null; focus: Focus };

const KINDS_OF_ID = `An id is that of a check (host-header/dns-rebinding/rebound-webchat), of a scenario (host-header/dns-rebinding), of a check of the decision table (${tableCheck('strangers-wait')}), or of a cell as reports and comparisons name it (loopback+wrong-secret, table/loopback+wrong-secret/again). \`postern list --checks\` lists every check.`;

const selectionOf = (id: string): Selection => ({ only: [id], classes: [], tags: [], profile: null });

/**
 * Reads the id that `postern replay` is given: that of a check or a scenario of `scenarios`, of a check of the decision table, or of a cell or
 * one of its probes. `search` says which random knocks are played if the id is that of the fuzzing. Throws UsageError for an id that names
 * nothing, with the nearest ones.
 */
export function replayTarget(id: string, scenarios: readonly LoadedScenario[], search: Search): ReplayTarget {
  const loaded = scenarios.find(
    ({ scenario, checks }) => scenario.id === id || checks.some((check) => check.id === id),
  );
  if (loaded !== undefined) {
    const ids = loaded.checks.map((check) => check.id);
    return { selection: selectionOf(id), part: null, focus: { kind: 'checks', ids: ids.includes(id) ? [id] : ids } };
  }
  if (search.path !== null && id !== tableCheck(FUZZING_CHECK))
    throw new UsageError(
      `--path belongs to a random knock, and ${id} is none`,
      `Leave --path out, or give the id ${tableCheck(FUZZING_CHECK)}.`,
    );
  const part = checkAlone(id, search);
  if (part !== null) return { selection: selectionOf(TABLE_ID), part, focus: { kind: 'checks', ids: [id] } };
  const named = readCellId(id);
  if (named === null)
    throw new UsageError(`there is no check, scenario or cell "${id}"`, didYouMean(id, known(scenarios), KINDS_OF_ID));
  return {
    selection: selectionOf(TABLE_ID),
    part: cellAlone(named.cell),
    focus: { kind: 'cell', id: cellId(named.cell), probe: named.probe },
  };
}

/** Every id that is worth a suggestion. */
function known(scenarios: readonly LoadedScenario[]): string[] {
  return [
    ...scenarios.flatMap(({ scenario, checks }) => [scenario.id, ...checks.map((check) => check.id)]),
    ...TABLE_CHECKS,
    ...cellsOf('quick').map(cellId),
  ];
}

import type { TableCell } from '../results/report.ts';
import type { Observation } from '../scenario/schema/observation.ts';
import { cellId } from './cell.ts';
import type { CellResult } from './judge-table-property.ts';
import { isSameProbe } from './observe-cell.ts';
import type { TableRequest } from './table.ts';

/** The observation of each probe, by the id of the cell and then by the probe. */
type Shown = ReadonlyMap<string, ReadonlyMap<string, Observation>>;

function shownIn(cellResults: readonly CellResult[]): Shown {
  return new Map(
    cellResults.map(({ first }) => [
      cellId(first.cell),
      new Map(first.kind === 'seen' ? Object.entries(first.seen) : []),
    ]),
  );
}

/** The observations of the table in a stored report. */
export function shownBefore(table: readonly TableCell[]): Shown {
  return new Map(
    table.map(({ id, looks }) => [id, new Map(looks.map(({ look, observation }) => [look, observation]))]),
  );
}

/** The ids of the cells of `one` with a probe whose observation differs from that in `other`. */
function differing(one: Shown, other: Shown): Set<string> {
  const differs = (id: string, looks: ReadonlyMap<string, Observation>): boolean => {
    const others = other.get(id);
    return [...looks].some(([look, seen]) => {
      const counterpart = others?.get(look);
      return counterpart !== undefined && !isSameProbe(seen, counterpart);
    });
  };
  return new Set([...one].flatMap(([id, looks]) => (differs(id, looks) ? [id] : [])));
}

/** The point at which the tables of the gateways of a gate wait for each other, so that differing cells are observed once more. */
export type Rechecks = {
  /** Gives the function that takes a gateway's first observations, waits for the others', and names the cells that differ. */
  doubted(gateway: string): TableRequest['doubted'];
  /** Ends the wait for this gateway's table: it is over, or will never be played. */
  over(gateway: string): void;
};

/** Makes the rechecks of the gateways that are played at the same time; `stored` replaces the other gateway if that was played in an earlier run. */
export function createRechecks(gateways: readonly string[], stored: Shown | null): Rechecks {
  const semaphore = new Map(gateways.map((gateway) => [gateway, Promise.withResolvers<Shown | null>()]));
  const others = (gateway: string): Promise<Shown | null>[] =>
    stored === null
      ? [...semaphore].flatMap(([name, slot]) => (name === gateway ? [] : [slot.promise]))
      : [Promise.resolve(stored)];
  return {
    doubted: (gateway) => async (cellResults) => {
      const mine = shownIn(cellResults);
      semaphore.get(gateway)?.resolve(mine);
      const theirs = await Promise.all(others(gateway));
      return new Set(theirs.flatMap((shown) => (shown === null ? [] : [...differing(mine, shown)])));
    },
    over: (gateway) => semaphore.get(gateway)?.resolve(null),
  };
}

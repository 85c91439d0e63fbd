import type { TableCell } from '../results/report.ts';
import type { Observation } from '../scenario/observation.ts';
import { cellId } from './cell.ts';
import type { CellResult } from './judge-table-property.ts';
import { isSameLook } from './observe-cell.ts';
import type { TableRequest } from './table.ts';

/** What each look at each cell showed, by the name of the cell. */
type Shown = ReadonlyMap<string, ReadonlyMap<string, Observation>>;

function shownIn(cellResults: readonly CellResult[]): Shown {
  return new Map(
    cellResults.map(({ first }) => [
      cellId(first.cell),
      new Map(first.kind === 'seen' ? Object.entries(first.seen) : []),
    ]),
  );
}

/** What a stored table showed. */
export function shownBefore(table: readonly TableCell[]): Shown {
  return new Map(
    table.map(({ id, looks }) => [id, new Map(looks.map(({ look, observation }) => [look, observation]))]),
  );
}

/** The cells that two gateways do not agree on: each is looked at once more before anything is said of it. */
function differing(one: Shown, other: Shown): Set<string> {
  const differs = (id: string, looks: ReadonlyMap<string, Observation>): boolean => {
    const others = other.get(id);
    return [...looks].some(([look, seen]) => {
      const counterpart = others?.get(look);
      return counterpart !== undefined && !isSameLook(seen, counterpart);
    });
  };
  return new Set([...one].flatMap(([id, looks]) => (differs(id, looks) ? [id] : [])));
}

/** Where the tables of two gateways that are played beside each other meet. */
export type Rechecks = {
  doubted(gateway: string): TableRequest['doubted'];
  /** The gateway's table is over, or will never come: nobody waits for it any longer. */
  over(gateway: string): void;
};

/** Lets each of the two gateways doubt what the other did not show. `stored` stands for a gateway that was played before. */
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

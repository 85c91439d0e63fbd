import type { PlayRequest } from '../play/play.ts';
import { inRange } from '../scenario/range.ts';
import { cellId } from './cell.ts';
import type { Cell } from './dimensions.ts';
import type { Invariant } from './invariants.ts';
import { lookAt } from './look.ts';
import { breachesIn, type Sighting } from './ruling.ts';

export type TableRequest = Omit<PlayRequest, 'scenario'> & {
  cells: readonly Cell[];
  invariants: readonly Invariant[];
  /** Of the gateway: what is not claimed for it is not doubted either. */
  version: string;
  /** True once the run was interrupted. */
  stopped(): boolean;
  /** The names of cells that somebody else has reason to doubt. */
  doubted(sightings: readonly Sighting[]): Promise<ReadonlySet<string>>;
};

/**
 * Plays cell after cell on one stage, in the order given. A cell that breaks a claim, is doubted by somebody, or could not be brought to
 * the point of knocking, is looked at once more at the end, so that chance is not taken for a weakness. Rejects where the engine fails.
 */
export async function playTable(request: TableRequest): Promise<Sighting[]> {
  const claims = request.invariants.filter(({ claimed }) => inRange(request.version, claimed));
  const sightings: Sighting[] = [];
  for (const cell of request.cells) {
    if (request.stopped()) return sightings;
    sightings.push({ first: await lookAt(cell, request), second: null });
  }
  const doubted = await request.doubted(sightings);
  const again = new Map<string, Sighting>();
  for (const sighting of sightings) {
    const { first } = sighting;
    const isDoubtful =
      first.kind === 'unreached' ||
      doubted.has(cellId(first.cell)) ||
      claims.some((claim) => breachesIn(claim, sighting).length > 0);
    if (isDoubtful && !request.stopped())
      again.set(cellId(first.cell), { first, second: await lookAt(first.cell, request) });
  }
  return sightings.map((sighting) => again.get(cellId(sighting.first.cell)) ?? sighting);
}

import { CELLS_AT_ONCE } from '../limits.ts';
import type { PlayRequest } from '../play/play.ts';
import { createQueue } from '../play/scene.ts';
import { cellId } from './cell.ts';
import type { Cell } from './dimensions.ts';
import { lookAt, type Reading } from './look.ts';
import type { Property } from './properties.ts';
import { breachesIn, type Sighting } from './ruling.ts';

export type TableRequest = Omit<PlayRequest, 'scenario' | 'alone'> & {
  cells: readonly Cell[];
  /** Those that hold for this release: a cell that breaks another is not doubted. */
  properties: readonly Property[];
  /** True once the run was interrupted. */
  stopped(): boolean;
  /** The names of cells that somebody else has reason to doubt. */
  doubted(sightings: readonly Sighting[]): Promise<ReadonlySet<string>>;
};

/**
 * Plays cell after cell on one stage, in the order given. A cell that breaks a property, is doubted by somebody, or could not be brought to
 * the point of knocking, is looked at once more at the end, so that chance is not taken for a weakness. Rejects where the engine fails.
 */
export async function playTable(request: TableRequest): Promise<Sighting[]> {
  const first = await inLanes(request.cells, request);
  const sightings = first.map((reading): Sighting => ({ first: reading, second: null }));
  const doubted = await request.doubted(sightings);
  const isDoubtful = (sighting: Sighting): boolean =>
    sighting.first.kind === 'unreached' ||
    doubted.has(cellId(sighting.first.cell)) ||
    request.properties.some((property) => breachesIn(property, sighting).length > 0);
  const again = await inLanes(
    sightings.filter(isDoubtful).map((sighting) => sighting.first.cell),
    request,
  );
  const second = new Map(again.map((reading) => [cellId(reading.cell), reading]));
  return sightings.map((sighting) => ({ ...sighting, second: second.get(cellId(sighting.first.cell)) ?? null }));
}

/** Looks at each cell, a few at a time. Gives the readings in the order of the cells; fewer where the run was interrupted. */
async function inLanes(cells: readonly Cell[], request: TableRequest): Promise<Reading[]> {
  const left = cells.entries();
  const readings: Reading[] = [];
  const lane = async (): Promise<void> => {
    const alone = createQueue();
    for (const [index, cell] of left) {
      if (request.stopped()) return;
      readings[index] = await lookAt(cell, { ...request, alone });
    }
  };
  await Promise.all(Array.from({ length: CELLS_AT_ONCE }, lane));
  return readings.filter((reading) => reading !== undefined);
}

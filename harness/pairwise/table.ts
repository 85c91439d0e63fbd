import { CELLS_AT_ONCE } from '../limits.ts';
import { createMutex } from '../play/context.ts';
import type { PlayRequest } from '../play/play.ts';
import { cellId } from './cell.ts';
import type { Cell } from './dimensions.ts';
import { type CellResult, violationsIn } from './judge-table-property.ts';
import { type CellObservation, observeCell } from './observe-cell.ts';
import type { Property } from './properties.ts';

export type TableRequest = Omit<PlayRequest, 'scenario' | 'runExclusive'> & {
  cells: readonly Cell[];
  /** Those that hold for this release: a cell that breaks another is not doubted. */
  properties: readonly Property[];
  /** True once the run was interrupted. */
  stopped(): boolean;
  /** The names of cells that somebody else has reason to doubt. */
  doubted(cellResults: readonly CellResult[]): Promise<ReadonlySet<string>>;
};

/**
 * Plays cell after cell on one stage, in the order given. A cell that breaks a property, is doubted by somebody, or could not be brought to
 * the point of knocking, is looked at once more at the end, so that chance is not taken for a weakness. Rejects where the engine fails.
 */
export async function playTable(request: TableRequest): Promise<CellResult[]> {
  const first = await inLanes(request.cells, request);
  const cellResults = first.map((reading): CellResult => ({ first: reading, second: null }));
  const doubted = await request.doubted(cellResults);
  const isDoubtful = (cellResult: CellResult): boolean =>
    cellResult.first.kind === 'unreached' ||
    doubted.has(cellId(cellResult.first.cell)) ||
    request.properties.some((property) => violationsIn(property, cellResult).length > 0);
  const again = await inLanes(
    cellResults.filter(isDoubtful).map((cellResult) => cellResult.first.cell),
    request,
  );
  const second = new Map(again.map((reading) => [cellId(reading.cell), reading]));
  return cellResults.map((cellResult) => ({
    ...cellResult,
    second: second.get(cellId(cellResult.first.cell)) ?? null,
  }));
}

/** Looks at each cell, a few at a time. Gives the readings in the order of the cells; fewer where the run was interrupted. */
async function inLanes(cells: readonly Cell[], request: TableRequest): Promise<CellObservation[]> {
  const left = cells.entries();
  const readings: CellObservation[] = [];
  const lane = async (): Promise<void> => {
    const runExclusive = createMutex();
    for (const [index, cell] of left) {
      if (request.stopped()) return;
      readings[index] = await observeCell(cell, { ...request, runExclusive });
    }
  };
  await Promise.all(Array.from({ length: CELLS_AT_ONCE }, lane));
  return readings.filter((reading) => reading !== undefined);
}

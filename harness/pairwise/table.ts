import { CELLS_AT_ONCE } from '../limits.ts';
import { createMutex } from '../play/context.ts';
import type { PlayRequest } from '../play/play.ts';
import { cellId } from './cell.ts';
import type { Cell } from './dimensions.ts';
import { type CellResult, violationsIn } from './judge-table-property.ts';
import type { KnockProperty } from './knock-property.ts';
import { type CellObservation, observeCell } from './observe-cell.ts';

/** What playing a decision table on a stage needs. */
export type TableRequest = Omit<PlayRequest, 'scenario' | 'runExclusive'> & {
  cells: readonly Cell[];
  /** The properties that are claimed for this release; a cell that violates one of them is observed a second time. */
  properties: readonly KnockProperty[];
  /** True once the run was interrupted. */
  stopped(): boolean;
  /** Gives the ids of further cells to observe a second time, such as those that differ on the other gateway of a gate. */
  doubted(cellResults: readonly CellResult[]): Promise<ReadonlySet<string>>;
};

/**
 * Plays the cells on one stage, in the order given, `CELLS_AT_ONCE` at a time. A cell that violates a property, is named by `doubted`, or could
 * not be brought to its knock, is observed a second time at the end, so that chance is not taken for a weakness. Gives a result for each cell
 * that was played: fewer than given if the run was interrupted. Rejects if the engine fails.
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

/** Observes the cells, `CELLS_AT_ONCE` at a time. Gives the observations in the order of the cells; fewer if the run was interrupted. */
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

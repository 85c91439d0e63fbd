import { propertiesViolatedBy } from '../../pairwise/cell-violations.ts';
import { saySources } from '../../properties/documentation.ts';
import type { BrokenProperty } from '../../results/finding.ts';
import type { Report } from '../../results/report.ts';

/** The properties that cells with these ids violate in one report and not in the other, with the number of those cells. Pure. */
export function violatedOnlyIn(report: Report, other: Report, cellIds: readonly string[]): BrokenProperty[] {
  const idsIn = (one: Report, id: string) =>
    one.table.filter((cell) => cell.id === id).flatMap((cell) => propertiesViolatedBy(cell, one));
  const violated = [...new Set(cellIds)].flatMap((id) => {
    const already = idsIn(other, id);
    return idsIn(report, id).filter((property) => !already.some(({ id: known }) => known === property.id));
  });
  return [...Map.groupBy(violated, ({ id }) => id)].flatMap(([id, cells]) =>
    cells
      .slice(0, 1)
      .map(({ statement, sources }) => ({ id, statement, sources: saySources(sources), cells: cells.length })),
  );
}

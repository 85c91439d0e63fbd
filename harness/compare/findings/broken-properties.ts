import { cellWith } from '../../pairwise/cell.ts';
import { type KnockProperty, propertyOn, type Seen } from '../../pairwise/knock-property.ts';
import { TABLE_PROPERTIES } from '../../pairwise/properties.ts';
import { saySources } from '../../properties/documentation.ts';
import type { BrokenProperty } from '../../results/finding.ts';
import type { Report, TableCell } from '../../results/report.ts';
import { inRange } from '../../scenario/releases/range.ts';
import type { Observation } from '../../scenario/schema/observation.ts';

/** The observations of a cell by probe; a probe that the report lacks has shown nothing. */
function seenIn({ looks }: TableCell): Seen {
  const of = (name: string): Observation => looks.find(({ look }) => look === name)?.observation ?? {};
  return { knock: of('knock'), replay: of('replay'), again: of('again'), elsewhere: of('elsewhere') };
}

/** The properties that a cell violates on the gateway of a report, among those that are claimed for it, in their order. */
function violatedBy(cell: TableCell | undefined, { subjects }: Report): KnockProperty[] {
  const [version, place] = [subjects[0]?.judgedAs ?? '', cellWith(cell?.values ?? {})];
  if (cell === undefined || cell.unreached !== null || place === null) return [];
  const seen = seenIn(cell);
  return TABLE_PROPERTIES.filter((property) => {
    const { releases, appliesTo, broken } = propertyOn(property, version);
    return inRange(version, releases) && appliesTo(place) && broken(seen, place).length > 0;
  });
}

/** The properties that cells with these ids violate on the head and not on the base, with the number of those cells. Pure. */
export function brokenIn(cellIds: readonly string[], base: Report, head: Report): BrokenProperty[] {
  const [before, after] = [base, head].map(({ table }) => new Map(table.map((cell) => [cell.id, cell])));
  if (before === undefined || after === undefined) throw new Error('two reports are compared');
  const violated = [...new Set(cellIds)].flatMap((id) => {
    const already = violatedBy(before.get(id), base);
    return violatedBy(after.get(id), head).filter(
      (property) => !already.some(({ id: known }) => known === property.id),
    );
  });
  return [...Map.groupBy(violated, ({ id }) => id)].flatMap(([id, cells]) =>
    cells
      .slice(0, 1)
      .map(({ statement, sources }) => ({ id, statement, sources: saySources(sources), cells: cells.length })),
  );
}

import type { Report, TableCell } from '../results/report.ts';
import { inRange } from '../scenario/releases/range.ts';
import type { Observation } from '../scenario/schema/observation.ts';
import { cellWith } from './cell.ts';
import { type KnockProperty, propertyOn, type Seen } from './knock-property.ts';
import { TABLE_PROPERTIES, tableCheck } from './properties.ts';

/** The observations of a cell by probe; a probe that the report lacks has shown nothing. */
function seenIn({ looks }: TableCell): Seen {
  const of = (name: string): Observation => looks.find(({ look }) => look === name)?.observation ?? {};
  return { knock: of('knock'), replay: of('replay'), again: of('again'), elsewhere: of('elsewhere') };
}

/** The properties that a cell of a report violates, among those that are claimed for its gateway, in their order. Pure. */
export function propertiesViolatedBy(cell: TableCell, { subjects }: Pick<Report, 'subjects'>): KnockProperty[] {
  const version = subjects.find(({ reference }) => reference === cell.gateway)?.judgedAs ?? '';
  const place = cellWith(cell.values);
  if (cell.unreached !== null || place === null) return [];
  const seen = seenIn(cell);
  return TABLE_PROPERTIES.filter((property) => {
    const { releases, appliesTo, broken } = propertyOn(property, version);
    return inRange(version, releases) && appliesTo(place) && broken(seen, place).length > 0;
  });
}

/** The ids of the cells of a report that violate a property whose check is among these. Pure. */
export function cellsViolating(report: Pick<Report, 'subjects' | 'table'>, checkIds: ReadonlySet<string>): Set<string> {
  const cells = report.table.filter((cell) =>
    propertiesViolatedBy(cell, report).some(({ id }) => checkIds.has(tableCheck(id))),
  );
  return new Set(cells.map(({ id }) => id));
}

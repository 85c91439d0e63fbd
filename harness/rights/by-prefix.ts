import { byText } from '../text/by-text.ts';
import { nameOfRow, type PlayedRow } from './matrix.ts';

/** The first part of a method name, up to the first dot. */
const prefixOf = ({ method }: PlayedRow): string => method.split('.')[0] ?? method;

/** Rows with one prefix and the same least callers. */
type RowGroup = { prefix: string; least: string; rows: readonly string[] };

/**
 * Groups rows by the prefix of the method and by who may call at the least, in the order of the prefixes. `leastOf` gives the least callers of
 * a row.
 */
export function groupByPrefix(rows: readonly PlayedRow[], leastOf: (row: PlayedRow) => string): RowGroup[] {
  const told = rows.map((row) => ({ prefix: prefixOf(row), least: leastOf(row), name: nameOfRow(row) }));
  const groups = Map.groupBy(told, ({ prefix, least }) => JSON.stringify([prefix, least]));
  return [...groups.values()]
    .flatMap((same) =>
      same.slice(0, 1).map(({ prefix, least }) => ({ prefix, least, rows: same.map(({ name }) => name) })),
    )
    .sort((a, b) => byText(a.prefix, b.prefix) || byText(a.least, b.least));
}

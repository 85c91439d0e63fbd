import { cellsOf, type TableSize } from './covering-array.ts';
import type { Cell } from './dimensions.ts';
import type { KnockProperty } from './knock-property.ts';
import { FUZZING_CHECK, OWN_CLIENT, TABLE_PROPERTIES, tableCheck } from './properties.ts';

/** A random search beyond the table, without its seed: the path of a violation to repeat (null: a new search), and the most knocks. */
export type Search = { path: string | null; runs: number };

/** What a run plays of the decision table: the whole, one cell, or one check. */
export type TablePart = {
  cells: readonly Cell[];
  /** The properties that are judged by these cells. */
  properties: readonly KnockProperty[];
  /** Whether the release's own command makes its knocks as well. */
  witness: boolean;
  /** The random knocks; null for none. */
  search: Search | null;
};

const NOTHING: TablePart = { cells: [], properties: [], witness: false, search: null };

/** The whole table of this size, with its random knocks. */
export function wholeTable(size: TableSize, search: Search): TablePart {
  return { cells: cellsOf(size), properties: TABLE_PROPERTIES, witness: true, search };
}

/** One cell, judged by the properties that apply to it. */
export function cellAlone(cell: Cell): TablePart {
  return { ...NOTHING, cells: [cell], properties: TABLE_PROPERTIES.filter((property) => property.appliesTo(cell)) };
}

/**
 * What one check of the table needs: the cells of the quick table that its property applies to, the knocks of the release's own command, or the
 * random knocks of `search`. Null for the id of another check.
 */
export function checkAlone(id: string, search: Search): TablePart | null {
  if (id === tableCheck(OWN_CLIENT)) return { ...NOTHING, witness: true };
  if (id === tableCheck(FUZZING_CHECK)) return { ...NOTHING, search };
  const property = TABLE_PROPERTIES.find((each) => tableCheck(each.id) === id);
  if (property === undefined) return null;
  return { ...NOTHING, cells: cellsOf('quick').filter(property.appliesTo), properties: [property] };
}

/**
 * What one of `of` shards plays of a table, by its number from 1: every so-many-th cell, with the properties that these are about. The knocks of
 * the release's own command are in the first shard, and the random knocks in the last.
 */
export function shareOfPart(part: TablePart, { index, of }: { index: number; of: number }): TablePart {
  const cells = part.cells.filter((_, place) => place % of === index - 1);
  return {
    cells,
    // A property without a cell would be called not testable here; the shards together have its cells, or none has.
    properties: part.properties.filter((property) => cells.some((cell) => property.appliesTo(cell))),
    witness: part.witness && index === 1,
    search: index === of ? part.search : null,
  };
}

/** The ids of the checks that come of a part, in the order of a report. */
export function checksOfPart({ properties, witness, search }: TablePart): string[] {
  return [
    ...properties.map(({ id }) => id),
    ...(witness ? [OWN_CLIENT] : []),
    ...(search === null ? [] : [FUZZING_CHECK]),
  ].map(tableCheck);
}

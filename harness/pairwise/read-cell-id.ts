import { didYouMean } from '../did-you-mean.ts';
import { UsageError } from '../exit.ts';
import { DIMENSION_NAMES, isPossible, PLAIN, PROBES, type ProbeName, valuesOf } from './cell.ts';
import type { Cell, Dimension } from './dimensions.ts';

/** A cell as a report or a comparison names it; `probe` is the one that is meant, null for all four. */
export type NamedCell = { cell: Cell; probe: ProbeName | null };

/** Each value with its dimension. No two dimensions share the name of a value. */
const DIMENSION_OF: ReadonlyMap<string, Dimension> = new Map(
  DIMENSION_NAMES.flatMap((name) => valuesOf(name).map((value): [string, Dimension] => [value, name])),
);

/** The id of a cell with the words that a comparison puts around it: `table/` before, and the name of a probe after. */
const NAMED = new RegExp(`^(?:table/)?(?<id>[^/]+?)(?:/(?<probe>${PROBES.join('|')}))?$`);

/**
 * Reads the id of a cell, such as `loopback+wrong-secret`, or `table/loopback+wrong-secret/again` for one of its probes. The values may have
 * any order, and the cell need not be in a table. Gives null for a text that names no value at all. Throws UsageError for one with an unknown
 * value, with two values of one dimension, or with values that no client can have at once.
 */
export function readCellId(text: string): NamedCell | null {
  const { id = '', probe } = NAMED.exec(text)?.groups ?? {};
  const values = id === 'plain' ? [] : id.split('+');
  if (id !== 'plain' && !values.some((value) => DIMENSION_OF.has(value))) return null;
  const cell = values.reduce((part, value) => withValue(part, value, text), {});
  const whole: Cell = { ...PLAIN, ...cell };
  if (!isPossible(whole))
    throw new UsageError(
      `no client can have the values of ${text} at once`,
      'Copy the id of a cell from a report; harness/pairwise/cell.ts says which values exclude each other.',
    );
  return { cell: whole, probe: PROBES.find((name) => name === probe) ?? null };
}

/** The part of a cell with one more value. Throws UsageError for an unknown value, and for a second one of its dimension. */
function withValue(part: Partial<Cell>, value: string, text: string): Partial<Cell> {
  const dimension = DIMENSION_OF.get(value);
  if (dimension === undefined)
    throw new UsageError(
      `"${value}" in ${text} is no value of the decision table`,
      didYouMean(value, DIMENSION_OF.keys(), 'harness/pairwise/dimensions.ts has every value.'),
    );
  const other = part[dimension];
  if (other !== undefined)
    throw new UsageError(
      `${text} has two values of the dimension ${dimension}: ${other} and ${value}`,
      'Give one of them.',
    );
  return { ...part, [dimension]: value };
}

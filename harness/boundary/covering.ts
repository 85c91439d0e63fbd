import { createRequire } from 'node:module';
import { canBe, cellId, DIMENSION_NAMES, PLAIN, valuesOf } from './cell.ts';
import type { Cell, Dimension, DOORS } from './dimensions.ts';

// It is bundled so that neither Node nor Vitest finds its names by `import`.
const covertable: typeof import('covertable') = createRequire(import.meta.url)('covertable');

/** How many values at a time are met in every way that can be: in pairs for each pull request, in threes for nights. */
export const TABLES = { quick: 2, full: 3 } as const;
export type TableSize = keyof typeof TABLES;

/** Some values of a cell. */
type Part = Partial<Cell>;

/** The plainest cell with these values, or null where no client can have them at once. What has had more done to it can be more. */
function plainest(part: Part): Cell | null {
  const priors = part.prior === undefined ? valuesOf('prior') : [part.prior];
  const cells = priors.map((prior): Cell => ({ ...PLAIN, ...part, prior }));
  return cells.find(canBe) ?? null;
}

/** Every way to choose so many of the dimensions. */
function choices(many: number, from: readonly Dimension[] = DIMENSION_NAMES): Dimension[][] {
  if (many === 0) return [[]];
  return from.flatMap((name, index) => choices(many - 1, from.slice(index + 1)).map((rest) => [name, ...rest]));
}

/** Names of values are told apart over all dimensions, so that these are a key. */
const keyOf = (cell: Part, names: readonly Dimension[]): string => names.map((name) => cell[name]).join(' ');

/** Every so many values that one client can have at once, by key. */
export function feasible(many: number): Map<string, Part> {
  const parts = choices(many).flatMap((names) => {
    const all = names.reduce<Part[]>(
      (taken, name) => taken.flatMap((part) => valuesOf(name).map((value): Part => ({ ...part, [name]: value }))),
      [{}],
    );
    return all.flatMap((part): [string, Part][] => (plainest(part) === null ? [] : [[keyOf(part, names), part]]));
  });
  return new Map(parts);
}

/** The keys of every so many values of a cell. */
export function metIn(cell: Cell, many: number): string[] {
  return choices(many).map((names) => keyOf(cell, names));
}

/** A cell that has those of the parts that fit into one, from the first on; what they leave open is plain. */
function pack(parts: Iterable<Part>): Cell {
  let row: Part = {};
  for (const part of parts) {
    const fits = DIMENSION_NAMES.every(
      (name) => part[name] === undefined || row[name] === undefined || row[name] === part[name],
    );
    if (fits && plainest({ ...row, ...part }) !== null) row = { ...row, ...part };
  }
  return plainest(row) ?? PLAIN;
}

/**
 * Cells in which every feasible choice of so many values is met at least once. The generator is not told what cannot be, for then
 * it loses choices that can (covertable 2.5.2: a seventh of the pairs); its impossible rows are left out, and what only
 * they had is packed into rows of its own.
 */
function covering(many: number): Cell[] {
  const factors = Object.fromEntries(DIMENSION_NAMES.map((name) => [name, valuesOf(name)]));
  const made: Part[] = covertable.make(factors, { length: many, criterion: covertable.criteria.simple });
  const cells = made.map((row): Cell => ({ ...PLAIN, ...row })).filter(canBe);
  const missing = feasible(many);
  for (const key of cells.flatMap((cell) => metIn(cell, many))) missing.delete(key);
  while (missing.size > 0) {
    const cell = pack(missing.values());
    cells.push(cell);
    for (const key of metIn(cell, many)) missing.delete(key);
  }
  return cells;
}

/**
 * Cells that are played whatever the generator makes of the rest: each value alone, from another machine and on the gateway's own, and
 * each header through a proxy. A claim that a header opens nothing needs the knock that differs in nothing else.
 */
function edges(): Cell[] {
  const alone = DIMENSION_NAMES.flatMap((name) => valuesOf(name).flatMap((value) => plainest({ [name]: value }) ?? []));
  const headers = alone.filter(({ forwarded, host }) => forwarded !== PLAIN.forwarded || host !== PLAIN.host);
  const at = (door: keyof typeof DOORS, cells: readonly Cell[]): Cell[] => cells.map((cell) => ({ ...cell, door }));
  return [...alone, ...at('loopback', alone), ...at('proxy', headers)].filter(canBe);
}

/** The cells of a table, each once, in the order of their names: the same for every release and every run. */
export function cellsOf(size: TableSize): Cell[] {
  const byName = new Map([...edges(), ...covering(TABLES[size])].map((cell) => [cellId(cell), cell]));
  return [...byName].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, cell]) => cell);
}

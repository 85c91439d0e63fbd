import { createRequire } from 'node:module';
import { canBe, cellId, DIMENSION_NAMES, faultsIn, PLAIN, valuesOf } from './cell.ts';
import { type Cell, type Dimension, type DOORS, PAGES } from './dimensions.ts';

// It is bundled so that neither Node nor Vitest finds its names by `import`.
const covertable: typeof import('covertable') = createRequire(import.meta.url)('covertable');

/** How many values at a time are met in every way that can be: in pairs for each pull request, in threes for nights. */
export const TABLES = { quick: 2, full: 3 } as const;
export type TableSize = keyof typeof TABLES;

/** Some values of a cell. */
type Part = Partial<Cell>;

/**
 * The plainest cell with these values, or null where no client can have them at once. What has had more done to it can be more, and a page
 * has an origin.
 */
function plainest(part: Part): Cell | null {
  const priors = part.prior === undefined ? valuesOf('prior') : [part.prior];
  const origins = part.origin === undefined ? (['no-origin', 'origin-of-the-gateway'] as const) : [part.origin];
  const cells = priors.flatMap((prior) => origins.map((origin): Cell => ({ ...PLAIN, ...part, prior, origin })));
  return cells.find((cell) => canBe(cell) && faultsIn(cell).length === faultsIn(part).length) ?? null;
}

/** Every way to choose so many of the dimensions. */
function choices(many: number, from: readonly Dimension[] = DIMENSION_NAMES): Dimension[][] {
  if (many === 0) return [[]];
  return from.flatMap((name, index) => choices(many - 1, from.slice(index + 1)).map((rest) => [name, ...rest]));
}

/** Names of values are told apart over all dimensions, so that these are a key. */
const keyOf = (cell: Part, names: readonly Dimension[]): string => names.map((name) => cell[name]).join(' ');

/** Every so many values that one client can have at once, of which at most one gets it refused by itself, by key. */
export function feasible(many: number): Map<string, Part> {
  const parts = choices(many).flatMap((names) => {
    const all = names.reduce<Part[]>(
      (taken, name) => taken.flatMap((part) => valuesOf(name).map((value): Part => ({ ...part, [name]: value }))),
      [{}],
    );
    const can = all.filter((part) => faultsIn(part).length <= 1 && plainest(part) !== null);
    return can.map((part): [string, Part] => [keyOf(part, names), part]);
  });
  return new Map(parts);
}

/** The keys of every so many values of a cell that are met in it: where one value gets it refused, those among which that one is. */
export function metIn(cell: Cell, many: number): string[] {
  const faults = faultsIn(cell);
  const met = choices(many).filter((names) => faults.every((fault) => names.includes(fault)));
  return met.map((names) => keyOf(cell, names));
}

/** A cell that has those of the parts that fit into one, from the first on; what they leave open is plain. */
function pack(parts: Iterable<Part>): Cell {
  let row: Part = {};
  for (const part of parts) {
    const fits = DIMENSION_NAMES.every(
      (name) => part[name] === undefined || row[name] === undefined || row[name] === part[name],
    );
    const both = { ...row, ...part };
    // One that gets it refused hides what the others were to show.
    if (fits && faultsIn(both).length <= faultsIn(part).length && plainest(both) !== null) row = both;
  }
  return plainest(row) ?? PLAIN;
}

/**
 * Cells in which every feasible choice of so many values is met at least once. The generator is given the values that get nobody refused by
 * themselves, and is not told what cannot be, for then it loses choices that can (covertable 2.5.2: a seventh of the pairs). What is
 * missing then is packed into as few cells as fit.
 */
function covering(many: number): Cell[] {
  const sound = <D extends Dimension>(name: D) =>
    valuesOf(name).filter((value) => faultsIn({ [name]: value }).length === 0);
  const factors = Object.fromEntries(DIMENSION_NAMES.map((name) => [name, sound(name)]));
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
  return [...alone, ...at('loopback', alone), ...at('proxy', headers), ...pages()].filter(canBe);
}

/** Host headers with which a page of an origin comes, where that is not the plain one alone: a browser names there what it was opened at. */
const HOSTS_OF_ORIGIN: { readonly [origin in Cell['origin']]?: readonly Cell['host'][] } = {
  'origin-of-the-gateway': ['own-host', 'host-localhost'],
  'origin-of-the-name': ['host-name'],
};

/** Pages of every origin where nothing else keeps them out: strangers on the gateway's own machine, and paired ones on another. */
function pages(): Cell[] {
  const loaded = PAGES.flatMap((kind) =>
    valuesOf('origin').flatMap((origin) =>
      (HOSTS_OF_ORIGIN[origin] ?? [PLAIN.host]).map((host): Cell => ({ ...PLAIN, kind, origin, host })),
    ),
  );
  return loaded.flatMap((page): Cell[] => [
    { ...page, door: 'loopback' },
    { ...page, prior: 'paired-read' },
  ]);
}

/** The cells of a table, each once, in the order of their names: the same for every release and every run. */
export function cellsOf(size: TableSize): Cell[] {
  const byName = new Map([...edges(), ...covering(TABLES[size])].map((cell) => [cellId(cell), cell]));
  return [...byName].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, cell]) => cell);
}

import { createRequire } from 'node:module';
import { cellId, DIMENSION_NAMES, faultsIn, isPossible, PLAIN, valuesOf } from './cell.ts';
import { type Cell, type Dimension, PAGES, type ROUTES } from './dimensions.ts';

// `require`, because the package is bundled so that neither Node nor Vitest finds its names by `import`.
const covertable: typeof import('covertable') = createRequire(import.meta.url)('covertable');

/** The sizes of the table: how many values a covered combination has. `quick` covers pairs, for pull requests; `full` triples, for nightly runs. */
export const TABLES = { quick: 2, full: 3 } as const;
export type TableSize = keyof typeof TABLES;

/** A cell of which some values may be missing. */
type Part = Partial<Cell>;

/**
 * The cell with these values and as many plain values as possible; null if no client can have them at once, or only with another fault. Values
 * such as a device token need a prior other than `unknown`, and a page needs an origin, so these two dimensions are searched.
 */
function plainest(part: Part): Cell | null {
  const priors = part.prior === undefined ? valuesOf('prior') : [part.prior];
  const origins = part.origin === undefined ? (['no-origin', 'origin-of-the-gateway'] as const) : [part.origin];
  const cells = priors.flatMap((prior) => origins.map((origin): Cell => ({ ...PLAIN, ...part, prior, origin })));
  return cells.find((cell) => isPossible(cell) && faultsIn(cell).length === faultsIn(part).length) ?? null;
}

/** Every combination of `many` dimensions. */
function choices(many: number, from: readonly Dimension[] = DIMENSION_NAMES): Dimension[][] {
  if (many === 0) return [[]];
  return from.flatMap((name, index) => choices(many - 1, from.slice(index + 1)).map((rest) => [name, ...rest]));
}

/** The key of a combination of values: their names, which are unique over all dimensions. */
const keyOf = (cell: Part, names: readonly Dimension[]): string => names.map((name) => cell[name]).join(' ');

/** Every combination of `many` values that one client can have at once, with at most one fault, by key. */
export function feasibleCombinations(many: number): Map<string, Part> {
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

/** The keys of the combinations of `many` values that a cell covers. A cell with a fault covers only the combinations that contain it. */
export function combinationsIn(cell: Cell, many: number): string[] {
  const faults = faultsIn(cell);
  const met = choices(many).filter((names) => faults.every((fault) => names.includes(fault)));
  return met.map((names) => keyOf(cell, names));
}

/** Packs parts into one cell: takes each part, from the first on, that fits with those taken before; the other values are plain. */
function pack(parts: Iterable<Part>): Cell {
  let row: Part = {};
  for (const part of parts) {
    const fits = DIMENSION_NAMES.every(
      (name) => part[name] === undefined || row[name] === undefined || row[name] === part[name],
    );
    const both = { ...row, ...part };
    // A fault from another part would hide what this part is to show.
    if (fits && faultsIn(both).length <= faultsIn(part).length && plainest(both) !== null) row = both;
  }
  return plainest(row) ?? PLAIN;
}

/**
 * A covering array: cells that cover every feasible combination of `many` values at least once. The generator gets only the values without a
 * fault. It does not get the constraints of `isPossible`, because with constraints it loses combinations that are possible (covertable 2.5.2: a
 * seventh of the pairs). The missing combinations are then packed into further cells, as many into each as fit.
 */
function covering(many: number): Cell[] {
  const sound = <D extends Dimension>(name: D) =>
    valuesOf(name).filter((value) => faultsIn({ [name]: value }).length === 0);
  const factors = Object.fromEntries(DIMENSION_NAMES.map((name) => [name, sound(name)]));
  const made: Part[] = covertable.make(factors, { length: many, criterion: covertable.criteria.simple });
  const cells = made.map((row): Cell => ({ ...PLAIN, ...row })).filter(isPossible);
  const missing = feasibleCombinations(many);
  for (const key of cells.flatMap((cell) => combinationsIn(cell, many))) missing.delete(key);
  while (missing.size > 0) {
    const cell = pack(missing.values());
    cells.push(cell);
    for (const key of combinationsIn(cell, many)) missing.delete(key);
  }
  return cells;
}

/**
 * Cells that every table has, in addition to the covering array: each value alone, from another machine and from the gateway's own, and each
 * header through a proxy. To show that a header gives no access, the table needs the knock that differs in nothing else.
 */
function edges(): Cell[] {
  const alone = DIMENSION_NAMES.flatMap((name) => valuesOf(name).flatMap((value) => plainest({ [name]: value }) ?? []));
  const headers = alone.filter(({ forwarded, host }) => forwarded !== PLAIN.forwarded || host !== PLAIN.host);
  const at = (route: keyof typeof ROUTES, cells: readonly Cell[]): Cell[] => cells.map((cell) => ({ ...cell, route }));
  return [...alone, ...at('loopback', alone), ...at('proxy', headers), ...pages()].filter(isPossible);
}

/** The Host headers of a page, by its origin, if there are others than the plain one: a browser sends the name under which it opened the page. */
const HOSTS_OF_ORIGIN: { readonly [origin in Cell['origin']]?: readonly Cell['host'][] } = {
  'origin-of-the-gateway': ['own-host', 'host-localhost'],
  'origin-of-the-name': ['host-name'],
};

/** Pages of each origin in cells that have no other cause of refusal: unapproved on the gateway's own machine, and paired on another. */
function pages(): Cell[] {
  const loaded = PAGES.flatMap((kind) =>
    valuesOf('origin').flatMap((origin) =>
      (HOSTS_OF_ORIGIN[origin] ?? [PLAIN.host]).map((host): Cell => ({ ...PLAIN, kind, origin, host })),
    ),
  );
  return loaded.flatMap((page): Cell[] => [
    { ...page, route: 'loopback' },
    { ...page, prior: 'paired-read' },
  ]);
}

/** The cells of a table of this size, each once, in the order of their ids: the same for every release and every run. */
export function cellsOf(size: TableSize): Cell[] {
  const byName = new Map([...edges(), ...covering(TABLES[size])].map((cell) => [cellId(cell), cell]));
  return [...byName].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, cell]) => cell);
}

import type { Condition, Term } from '../../results/finding.ts';

/** The values of one observation, by dimension. */
export type Row = Readonly<Record<string, string>>;

/** A condition with the indices of the rows it covers: changed ones, and the unchanged ones that are exceptions to it. */
export type Explanation = { condition: Condition; covered: readonly number[]; exceptions: readonly number[] };

/** A condition has at most this many conjunctions; a reader does not take in more. */
export const MOST_CONJUNCTIONS = 3;
/** How many rows are tried as the first of a conjunction. */
const SEEDS = 24;
/** A conjunction may cover one unchanged row for each this many changed rows, if that makes the condition simpler. */
const CHANGED_FOR_AN_EXCEPTION = 12;
/** How many terms fewer a condition must have for each exception. */
const TERMS_FOR_AN_EXCEPTION = 2;

/** For each dimension the set of its values, as bits. A row has one bit in each dimension. */
type Box = readonly number[];

/** A loop, because it runs some ten million times for a table in which everything changed. */
function isIn(row: Box, box: Box): boolean {
  for (let at = 0; at < row.length; at += 1) if (((row[at] ?? 0) & (box[at] ?? 0)) === 0) return false;
  return true;
}
const union = (one: Box, other: Box): Box => one.map((bits, at) => bits | (other[at] ?? 0));
const bitsIn = (bits: number): number => {
  let left = bits;
  let found = 0;
  for (; left !== 0; found += 1) left &= left - 1;
  return found;
};

/** The dimensions with their values, and the changed and unchanged rows as bits. */
type Space = {
  dimensions: readonly string[];
  values: readonly (readonly string[])[];
  all: Box;
  changed: readonly Box[];
  unchanged: readonly Box[];
};

function spaceOf(changed: readonly Row[], unchanged: readonly Row[]): Space {
  const dimensions = Object.keys(changed[0] ?? {});
  const rows = [...changed, ...unchanged];
  const values = dimensions.map((name) => [...new Set(rows.map((row) => row[name] ?? ''))].sort());
  const coded = (row: Row): Box => dimensions.map((name, at) => 1 << (values[at]?.indexOf(row[name] ?? '') ?? 0));
  return {
    dimensions,
    values,
    all: values.map((list) => 2 ** list.length - 1),
    changed: changed.map(coded),
    unchanged: unchanged.map(coded),
  };
}

/** How many of the rows are in the box; it stops counting once they are more than `most`. */
function hits(rows: readonly Box[], box: Box, most = rows.length): number {
  let found = 0;
  for (const row of rows) {
    if (isIn(row, box)) found += 1;
    if (found > most) break;
  }
  return found;
}

/** Widens a box over `rows`, the most at a time, while it covers no more than `allowed` unchanged rows. */
function grown(start: Box, rows: readonly Box[], { unchanged }: Space, allowed: number): Box {
  let box = start;
  let outside = rows.filter((row) => !isIn(row, box));
  while (outside.length > 0) {
    let best: { box: Box; gain: number } | null = null;
    const tried = new Set<string>();
    for (const row of outside) {
      const wider = union(box, row);
      const key = wider.join();
      if (tried.has(key)) continue;
      tried.add(key);
      if (hits(unchanged, wider, allowed) > allowed) continue;
      const gain = hits(outside, wider);
      if (best === null || gain > best.gain) best = { box: wider, gain };
    }
    if (best === null) return box;
    box = best.box;
    outside = outside.filter((row) => !isIn(row, box));
  }
  return box;
}

/** Every choice of `many` of the numbers below `of`, in order. */
function choices(many: number, of: number, from = 0): number[][] {
  if (many === 0) return [[]];
  return Array.from({ length: Math.max(0, of - from) }, (_, step) => from + step).flatMap((first) =>
    choices(many - 1, of, first + 1).map((rest) => [first, ...rest]),
  );
}

/** How many values a term of these bits names: those that are in it, or those that are not, if they are fewer. */
const named = (bits: number, all: number): number => Math.min(bitsIn(bits), bitsIn(all & ~bits));

/** The box in which as few dimensions as possible are bound, and that still covers no more than `allowed` unchanged rows. */
function simplest(box: Box, { all, unchanged }: Space, allowed: number): Box {
  const bound = box.flatMap((bits, at) => (bits === all[at] ? [] : [at]));
  for (let many = 0; many < bound.length; many += 1) {
    const candidates = choices(many, bound.length)
      .map((chosen) => chosen.map((index) => bound[index]))
      .map((kept) => all.map((every, at) => (kept.includes(at) ? (box[at] ?? 0) : every)))
      .filter((wide) => hits(unchanged, wide, allowed) <= allowed);
    const size = (wide: Box): number => wide.reduce((sum, bits, at) => sum + named(bits, all[at] ?? 0), 0);
    const [best] = candidates.toSorted((a, b) => size(a) - size(b));
    if (best !== undefined) return best;
  }
  return box;
}

/** The box around a changed row that covers as many others as possible, first those that are `left`, with few bound dimensions. */
function boxAround(seed: Box, left: readonly Box[], space: Space, allowed: number): Box {
  let box = seed;
  for (;;) {
    const wide = grown(grown(box, left, space, allowed), space.changed, space, allowed);
    const wider = simplest(wide, space, allowed);
    if (wider.join() === box.join()) return box;
    box = wider;
  }
}

const termsIn = (box: Box, { all }: Space): number => box.filter((bits, at) => bits !== all[at]).length;

/** Boxes that together cover as many changed rows as `MOST_CONJUNCTIONS` of them can, the widest first. `lenient`: exceptions are allowed. */
function cover(space: Space, lenient: boolean): Box[] {
  const boxes: Box[] = [];
  let left = space.changed;
  while (left.length > 0 && boxes.length < MOST_CONJUNCTIONS) {
    const allowed = lenient ? Math.floor(left.length / CHANGED_FOR_AN_EXCEPTION) : 0;
    const made: Box[] = [];
    for (const seed of left.slice(0, SEEDS)) {
      // A seed in an earlier box grows into the like of it.
      if (made.some((box) => isIn(seed, box))) continue;
      made.push(boxAround(seed, left, space, allowed));
    }
    const [best] = made.sort((a, b) => hits(left, b) - hits(left, a) || termsIn(a, space) - termsIn(b, space));
    if (best === undefined) break;
    boxes.push(best);
    left = left.filter((row) => !isIn(row, best));
  }
  return boxes.reduce(narrowed(space), boxes).filter((box) => box.some((bits) => bits !== 0));
}

/** Narrows one of several boxes to the changed rows that no other one covers; to nothing if there are none. */
function narrowed({ all, changed }: Space): (boxes: readonly Box[], box: Box) => Box[] {
  return (boxes, box) => {
    const others = boxes.filter((other) => other !== box);
    const own = changed.filter((row) => isIn(row, box) && !others.some((other) => isIn(row, other)));
    const around = own.reduce<Box>(
      union,
      all.map(() => 0),
    );
    const narrow = own.length === 0 ? around : box.map((bits, at) => (bits === all[at] ? bits : (around[at] ?? 0)));
    return boxes.map((each) => (each === box ? narrow : each));
  };
}

function termsOf(box: Box, { dimensions, values, all }: Space): Term[] {
  return dimensions.flatMap((dimension, at): Term[] => {
    const [bits, every] = [box[at] ?? 0, all[at] ?? 0];
    if (bits === every) return [];
    const listed = (of: number): string[] => (values[at] ?? []).filter((_, index) => (of & (1 << index)) !== 0);
    const [inside, outside] = [listed(bits), listed(every & ~bits)];
    return [
      outside.length < inside.length
        ? { dimension, is: 'not-in', values: outside }
        : { dimension, is: 'in', values: inside },
    ];
  });
}

function explanationBy(boxes: readonly Box[], space: Space): Explanation {
  const indices = (rows: readonly Box[]): number[] =>
    rows.flatMap((row, index) => (boxes.some((box) => isIn(row, box)) ? [index] : []));
  return {
    condition: boxes.map((box) => termsOf(box, space)),
    covered: indices(space.changed),
    exceptions: indices(space.unchanged),
  };
}

/** How much a reader must take in: the terms of a condition, one for each further conjunction, and its exceptions. */
export function costOf({ condition, exceptions }: Explanation): number {
  const terms = condition.reduce((sum, conjunction) => sum + conjunction.length, 0);
  return terms + condition.length - 1 + TERMS_FOR_AN_EXCEPTION * exceptions.length;
}

/**
 * The smallest condition that covers changed rows and no unchanged ones: of few conjunctions with few terms each. It has exceptions, which are
 * unchanged rows that it covers all the same, only if it is much simpler with them. Changed rows that it cannot cover are not in `covered`; the
 * caller explains them apart. Rows must have the same dimensions; the first changed rows are the first to be generalised. Deterministic; it is no
 * exhaustive search, so a disjunction may be larger than necessary. A condition of one conjunction is the smallest one.
 */
export function explain(changed: readonly Row[], unchanged: readonly Row[]): Explanation {
  const space = spaceOf(changed, unchanged);
  const [exact, lenient] = [cover(space, false), cover(space, true)].map((boxes) => explanationBy(boxes, space));
  if (exact === undefined || lenient === undefined) throw new Error('two covers are made');
  if (exact.covered.length !== lenient.covered.length)
    return exact.covered.length > lenient.covered.length ? exact : lenient;
  return costOf(lenient) < costOf(exact) ? lenient : exact;
}

/** Whether a condition is true of a row. A dimension that the row lacks makes its term true if `isLenient` says so, else false. */
export function covers(condition: Condition, row: Row, isLenient: (dimension: string) => boolean): boolean {
  return condition.some((terms) =>
    terms.every(({ dimension, is, values }) => {
      const value = row[dimension];
      return value === undefined ? isLenient(dimension) : values.includes(value) === (is === 'in');
    }),
  );
}

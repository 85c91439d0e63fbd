import { createHash } from 'node:crypto';

/** Puts things into an order that a seed decides; the same seed gives the same orders in turn. */
export type Order = { shuffled<T>(things: readonly T[]): T[] };

/** The orders of a seed, a whole number. Mulberry32: enough to leave no order fixed, and nothing secret comes of it. */
export function createOrder(seed: number): Order {
  let state = seed | 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    shuffled(things) {
      const left = [...things];
      return things.flatMap(() => left.splice(Math.floor(next() * left.length), 1));
    },
  };
}

/** The same items in the first order of a seed. The list that is given stays as it is. */
export function shuffled<T>(items: readonly T[], seed: number): T[] {
  return createOrder(seed).shuffled(items);
}

/** The orders of one of many things that are done with the same seed, by its name: the same whatever else is done meanwhile. */
export function orderFor(seed: number, name: string): Order {
  return createOrder(createHash('sha256').update(`${seed} ${name}`).digest().readInt32LE());
}

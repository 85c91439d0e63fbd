import { createHash } from 'node:crypto';

/** A source of shuffled lists from a seed: the same seed gives the same sequence of orders. `shuffled` gives a new list. */
export type Order = { shuffled<T>(things: readonly T[]): T[] };

/** Creates the orders of a seed, a whole number. Uses the generator Mulberry32, which is good enough for orders and not for secrets. */
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

/** A new list with the items in the first order of a seed. */
export function shuffled<T>(items: readonly T[], seed: number): T[] {
  return createOrder(seed).shuffled(items);
}

/** The orders of a seed for one named purpose. They do not depend on what else uses the seed. */
export function orderFor(seed: number, name: string): Order {
  return createOrder(createHash('sha256').update(`${seed} ${name}`).digest().readInt32LE());
}

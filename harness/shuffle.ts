import fc from 'fast-check';

/** The same items in an order that the seed decides: the same seed gives the same order. The list that is given stays as it is. */
export function shuffled<T>(items: readonly T[], seed: number): T[] {
  const orders = fc.shuffledSubarray([...items], { minLength: items.length, maxLength: items.length });
  return fc.sample(orders, { seed, numRuns: 1 }).flat();
}

/**
 * Runs `work` on each item, in order, at most `width` at the same time. Resolves when all have ended; rejects with the first error, while the
 * others go on.
 */
export async function atMost<T>(width: number, items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = items.values();
  const one = async (): Promise<void> => {
    for (const item of left) await work(item);
  };
  await Promise.all(Array.from({ length: width }, one));
}

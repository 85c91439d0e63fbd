/** Lets a bounded number of works run at once. Of those that wait, the one of the lowest rank is next, and of equals the first. */
export type Semaphore = <T>(work: () => Promise<T>, rank: number) => Promise<T>;

export function createSemaphore(count: number): Semaphore {
  let free = count;
  const waiting: { rank: number; go(): void }[] = [];
  return async (work, rank) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((go) => waiting.push({ rank, go }));
    try {
      return await work();
    } finally {
      const next = waiting.sort((a, b) => a.rank - b.rank).shift();
      if (next === undefined) free += 1;
      else next.go();
    }
  };
}

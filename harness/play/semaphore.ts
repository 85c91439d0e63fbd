/** Runs a limited number of works at once. The next work to run is the waiting one with the lowest rank; of equal ranks, the first one. */
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

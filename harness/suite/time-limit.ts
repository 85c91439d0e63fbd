/** The time limit of a run. */
export type TimeLimit = {
  /** Settles with null when the time is up. */
  over: Promise<null>;
  passed(): boolean;
  /** The reason that reports give when the limit is over. */
  why: string;
  stop(): void;
};

/** Starts a time limit of `ms` milliseconds. */
export function startTimeLimit(ms: number): TimeLimit {
  const { promise: over, resolve } = Promise.withResolvers<null>();
  let isPast = false;
  const timer = setTimeout(() => {
    isPast = true;
    resolve(null);
  }, ms);
  return {
    over,
    passed: () => isPast,
    why: `the run took longer than its ${Math.ceil(ms / 60_000)} min`,
    stop: () => clearTimeout(timer),
  };
}

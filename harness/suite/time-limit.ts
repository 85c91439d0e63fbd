/** The time that a run has. */
export type TimeLimit = {
  /** Settles with null when the time is up. */
  over: Promise<null>;
  passed(): boolean;
  /** What is said of a run past its time. */
  why: string;
  stop(): void;
};

/** Starts the clock of a run that has so many milliseconds. */
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

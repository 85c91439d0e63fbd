import type { Step } from '../scenario/schema/step.ts';
import { tookTooLong } from '../within-time.ts';
import type { PlayContext } from './context.ts';

/** The work of a step, with a context of its own. */
type Work<T> = (context: PlayContext) => Promise<T>;

/**
 * Carries out the work of a step within `stepMs` and the seconds that the step declares. Waits for the mutex of the stage do not
 * count. Gives the result of the work. Throws EnvironmentError if the time is over; the mutex then runs the next work.
 */
export async function withinDeadline<T>(context: PlayContext, step: Step, work: Work<T>): Promise<T> {
  const ms = context.timeouts.stepMs + declaredSeconds(step) * 1000;
  const { promise: late, reject } = Promise.withResolvers<never>();
  late.catch(() => {}); // the races below handle the rejection
  const clock = createClock(ms, () => reject(tookTooLong(`the step "${step.kind}"`, ms)));
  const runExclusive: PlayContext['runExclusive'] = (inTurn) => {
    clock.stop();
    return context.runExclusive(() => {
      clock.go();
      return Promise.race([inTurn(), late]);
    });
  };
  clock.go();
  try {
    return await Promise.race([work({ ...context, runExclusive }), late]);
  } finally {
    clock.stop();
  }
}

/** Gives the seconds that a step declares; for a `together`, the sum over its steps. */
function declaredSeconds({ kind, body }: Step): number {
  if (kind === 'together') return body.map(declaredSeconds).reduce((sum, seconds) => sum + seconds, 0);
  return 'withinSeconds' in body ? body.withinSeconds : 0;
}

/** Makes a timer that can be paused. It calls `over` once when it has run for `ms` milliseconds in total. */
function createClock(ms: number, over: () => void): { go(): void; stop(): void } {
  let left = ms;
  let since: number | null = null;
  let timer: NodeJS.Timeout | undefined;
  return {
    go() {
      if (since !== null) return;
      since = performance.now();
      timer = setTimeout(over, left);
    },
    stop() {
      if (since === null) return;
      clearTimeout(timer);
      left -= performance.now() - since;
      since = null;
    },
  };
}

import { tookTooLong } from '../deadline.ts';
import type { Step } from '../scenario/step.ts';
import type { PlayContext } from './context.ts';

/** Work on a step, on a scene of its own. */
type Work<T> = (context: PlayContext) => Promise<T>;

/**
 * Carries out the work of a step within the time that a step has, not counting what it waits for others in the queue of its stage.
 * Gives what the work gives. Throws EnvironmentError past that; the queue goes on with whoever is next.
 */
export async function withinDeadline<T>(context: PlayContext, step: Step, work: Work<T>): Promise<T> {
  const ms = context.timeouts.stepMs + declaredSeconds(step) * 1000;
  const { promise: late, reject } = Promise.withResolvers<never>();
  late.catch(() => {}); // heard where it is raced
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

/** The seconds that a step says it may take, and those of each step that it holds. */
function declaredSeconds({ kind, body }: Step): number {
  if (kind === 'together') return body.map(declaredSeconds).reduce((sum, seconds) => sum + seconds, 0);
  return 'withinSeconds' in body ? body.withinSeconds : 0;
}

/** A clock that can be stopped, and calls when it has run for so long. */
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

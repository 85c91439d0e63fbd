import { EnvironmentError } from './exit.ts';

/**
 * Waits at most `ms` milliseconds for work that code under test can delay, and gives its result. Throws EnvironmentError after that, with
 * `what` in the message. The work itself goes on, and its result or error is ignored.
 */
export async function inTime<T>(work: Promise<T>, ms: number, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(tookTooLong(what, ms)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    work.catch(() => {}); // a late error is ignored, and must not be an unhandled rejection
  }
}

/** The error for work that exceeded its time limit. */
export function tookTooLong(what: string, ms: number): EnvironmentError {
  return new EnvironmentError(
    `${what} took longer than ${ms / 1000} s`,
    'Run it again while the machine has less to do. If it always takes too long, see the limits in harness/limits.ts.',
  );
}

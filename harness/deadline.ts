import { EnvironmentError } from './exit.ts';

/**
 * Waits for work that code under test can hold up, for so many milliseconds at most. Gives what it gives. Throws EnvironmentError past
 * that, naming `what`; the work itself goes on, and nobody waits for it any more.
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
    work.catch(() => {}); // whoever gave up on it does not hear of it
  }
}

/** The error of work that was given up. */
export function tookTooLong(what: string, ms: number): EnvironmentError {
  return new EnvironmentError(
    `${what} took longer than ${ms / 1000} s`,
    'Run it again while the machine has less to do; where it never answers in time, see the limits in harness/limits.ts.',
  );
}

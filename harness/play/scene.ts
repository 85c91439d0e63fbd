import type { Journal } from '../gateway/journal.ts';
import type { Stage } from '../gateway/stage.ts';
import type { LoadedScenario } from '../scenario/load.ts';
import type { Vault } from '../secrets.ts';
import type { Cast } from './cast.ts';

/** Everything a step needs to be carried out. */
export type Scene = {
  loaded: LoadedScenario;
  stage: Stage;
  cast: Cast;
  vault: Vault;
  /** Rows of the pairing list when the play began. */
  rowsBefore: { paired: number; pending: number };
  /** Knocks on one stage come one after the other, so that log lines without a connection id have one owner. */
  alone<T>(work: () => Promise<T>): Promise<T>;
  /** Told of each knock, for the effort in the report. */
  knocked(): void;
};

/** A queue of one. Work that fails does not stop what comes after it. */
export function createQueue(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work, work);
    last = mine.catch(() => {});
    return mine;
  };
}

let fences = 0;
/** The gateway logs a closed connection within milliseconds; a release that does not log it is waited for no longer than this. */
const FENCE_MS = 3_000;

/**
 * Waits until the log has everything that happened before now: a connection that closes at once leaves a line with its own
 * User-Agent, and lines come in order.
 */
export async function fence(
  stage: Stage,
  journal: Journal,
  touch: (userAgent: string) => Promise<void>,
): Promise<void> {
  fences += 1;
  const userAgent = `postern-fence-${stage.id}-${fences}`;
  const mark = journal.mark();
  await touch(userAgent);
  await journal.waitFor(mark, (text) => text.includes(userAgent), FENCE_MS);
}

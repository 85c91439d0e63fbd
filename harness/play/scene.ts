import { DEFAULT_LIMITS, type Limits } from '../client/handshake.ts';
import { touch } from '../client/touch.ts';
import { connOf, isOpened, readOpenedConn } from '../gateway/audit.ts';
import type { Journal } from '../gateway/journal.ts';
import { CALL_MS } from '../gateway/operator.ts';
import { OPERATORS_DOOR } from '../gateway/proxies.ts';
import type { Stage } from '../gateway/stage.ts';
import { STEP_MS } from '../limits.ts';
import type { Vault } from '../secrets.ts';
import type { Cast } from './cast.ts';
import type { Seat } from './meeting.ts';
import type { Rows } from './rows.ts';

/** How long a play waits for a gateway that does not come, in milliseconds; what it may send is bounded as well. */
export type Patience = Limits & {
  /** For an answer to a call. */
  callMs: number;
  /** For the log to have caught up. */
  fenceMs: number;
  /** For a whole step, beyond the seconds that it declares. */
  stepMs: number;
};

/**
 * Gateways answer calls as they answer the operator's, and log a closed connection within milliseconds, on every release from 2026.2.17
 * to 2026.9.6; on 2 cores that also boot another gateway, seconds were seen.
 */
export const PATIENCE: Patience = { ...DEFAULT_LIMITS, callMs: CALL_MS, fenceMs: 45_000, stepMs: STEP_MS };

/** Everything a step needs to be carried out. */
export type Scene = {
  /** Tells homes of commands apart; see CommandRequest.owner. */
  owner: string;
  stage: Stage;
  cast: Cast;
  vault: Vault;
  patience: Patience;
  /** The rows of the pairing list when the play began. */
  rowsBefore: Rows;
  /** Knocks and commands on one stage come one after the other, so that log lines without a connection id have one owner. */
  alone<T>(work: () => Promise<T>): Promise<T>;
  /** Where a step waits for those that are carried out together with it. */
  seat: Seat;
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

/** Logs in which opened connections are told: asked of all their lines until one does, and not again for each knock. */
const tellOpenings = new WeakSet<Journal>();

function tellsOpenings(journal: Journal): boolean {
  if (tellOpenings.has(journal)) return true;
  const tells = journal.since(0).some(({ text }) => readOpenedConn(text) !== null);
  if (tells) tellOpenings.add(journal);
  return tells;
}

/**
 * Waits until the log has everything that happened before now: a connection that closes at once leaves lines of its own. What a gateway
 * writes to one output comes in order, but one of its two may be read late (2026.9.6 under load: by 50 ms). So there are two such lines
 * to wait for: that it was opened, among the news, and that it closed before it said anything, among the warnings. Gives whether they came:
 * without them, nothing is known of what the log lacks.
 */
export async function fence({ stage, patience }: Pick<Scene, 'stage' | 'patience'>): Promise<boolean> {
  fences += 1;
  const userAgent = `postern-fence-${stage.id}-${fences}`;
  const { journal } = stage;
  const mark = journal.mark();
  await touch(stage.door(OPERATORS_DOOR), userAgent, patience.fenceMs);
  const closed = await journal.waitFor(mark, (text) => text.includes(`ua=${userAgent} `), patience.fenceMs);
  if (closed === null) return false;
  const conn = connOf(closed.text, userAgent);
  if (conn === null || !tellsOpenings(journal)) return true;
  const isItsOpening = (text: string): boolean => {
    const opened = readOpenedConn(text);
    return opened !== null && isOpened(opened, conn);
  };
  return (await journal.waitFor(mark, isItsOpening, patience.fenceMs)) !== null;
}

import { CLIENT_KINDS, honestClaims } from '../client/claims.ts';
import { DEFAULT_LIMITS, knock, type Limits } from '../client/handshake.ts';
import { requestOf } from '../client/transcript.ts';
import { readAuditLine } from '../gateway/audit.ts';
import { type Conn, createPassageReader, isConn, isRequest } from '../gateway/connections.ts';
import { OPERATORS_ROUTE } from '../gateway/proxies.ts';
import type { Stage } from '../gateway/stage.ts';
import { CALL_MS, FENCE_MS, STEP_MS } from '../limits.ts';
import type { Order } from '../order.ts';
import type { SecretRegistry } from '../redaction/redactor.ts';
import type { BarrierSeat } from './barrier.ts';
import type { ClientStates } from './clients.ts';
import type { Rows } from './pairing-rows.ts';

/** How long a play waits for a gateway that does not come, in milliseconds; what it may send is bounded as well. */
export type Timeouts = Limits & {
  /** For an answer to a call. */
  callMs: number;
  /** For the log to have caught up. */
  fenceMs: number;
  /** For a whole step, beyond the seconds that it declares. */
  stepMs: number;
};

/** The waits of harness/limits.ts. */
export const TIMEOUTS: Timeouts = { ...DEFAULT_LIMITS, callMs: CALL_MS, fenceMs: FENCE_MS, stepMs: STEP_MS };

/** Everything a step needs to be carried out. */
export type PlayContext = {
  /** Tells homes of commands apart; see CommandRequest.owner. */
  owner: string;
  stage: Stage;
  clientStates: ClientStates;
  secretRegistry: SecretRegistry;
  timeouts: Timeouts;
  /** The rows of the pairing list when the play began. */
  rowsBefore: Rows;
  /** Knocks and commands on one stage come one after the other, so that log lines without a connection id have one owner. */
  runExclusive<T>(work: () => Promise<T>): Promise<T>;
  /** Where a step waits for those that are carried out together with it. */
  seat: BarrierSeat;
  /** Told of each knock, for the effort in the report. */
  knocked(): void;
  /** The order in which things are done whose order says nothing. */
  order: Order;
};

/** A queue of one. Work that fails does not stop what comes after it. */
export function createMutex(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work, work);
    last = mine.catch(() => {});
    return mine;
  };
}

/**
 * The client that the fence comes as: the command of a release that speaks another protocol, which every gateway refuses before it asks
 * who that is. So it leaves lines of its own and changes nothing.
 */
const OTHER_RELEASE = { 3: '2026.9.6', 4: '2026.4.1' } as const;

/**
 * Waits until the log has everything that happened before now: a client that is refused for its protocol leaves lines of its own, found by
 * the id of its request. What a gateway writes to one output comes in order, but one of its two may be read late (2026.9.6 under load: by
 * 50 ms). So there are two such lines to wait for: that it was closed, among the news, and that it closed before it was admitted, among the
 * warnings. Gives the connection of that client; null where the lines did not come: then nothing is known of what the log lacks.
 */
export async function fence({ stage, timeouts }: Pick<PlayContext, 'stage' | 'timeouts'>): Promise<Conn | null> {
  const { gatewayLog } = stage;
  const mark = gatewayLog.mark();
  const claims = honestClaims({
    release: OTHER_RELEASE[stage.protocol() === 3 ? 3 : 4],
    buildId: null,
    clientId: CLIENT_KINDS.cli.id,
    clientMode: CLIENT_KINDS.cli.mode,
    credentials: {},
  });
  const route = { ...stage.route(OPERATORS_ROUTE), path: '/', form: claims.form, headers: {} };
  const { transcript, connection } = await knock(route, claims, timeouts);
  await connection?.close();
  const request = requestOf(transcript);
  if (request === null) return null;
  const news = createPassageReader();
  let conn: Conn | null = null;
  const isItsEnd = (text: string): boolean => {
    const passage = news(text);
    if (passage?.kind !== 'closed' || passage.lastRequest === null || !isRequest(passage.lastRequest, request))
      return false;
    conn = passage.conn;
    return true;
  };
  if ((await gatewayLog.waitFor(mark, isItsEnd, timeouts.fenceMs)) === null || conn === null) return null;
  const own: Conn = conn;
  const isItsWarning = (text: string): boolean => {
    const event = readAuditLine(text);
    return event?.event === 'refused' && event.conn !== undefined && isConn(own, event.conn);
  };
  return (await gatewayLog.waitFor(mark, isItsWarning, timeouts.fenceMs)) === null ? null : own;
}

import { CLIENT_KINDS, honestClaims } from '../client/claims.ts';
import { DEFAULT_LIMITS, knock, type Limits } from '../client/handshake.ts';
import { requestOf } from '../client/transcript.ts';
import { readAuditLine } from '../gateway/log/audit.ts';
import { type Conn, createPassageReader, isConn, isRequest } from '../gateway/log/connections.ts';
import { OPERATORS_ROUTE } from '../gateway/network/proxies.ts';
import type { Stage, StageInPlay } from '../gateway/stage/stage.ts';
import { CALL_MS, FENCE_MS, STEP_MS } from '../limits.ts';
import type { Order } from '../order.ts';
import type { SecretRegistry } from '../redaction/redactor.ts';
import type { BarrierAccess } from './barrier.ts';
import type { ClientStates } from './clients.ts';
import type { Rows } from './steps/pairing-rows.ts';

/** The time limits of the steps of a scenario, in milliseconds, and the bounds on what a gateway may send. */
export type Timeouts = Limits & {
  /** How long a call waits for its answer. */
  callMs: number;
  /** How long a fence waits for its lines in the log. */
  fenceMs: number;
  /** How long a step may take, in addition to the seconds that it declares. */
  stepMs: number;
};

/** The time limits of a run, from harness/limits.ts. */
export const TIMEOUTS: Timeouts = { ...DEFAULT_LIMITS, callMs: CALL_MS, fenceMs: FENCE_MS, stepMs: STEP_MS };

/** What the steps of one scenario share while it is played. */
export type PlayContext = {
  /** Separates the homes of this scenario's commands from those of others; see CommandRequest.owner. */
  owner: string;
  stage: StageInPlay;
  clientStates: ClientStates;
  secretRegistry: SecretRegistry;
  timeouts: Timeouts;
  /** The rows of the pairing list before the first step. */
  rowsBefore: Rows;
  /** The mutex of the stage: knocks and commands happen one after the other, so that a log line without a connection id has one owner. */
  runExclusive<T>(work: () => Promise<T>): Promise<T>;
  /** The step's access to the barrier of its `together`; ALONE for a step outside of one. */
  seat: BarrierAccess;
  /** Called after each knock; the report states the number of knocks. */
  knocked(): void;
  /** The order, from the seed, of operations whose order does not matter. */
  order: Order;
};

/** Makes a mutex: it runs one work at a time, in the order of the calls. The mutex runs the next work even if one fails. */
export function createMutex(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work, work);
    last = mine.catch(() => {});
    return mine;
  };
}

/**
 * The release whose command the fence knocks as, by the protocol of the gateway. That command speaks another protocol, and every gateway
 * refuses it before authentication. So the fence writes lines to the log and changes nothing.
 */
const OTHER_RELEASE = { 3: '2026.9.6', 4: '2026.4.1' } as const;

/**
 * Makes a fence, and waits until the log has all lines of what happened before it. The fence is a knock that the gateway refuses for its
 * protocol; the id of its request identifies its lines. A gateway writes to two outputs, each in order, but the harness may read one of
 * them later than the other (measured on 2026.9.6 under load: 50 ms). So the fence waits for two lines: among the informational ones, that
 * the connection was closed; among the warnings, that it was closed before it was admitted.
 * Gives the connection of the fence; null if a line did not come within `fenceMs`. Then it is unknown which lines the log lacks.
 */
export async function fence({
  stage,
  timeouts,
}: {
  stage: Pick<Stage, 'gatewayLog' | 'protocol' | 'route'>;
  timeouts: Timeouts;
}): Promise<Conn | null> {
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
  const isFenceClosed = (text: string): boolean => {
    const passage = news(text);
    if (passage?.kind !== 'closed' || passage.lastRequest === null || !isRequest(passage.lastRequest, request))
      return false;
    conn = passage.conn;
    return true;
  };
  if ((await gatewayLog.waitFor(mark, isFenceClosed, timeouts.fenceMs)) === null || conn === null) return null;
  const own: Conn = conn;
  const isFenceRefused = (text: string): boolean => {
    const event = readAuditLine(text);
    return event?.event === 'refused' && event.conn !== undefined && isConn(own, event.conn);
  };
  return (await gatewayLog.waitFor(mark, isFenceRefused, timeouts.fenceMs)) === null ? null : own;
}

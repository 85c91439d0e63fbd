import { z } from 'zod';
import type { Connection } from '../../client/connection.ts';
import type { Knock } from '../../client/handshake.ts';
import type { HandshakeEnd } from '../../client/transcript.ts';
import { ASK_AGAIN_MS, READY_WITHIN_MS } from '../../limits.ts';
import { copyOf } from '../../text/cut.ts';
import type { GatewayLog } from './gateway-log.ts';

/** How the wait ended: the operator was admitted, the container exited, or the time limit passed. */
export type Ready =
  | {
      kind: 'ready';
      version: string;
      /** The build id that the gateway reported; null for releases that report none. */
      buildId: string | null;
      protocol: number | null;
      connection: Connection;
      /** How the operator's earlier knocks ended, for those that the gateway closed or answered in HTTP. */
      refusals: HandshakeEnd[];
    }
  | { kind: 'exited'; exitCode: number; lastLines: string }
  | { kind: 'not-ready'; afterMs: number; why: string };

/** Lines of the log that an error shows, and their total length in characters. The error is repeated in every check of the stage. */
const LAST_LINES = 50;
const LAST_CHARACTERS = 8_000;

/** The fields that are read from the operator's hello. A field of another shape counts as absent. */
const helloShape = z.object({
  protocol: z.number().nullable().catch(null),
  server: z
    .object({ version: z.coerce.string().catch(''), buildId: z.string().max(200).nullable().catch(null) })
    .catch({ version: '', buildId: null }),
});

type Wait = {
  gatewayLog: GatewayLog;
  /** The mark in the log at which this boot begins. */
  mark: number;
  /** Makes one knock of the operator. */
  attempt(): Promise<Knock>;
  /** Settles when the container has stopped. */
  exit(): Promise<{ exitCode: number }>;
  /** Time limit in milliseconds; READY_WITHIN_MS if absent. */
  withinMs?: number;
};

/**
 * Knocks as the operator until the gateway admits it, the container stops, or the time limit has passed. An admission is the only
 * sure sign: recent releases open the port, answer HTTP and even send a challenge seconds earlier, and then refuse with 1013.
 */
export async function waitUntilReady({
  gatewayLog,
  mark,
  attempt,
  exit,
  withinMs = READY_WITHIN_MS,
}: Wait): Promise<Ready> {
  const began = performance.now();
  const container: { exitCode: number | null } = { exitCode: null };
  void exit().then(
    ({ exitCode }) => {
      container.exitCode = exitCode;
      wake();
    },
    () => {}, // the engine does not answer; the time limit or the next call to it will report that
  );
  let wake = (): void => {};
  const lastLines = (): string => {
    const lines = gatewayLog.since(mark).slice(-LAST_LINES);
    return copyOf(
      lines
        .map((line) => line.text)
        .join('\n')
        .slice(-LAST_CHARACTERS),
    );
  };

  let why = 'the operator has not knocked';
  const refusals: HandshakeEnd[] = [];
  for (;;) {
    const { exitCode } = container;
    if (exitCode !== null) return { kind: 'exited', exitCode, lastLines: lastLines() };
    const afterMs = Math.round(performance.now() - began);
    if (afterMs > withinMs) return { kind: 'not-ready', afterMs, why: `${why}\n${lastLines()}` };
    const { end, connection } = await attempt();
    if (end.kind === 'hello' && connection !== null) {
      const { server, protocol } = helloShape.parse(end.payload);
      return {
        kind: 'ready',
        version: server.version,
        buildId: server.buildId,
        protocol,
        connection,
        refusals,
      };
    }
    const answered = end.kind === 'closed' || end.kind === 'http';
    if (answered) refusals.push(end);
    why = `the operator's last knock ended with ${JSON.stringify({ ...end, headers: undefined })}`;
    await new Promise<void>((resolve) => {
      // A gateway that answers logs these knocks, so a new line is no reason to knock again: 2026.9.6 got 50 knocks more while it started.
      const stop = answered ? () => {} : gatewayLog.onLine(() => wake());
      const timer = setTimeout(() => wake(), ASK_AGAIN_MS);
      wake = () => {
        clearTimeout(timer);
        stop();
        resolve();
      };
      if (container.exitCode !== null) wake();
    });
  }
}

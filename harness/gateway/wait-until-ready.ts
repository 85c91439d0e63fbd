import { z } from 'zod';
import type { Connection } from '../client/connection.ts';
import type { Knock } from '../client/handshake.ts';
import type { HandshakeEnd } from '../client/transcript.ts';
import { ASK_AGAIN_MS, READY_WITHIN_MS } from '../limits.ts';
import { copyOf } from '../text/cut.ts';
import type { GatewayLog } from './gateway-log.ts';

export type Ready =
  | {
      kind: 'ready';
      version: string;
      /** What it calls its build; null for releases that tell none. */
      buildId: string | null;
      protocol: number | null;
      connection: Connection;
      /** How the knocks before this one ended, where the gateway ended them. */
      turnedAway: HandshakeEnd[];
    }
  | { kind: 'exited'; exitCode: number; lastLines: string }
  | { kind: 'not-ready'; afterMs: number; why: string };

/** How many lines of the log an error shows, and how many characters of them: every check of a stage that did not boot has them. */
const LAST_LINES = 50;
const LAST_CHARACTERS = 8_000;

/** What is read of the operator's hello. A gateway that says it in another way says nothing. */
const helloShape = z.object({
  protocol: z.number().nullable().catch(null),
  server: z
    .object({ version: z.coerce.string().catch(''), buildId: z.string().max(200).nullable().catch(null) })
    .catch({ version: '', buildId: null }),
});

type Wait = {
  gatewayLog: GatewayLog;
  /** Where the log of this boot begins. */
  mark: number;
  /** One knock of the operator. */
  attempt(): Promise<Knock>;
  /** Settles when the container has stopped. */
  exit(): Promise<{ exitCode: number }>;
  /** A gateway that has not admitted the operator after this long is given up, in milliseconds. */
  withinMs?: number;
};

/**
 * Waits until the operator is admitted: an open port, an HTTP answer and even a challenge come seconds earlier on recent
 * releases, which then refuse with 1013. Ends early when the container stops.
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
    () => {}, // the engine is gone; the deadline or the next call tells
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

  let why = 'it was never asked';
  const turnedAway: HandshakeEnd[] = [];
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
        turnedAway,
      };
    }
    const answered = end.kind === 'closed' || end.kind === 'http';
    if (answered) turnedAway.push(end);
    why = `the last sanity knock ended with ${JSON.stringify({ ...end, headers: undefined })}`;
    await new Promise<void>((resolve) => {
      // What a gateway that answers writes down is our own knocking: 2026.9.6 would be asked 50 times more while it starts.
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

import { CHALLENGE_FRAME_BYTES } from '../limits.ts';
import { type Connection, openConnection } from './connection.ts';
import { dial, type Target } from './dial.ts';
import { requestIds } from './request-ids.ts';
import type { Transcript } from './transcript.ts';

/** A connection on which the challenge has come and nothing was answered; null where it did not get that far. */
export type RawClient = { transcript: Transcript; connection: Connection | null };

/**
 * Opens a connection as far as the challenge, for a client that goes on as no honest one would. Never rejects: a gateway that
 * gives no challenge within `challengeMs` milliseconds leaves `connection` null. `hear` is given every text that it sends.
 */
export function openRawClient(target: Target, challengeMs: number, hear: (text: string) => void): Promise<RawClient> {
  const { socket, record } = dial(target, CHALLENGE_FRAME_BYTES, hear);
  return new Promise((resolve) => {
    const giveUp = (): void => {
      clearTimeout(timer);
      socket.removeAllListeners();
      socket.on('error', () => {}); // a socket that is torn down may still complain; nobody is left to hear it
      socket.terminate();
      resolve({ transcript: record.transcript, connection: null });
    };
    const timer = setTimeout(giveUp, challengeMs);
    socket.once('open', () => record.add({ kind: 'opened' }));
    socket.once('error', giveUp);
    socket.once('close', giveUp);
    socket.once('message', (data) => {
      clearTimeout(timer);
      socket.removeAllListeners();
      record.add({ kind: 'received', text: `${data}`, bytes: Buffer.byteLength(`${data}`) });
      resolve({ transcript: record.transcript, connection: openConnection(socket, record, requestIds('uuid')) });
    });
  });
}

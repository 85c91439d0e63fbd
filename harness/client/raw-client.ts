import { CHALLENGE_FRAME_BYTES } from '../limits.ts';
import { type Connection, openConnection } from './connection.ts';
import { dial, type Target } from './dial.ts';
import { requestIds } from './request-ids.ts';
import type { Transcript } from './transcript.ts';

/** A connection on which the challenge has come and nothing was sent; `connection` is null if no challenge came. */
export type RawClient = { transcript: Transcript; connection: Connection | null };

/**
 * Opens a connection and waits for the challenge, for frames that no published client sends. Does not reject: `connection` is null if the
 * gateway sends no challenge within `challengeMs` milliseconds. `hear` receives every text that the gateway sends.
 */
export function openRawClient(target: Target, challengeMs: number, hear: (text: string) => void): Promise<RawClient> {
  const { socket, record } = dial(target, CHALLENGE_FRAME_BYTES, hear);
  return new Promise((resolve) => {
    const giveUp = (): void => {
      clearTimeout(timer);
      socket.removeAllListeners();
      socket.on('error', () => {}); // a terminated socket may still emit errors; the attempt has ended
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

import { WebSocket } from 'ws';

/** A challenge takes a hundred bytes; `ws` would otherwise hold a frame of 100 MB before it shows it. */
const FRAME_BYTES = 64 * 1024;

/**
 * Opens a connection and closes it at the challenge, without a word: it leaves a line in the gateway's log and nothing else.
 * Gives whether a challenge came within so many milliseconds, which is also the proof that the way to the gateway is open.
 * Never rejects.
 */
export function touch(door: { host: string; port: number }, userAgent: string, withinMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://${door.host}:${door.port}/`, {
      headers: { 'User-Agent': userAgent },
      perMessageDeflate: false,
      maxPayload: FRAME_BYTES,
    });
    let challenged = false;
    const timer = setTimeout(() => socket.terminate(), withinMs);
    socket.once('message', () => {
      challenged = true;
      socket.close(1000);
    });
    socket.on('error', () => {}); // followed by close
    socket.once('close', () => {
      clearTimeout(timer);
      resolve(challenged);
    });
  });
}

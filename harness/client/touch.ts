import { WebSocket } from 'ws';

const TOUCH_MS = 5_000;

/**
 * Opens a connection and closes it at the challenge, without a word: it leaves a line in the gateway's log and nothing else.
 * Gives whether a challenge came, which is also the proof that the way to the gateway is open. Never rejects.
 */
export function touch(door: { host: string; port: number }, userAgent: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://${door.host}:${door.port}/`, {
      headers: { 'User-Agent': userAgent },
      perMessageDeflate: false,
      handshakeTimeout: TOUCH_MS,
    });
    let challenged = false;
    const timer = setTimeout(() => socket.terminate(), TOUCH_MS);
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

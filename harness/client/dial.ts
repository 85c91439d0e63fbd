import { WebSocket } from 'ws';
import { createRecorder, type Recorder } from './transcript.ts';

/** Where a knock goes: an address on this host (a published port), the path, and whatever headers the client forges. */
export type Door = { host: string; port: number; path: string; headers: Readonly<Record<string, string>> };

/**
 * Begins to open a connection, and its transcript. A frame of more than `frameBytes` bytes ends it; `hear` is given every text that
 * comes from the gateway.
 */
export function dial(
  door: Door,
  frameBytes: number,
  hear: (text: string) => void,
): { socket: WebSocket; record: Recorder } {
  const url = `ws://${door.host}:${door.port}${door.path}`;
  const record = createRecorder(url, door.headers, hear);
  const socket = new WebSocket(url, {
    headers: { ...door.headers },
    perMessageDeflate: false,
    maxPayload: frameBytes,
    followRedirects: false,
    skipUTF8Validation: false,
  });
  return { socket, record };
}

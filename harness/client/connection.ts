import type { WebSocket } from 'ws';
import { CLOSE_WAIT_MS } from '../limits.ts';
import { type EventFrame, readFrame } from './frames.ts';
import type { ErrorShape, Recorder } from './transcript.ts';

/** How a request on an open connection ended. */
export type CallEnd =
  | { kind: 'answered'; payload: Record<string, unknown> }
  | { kind: 'denied'; error: ErrorShape }
  | { kind: 'closed'; code: number; reason: string }
  | { kind: 'timeout'; afterMs: number };

/** How an open connection ended; `code` 1006 stands for an end without a close frame. */
export type ConnectionEnd = { code: number; reason: string };

/** One WebSocket frame, which ends its message if `fin` is true; or a close frame with this code. */
export type RawFrame = { data: string | Buffer; fin: boolean } | { close: number };

/** An open connection: after hello, or for frames without a handshake after the challenge. */
export type Connection = {
  /** Sends a request and waits for its answer, at most `timeoutMs` milliseconds. Never rejects. */
  call(method: string, params: object, timeoutMs: number): Promise<CallEnd>;
  /** Calls the listener for every event from now on; gives a function that removes the listener. */
  onEvent(listener: (event: EventFrame) => void): () => void;
  /** Sends this frame unchanged. Does nothing if the connection has ended. */
  send(frame: RawFrame): void;
  /** Resolves when either side has closed the connection. */
  readonly ended: Promise<ConnectionEnd>;
  /** True until the connection has ended. */
  isOpen(): boolean;
  /** Closes as a published client does, without a code, and waits until the connection has ended. */
  close(): Promise<void>;
};

/** What carries the frames of an open connection: a socket of the harness, or that of a page in a browser. */
export type FrameChannel = {
  /** The recorder for every frame. */
  record: Recorder;
  ended: Promise<ConnectionEnd>;
  /** Gives how the connection ended; null while it is open. */
  endNow(): ConnectionEnd | null;
  /** Sets the listener for every text from the gateway. */
  hear(listener: (text: string) => void): void;
  write(frame: RawFrame): void;
  close(): Promise<void>;
  /** Gives the id of the next request. */
  nextId(): string;
};

/** Makes a connection from a frame channel on which hello (or, for raw frames, the challenge) was read before. */
export function connectionOver({ record, ended, endNow, hear, write, close, nextId }: FrameChannel): Connection {
  const waiting = new Map<string, (end: CallEnd) => void>();
  const listeners = new Set<(event: EventFrame) => void>();
  const send = (frame: RawFrame): void => {
    if ('close' in frame) {
      record.add({ kind: 'sent', text: `(a close frame with ${frame.close})`, bytes: 0 });
    } else {
      const bytes = Buffer.byteLength(frame.data);
      const text = typeof frame.data === 'string' ? frame.data : `(${bytes} bytes, binary)`;
      record.add({ kind: 'sent', text, bytes });
    }
    write(frame);
  };

  void ended.then((end) => {
    record.add(end.code === 1006 ? { kind: 'dropped', why: '' } : { kind: 'closed', ...end });
    for (const settle of waiting.values()) settle({ kind: 'closed', ...end });
    waiting.clear();
  });
  hear((text) => {
    record.add({ kind: 'received', text, bytes: Buffer.byteLength(text) });
    const frame = readFrame(text);
    if (frame.kind === 'event') for (const listener of listeners) listener(frame.event);
    if (frame.kind !== 'response') return;
    const settle = waiting.get(frame.response.id);
    waiting.delete(frame.response.id);
    settle?.(
      frame.response.ok
        ? { kind: 'answered', payload: frame.response.payload }
        : { kind: 'denied', error: frame.response.error },
    );
  });

  return {
    ended,
    send: (frame) => {
      if (endNow() === null) send(frame);
    },
    isOpen: () => endNow() === null,
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    call(method, params, timeoutMs) {
      const end = endNow();
      if (end !== null) return Promise.resolve({ kind: 'closed', ...end });
      const id = nextId();
      const data = JSON.stringify({ type: 'req', id, method, params });
      return new Promise((resolve) => {
        const timer = setTimeout(() => {
          waiting.delete(id);
          resolve({ kind: 'timeout', afterMs: timeoutMs });
        }, timeoutMs);
        waiting.set(id, (how) => {
          clearTimeout(timer);
          resolve(how);
        });
        send({ data, fin: true });
      });
    },
    async close() {
      if (endNow() === null) await close();
    },
  };
}

/** Makes a connection of a socket; the caller must have removed the socket's listeners before. `nextId` gives the id of each request. */
export function openConnection(socket: WebSocket, record: Recorder, nextId: () => string): Connection {
  let end: ConnectionEnd | null = null;
  const ended = new Promise<ConnectionEnd>((resolve) => {
    socket.on('close', (code, reason) => {
      end = { code, reason: reason.toString('utf8') };
      resolve(end);
    });
  });
  socket.on('error', () => {}); // `ws` emits `close` after every error, and `close` reports it
  return connectionOver({
    record,
    ended,
    nextId,
    endNow: () => end,
    hear(listener) {
      socket.on('message', (data, isBinary) => {
        const text = Buffer.isBuffer(data) ? data.toString('utf8') : '';
        if (!isBinary && text !== '') listener(text);
      });
    },
    write: (frame) => {
      if ('close' in frame) socket.close(frame.close);
      else socket.send(frame.data, { fin: frame.fin, binary: typeof frame.data !== 'string' });
    },
    async close() {
      // Without a code, as a published client closes.
      socket.close();
      const timer = setTimeout(() => socket.terminate(), CLOSE_WAIT_MS);
      await ended;
      clearTimeout(timer);
    },
  });
}

import type { WebSocket } from 'ws';
import { CLOSE_WAIT_MS } from '../limits.ts';
import { type EventFrame, readFrame } from './frames.ts';
import type { ErrorShape, Recorder } from './transcript.ts';

/** What became of a request on an open connection. */
export type CallEnd =
  | { kind: 'answered'; payload: Record<string, unknown> }
  | { kind: 'denied'; error: ErrorShape }
  | { kind: 'closed'; code: number; reason: string }
  | { kind: 'timeout'; afterMs: number };

/** How an open connection ended; `code` 1006 stands for an end without a close frame. */
export type ConnectionEnd = { code: number; reason: string };

/** Bytes of one frame, or the pieces of one message: `fin` says which is the last. */
export type RawFrame = { data: string | Buffer; fin: boolean } | { close: number };

/** A connection after hello. */
export type Connection = {
  /** Sends a request and waits for its answer, at most `timeoutMs` milliseconds. Never rejects. */
  call(method: string, params: Record<string, unknown>, timeoutMs: number): Promise<CallEnd>;
  /** Hears every event from now on; gives back how to stop. */
  onEvent(listener: (event: EventFrame) => void): () => void;
  /** Puts this on the wire as it is, whatever the gateway makes of it. */
  send(frame: RawFrame): void;
  /** Settles when either side has closed. */
  readonly ended: Promise<ConnectionEnd>;
  /** True until the connection has ended. */
  isOpen(): boolean;
  /** Closes as a published client does, without a code, and waits until it is done. */
  close(): Promise<void>;
};

/** What carries the frames of an open connection: a socket of ours, or that of a page in a browser. */
export type Carrier = {
  /** Where every frame is noted down. */
  record: Recorder;
  ended: Promise<ConnectionEnd>;
  /** How it ended; null while it is open. */
  endNow(): ConnectionEnd | null;
  /** Gives every text from the gateway to this one listener. */
  hear(listener: (text: string) => void): void;
  write(frame: RawFrame): void;
  close(): Promise<void>;
  /** The id of the next request. */
  nextId(): string;
};

/** A connection whose frames go this way; hello was read on it before. */
export function callsOver({ record, ended, endNow, hear, write, close, nextId }: Carrier): Connection {
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

/** Takes over a socket on which hello was just read; its former listeners must be gone. `nextId` gives the id of each further request. */
export function openConnection(socket: WebSocket, record: Recorder, nextId: () => string): Connection {
  let end: ConnectionEnd | null = null;
  const ended = new Promise<ConnectionEnd>((resolve) => {
    socket.on('close', (code, reason) => {
      end = { code, reason: reason.toString('utf8') };
      resolve(end);
    });
  });
  socket.on('error', () => {}); // every error of `ws` is followed by `close`, which is where it is told
  return callsOver({
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
      // Without a code, as a published client goes.
      socket.close();
      const timer = setTimeout(() => socket.terminate(), CLOSE_WAIT_MS);
      await ended;
      clearTimeout(timer);
    },
  });
}

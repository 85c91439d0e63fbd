import type { WebSocket } from 'ws';
import { CLOSE_GRACE_MS, FRAME_BYTES, FRAMES_BEFORE_HELLO, HANDSHAKE_MS, REFUSAL_BODY_BYTES } from '../limits.ts';
import { type Claims, connectParams } from './claims.ts';
import { type Connection, openConnection } from './connection.ts';
import { dial, type Target } from './dial.ts';
import { readFrame, readRequest } from './frames.ts';
import { requestIds } from './request-ids.ts';
import type { ErrorShape, HandshakeEnd, Phase, Recorder, Transcript } from './transcript.ts';

/** Bounds on what a gateway may cost the harness. */
export type Limits = {
  /** From the first byte to hello or close, in milliseconds. */
  handshakeMs: number;
  /** A larger frame ends the knock as unreadable, in bytes. */
  frameBytes: number;
};

export const DEFAULT_LIMITS: Limits = { handshakeMs: HANDSHAKE_MS, frameBytes: FRAME_BYTES };

/**
 * How the answer to the challenge is put on the wire: not before it may be, after so many milliseconds, in so many pieces, and as this
 * text instead of a fresh one.
 */
export type SendOptions = {
  ready: (() => Promise<void>) | null;
  afterMs: number;
  fragments: number;
  text: string | null;
};

const AT_ONCE: SendOptions = { ready: null, afterMs: 0, fragments: 1, text: null };

/** One attempt to get in: what was on the wire, how it ended, and the open connection where it ended well. */
export type Knock = { transcript: Transcript; end: HandshakeEnd; connection: Connection | null };

/**
 * Carries out one handshake: waits for the challenge, answers it with the claims, reads hello, refusal or silence.
 * Never rejects: whatever the gateway does is an end. The caller closes the connection of a `hello`.
 * `hear` is given every text that the gateway sends on it, whole, for as long as the connection lasts.
 */
export function knock(
  target: Target,
  claims: Claims,
  limits: Limits = DEFAULT_LIMITS,
  hear: (text: string) => void = () => {},
  manner: Partial<SendOptions> = {},
): Promise<Knock> {
  const { socket, record } = dial(target, limits.frameBytes, hear);
  return new Promise((resolve) => {
    attend(socket, claims, limits, { ...AT_ONCE, ...manner }, record, resolve);
  });
}

function attend(
  socket: WebSocket,
  claims: Claims,
  limits: Limits,
  manner: SendOptions,
  record: Recorder,
  resolve: (knock: Knock) => void,
): void {
  const nextId = requestIds(claims.ids);
  let connectId = nextId();
  let phase: Phase = 'connecting';
  let refusal: ErrorShape | null = null;
  let frames = 0;
  let ended = false;

  const end = (how: HandshakeEnd, connection: Connection | null = null): void => {
    if (ended) return;
    ended = true;
    clearTimeout(deadline);
    clearTimeout(answering);
    if (connection === null) {
      socket.removeAllListeners();
      socket.on('error', () => {}); // a socket that is torn down may still complain; nobody is left to hear it
      socket.terminate();
    }
    resolve({ transcript: record.transcript, end: how, connection });
  };
  const timeUp = (): void => end({ kind: 'timeout', phase, afterMs: record.elapsed(), error: refusal });
  let deadline = setTimeout(timeUp, limits.handshakeMs + manner.afterMs);
  let answering: NodeJS.Timeout | undefined;

  const answer = (nonce: string): void => {
    const fresh = { type: 'req', id: connectId, method: 'connect', params: connectParams(claims, nonce, Date.now()) };
    const request = manner.text ?? JSON.stringify(fresh);
    connectId = readRequest(request)?.id ?? connectId;
    record.add({ kind: 'sent', text: request, bytes: Buffer.byteLength(request) });
    for (const [index, piece] of piecesOf(request, manner.fragments).entries())
      socket.send(piece, { fin: index === manner.fragments - 1 });
  };

  // The TCP connection is told apart from the upgrade: a port that nobody serves is not a gateway that is silent.
  socket.once('upgrade', () => {
    phase = 'awaiting-challenge';
  });
  socket.once('open', () => record.add({ kind: 'opened' }));
  socket.on('unexpected-response', (_request, response) => {
    let body = '';
    const finish = (): void => {
      record.add({ kind: 'http', status: response.statusCode ?? 0, body });
      const headers = Object.fromEntries(
        Object.entries(response.headers).map(([name, value]) => [
          name,
          Array.isArray(value) ? value.join(', ') : `${value}`,
        ]),
      );
      end({ kind: 'http', status: response.statusCode ?? 0, headers, body });
    };
    response.setEncoding('utf8');
    response.on('data', (chunk: string) => {
      body = (body + chunk).slice(0, REFUSAL_BODY_BYTES);
      if (body.length === REFUSAL_BODY_BYTES) finish();
    });
    response.once('end', finish);
    response.once('error', finish);
  });

  socket.on('message', (data, isBinary) => {
    const bytes = Buffer.isBuffer(data) ? data : Buffer.concat(Array.isArray(data) ? data : [Buffer.from(data)]);
    if (isBinary) {
      record.add({ kind: 'received-binary', bytes: bytes.length });
      end({ kind: 'unreadable', phase, why: 'a binary frame' });
      return;
    }
    const text = bytes.toString('utf8');
    record.add({ kind: 'received', text, bytes: bytes.length });
    frames += 1;
    if (frames > FRAMES_BEFORE_HELLO) {
      end({ kind: 'unreadable', phase, why: `more than ${FRAMES_BEFORE_HELLO} frames before hello` });
      return;
    }
    const frame = readFrame(text);
    switch (frame.kind) {
      case 'unreadable':
        end({ kind: 'unreadable', phase, why: frame.why });
        return;
      case 'event':
        return; // some releases send events ahead of hello-ok
      case 'challenge': {
        if (phase !== 'awaiting-challenge') {
          end({ kind: 'unreadable', phase, why: 'a second challenge' });
          return;
        }
        phase = 'awaiting-hello';
        const { nonce } = frame;
        const inTime = (): void => {
          if (ended) return;
          if (manner.afterMs === 0) answer(nonce);
          else answering = setTimeout(() => answer(nonce), manner.afterMs);
        };
        if (manner.ready === null) inTime();
        else void manner.ready().then(inTime);
        return;
      }
      case 'response': {
        if (frame.response.id !== connectId) {
          end({ kind: 'unreadable', phase, why: `a response to "${frame.response.id}", which was never asked` });
          return;
        }
        if (frame.response.ok) {
          socket.removeAllListeners();
          end({ kind: 'hello', payload: frame.response.payload }, openConnection(socket, record, nextId));
          return;
        }
        refusal = frame.response.error;
        phase = 'awaiting-close';
        clearTimeout(deadline);
        deadline = setTimeout(timeUp, Math.min(CLOSE_GRACE_MS, limits.handshakeMs));
        return;
      }
    }
  });

  let fault: Error | null = null;
  socket.on('error', (error) => {
    fault = error;
  });
  socket.once('close', (code, reasonBytes) => {
    const reason = reasonBytes.toString('utf8');
    const why = fault?.message ?? '';
    if (fault !== null && 'code' in fault && `${fault.code}`.startsWith('WS_ERR')) {
      record.add({ kind: 'dropped', why });
      end({ kind: 'unreadable', phase, why });
      return;
    }
    // 1006 is never on the wire: `ws` reports it where the connection ended without a close frame.
    if (code === 1006) {
      record.add({ kind: 'dropped', why });
      end(
        phase === 'connecting' && isRefusedConnection(fault)
          ? { kind: 'unreachable', why }
          : { kind: 'dropped', phase, error: refusal },
      );
      return;
    }
    record.add({ kind: 'closed', code, reason });
    end({ kind: 'closed', phase, code, reason, error: refusal });
  });
}

/** The text in exactly `count` pieces, the last of which may be empty. */
function piecesOf(text: string, count: number): string[] {
  const size = Math.ceil(text.length / count);
  return Array.from({ length: count }, (_, index) => text.slice(index * size, (index + 1) * size));
}

function isRefusedConnection(fault: Error | null): boolean {
  const codes = ['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'ETIMEDOUT'];
  return fault !== null && 'code' in fault && codes.includes(`${fault.code}`);
}

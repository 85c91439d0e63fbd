import type { WebSocket } from 'ws';
import { CLOSE_GRACE_MS, FRAME_BYTES, FRAMES_BEFORE_HELLO, HANDSHAKE_MS, REFUSAL_BODY_BYTES } from '../limits.ts';
import { type Claims, connectParams } from './claims.ts';
import { type Connection, openConnection } from './connection.ts';
import { dial, type Target } from './dial.ts';
import { readFrame, readRequest } from './frames.ts';
import { requestIds } from './request-ids.ts';
import type { ErrorShape, HandshakeEnd, Phase, Recorder, Transcript } from './transcript.ts';

/** The limits on a handshake: its duration, and the size of a frame. */
export type Limits = {
  /** The longest time from the first byte to hello or close, in milliseconds. */
  handshakeMs: number;
  /** The largest frame in bytes; a larger one ends the knock as `unreadable`. */
  frameBytes: number;
};

export const DEFAULT_LIMITS: Limits = { handshakeMs: HANDSHAKE_MS, frameBytes: FRAME_BYTES };

/**
 * How the connect request is sent: not before `ready` resolves (null: at once), then `afterMs` milliseconds later, in `fragments` WebSocket
 * fragments, and with `text` instead of a new request (null: a new one).
 */
export type SendOptions = {
  ready: (() => Promise<void>) | null;
  afterMs: number;
  fragments: number;
  text: string | null;
};

const AT_ONCE: SendOptions = { ready: null, afterMs: 0, fragments: 1, text: null };

/** The result of one knock: its transcript, how it ended, and the open connection if it ended with hello (else null). */
export type Knock = { transcript: Transcript; end: HandshakeEnd; connection: Connection | null };

/**
 * Carries out one handshake: waits for the challenge, answers it with the claims, and waits for hello, a refusal or the time limit.
 * Does not reject: `end` says what the gateway did. After `hello` the caller must close the connection.
 * `hear` receives every text that the gateway sends, complete, for as long as the connection is open.
 */
export function knock(
  target: Target,
  claims: Claims,
  limits: Limits = DEFAULT_LIMITS,
  hear: (text: string) => void = () => {},
  sending: Partial<SendOptions> = {},
): Promise<Knock> {
  const { socket, record } = dial(target, limits.frameBytes, hear);
  return new Promise((resolve) => {
    runHandshake(socket, claims, limits, { ...AT_ONCE, ...sending }, record, resolve);
  });
}

function runHandshake(
  socket: WebSocket,
  claims: Claims,
  limits: Limits,
  sending: SendOptions,
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
      socket.on('error', () => {}); // a terminated socket may still emit errors; the handshake has ended
      socket.terminate();
    }
    resolve({ transcript: record.transcript, end: how, connection });
  };
  const timeUp = (): void => end({ kind: 'timeout', phase, afterMs: record.elapsed(), error: refusal });
  let deadline = setTimeout(timeUp, limits.handshakeMs + sending.afterMs);
  let answering: NodeJS.Timeout | undefined;

  const answer = (nonce: string): void => {
    const fresh = { type: 'req', id: connectId, method: 'connect', params: connectParams(claims, nonce, Date.now()) };
    const request = sending.text ?? JSON.stringify(fresh);
    connectId = readRequest(request)?.id ?? connectId;
    record.add({ kind: 'sent', text: request, bytes: Buffer.byteLength(request) });
    for (const [index, piece] of piecesOf(request, sending.fragments).entries())
      socket.send(piece, { fin: index === sending.fragments - 1 });
  };

  // The phase separates the TCP connection from the upgrade: a closed port (`unreachable`) differs from a silent gateway (`timeout`).
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
        return; // some releases send events before hello-ok
      case 'challenge': {
        if (phase !== 'awaiting-challenge') {
          end({ kind: 'unreadable', phase, why: 'a second challenge' });
          return;
        }
        phase = 'awaiting-hello';
        const { nonce } = frame;
        const send = (): void => {
          if (ended) return;
          if (sending.afterMs === 0) answer(nonce);
          else answering = setTimeout(() => answer(nonce), sending.afterMs);
        };
        if (sending.ready === null) send();
        else void sending.ready().then(send);
        return;
      }
      case 'response': {
        if (frame.response.id !== connectId) {
          end({ kind: 'unreadable', phase, why: `a response to "${frame.response.id}", which was never sent` });
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
    // No gateway sends 1006: `ws` reports it if the connection ended without a close frame.
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

/** Divides a text into exactly `count` pieces; the last ones may be empty. */
function piecesOf(text: string, count: number): string[] {
  const size = Math.ceil(text.length / count);
  return Array.from({ length: count }, (_, index) => text.slice(index * size, (index + 1) * size));
}

function isRefusedConnection(fault: Error | null): boolean {
  const codes = ['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'ETIMEDOUT'];
  return fault !== null && 'code' in fault && codes.includes(`${fault.code}`);
}

import type { IncomingMessage } from 'node:http';
import type { RawData, WebSocket } from 'ws';
import { CLOSE_GRACE_MS, FRAME_BYTES, FRAMES_BEFORE_HELLO, HANDSHAKE_MS, REFUSAL_BODY_BYTES } from '../limits.ts';
import { type Claims, connectParams } from './claims.ts';
import { type Connection, openConnection } from './connection.ts';
import { dial, type Target } from './dial.ts';
import { type Frame, type ResponseFrame, readFrame, readRequest } from './frames.ts';
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
    new Handshake(socket, record, claims, limits, { ...AT_ONCE, ...sending }, resolve).begin();
  });
}

/**
 * One handshake, as the gateway's side of it moves it from phase to phase:
 *
 *     connecting ─upgrade─► awaiting-challenge ─challenge─► awaiting-hello ─error─► awaiting-close
 *
 * It ends with hello, with an HTTP answer in place of the upgrade, with the end of the connection, with a frame that cannot be read, or when
 * the time is up. A class, because what each of these means depends on the phase and on what came before.
 */
class Handshake {
  readonly #socket: WebSocket;
  readonly #record: Recorder;
  readonly #claims: Claims;
  readonly #limits: Limits;
  readonly #sending: SendOptions;
  readonly #resolve: (knock: Knock) => void;
  readonly #nextId: () => string;
  #phase: Phase = 'connecting';
  /** The id of the connect request, whose response is the gateway's decision. */
  #connectId: string;
  /** The error of the response; null before it. */
  #refusal: ErrorShape | null = null;
  #frames = 0;
  /** The error of the socket, which says more than the close that follows it. */
  #fault: Error | null = null;
  #hasEnded = false;
  #deadline: NodeJS.Timeout | undefined;
  #answering: NodeJS.Timeout | undefined;

  constructor(
    socket: WebSocket,
    record: Recorder,
    claims: Claims,
    limits: Limits,
    sending: SendOptions,
    resolve: (knock: Knock) => void,
  ) {
    this.#socket = socket;
    this.#record = record;
    this.#claims = claims;
    this.#limits = limits;
    this.#sending = sending;
    this.#resolve = resolve;
    this.#nextId = requestIds(claims.ids);
    this.#connectId = this.#nextId();
  }

  begin(): void {
    this.#limitTo(this.#limits.handshakeMs + this.#sending.afterMs);
    // The phase separates the TCP connection from the upgrade: a closed port (`unreachable`) differs from a silent gateway (`timeout`).
    this.#socket.once('upgrade', () => {
      this.#phase = 'awaiting-challenge';
    });
    this.#socket.once('open', () => this.#record.add({ kind: 'opened' }));
    this.#socket.on('unexpected-response', (_request, response) => {
      readAnswer(response, (answer) => this.#onHttpAnswer(answer));
    });
    this.#socket.on('message', (data, isBinary) => this.#onMessage(data, isBinary));
    this.#socket.on('error', (error) => {
      this.#fault = error;
    });
    this.#socket.once('close', (code, reason) => this.#onClose(code, reason.toString('utf8')));
  }

  #onHttpAnswer({ status, headers, body }: HttpAnswer): void {
    if (this.#hasEnded) return;
    this.#record.add({ kind: 'http', status, body });
    this.#end({ kind: 'http', status, headers, body });
  }

  #onMessage(data: RawData, isBinary: boolean): void {
    const bytes = Buffer.isBuffer(data) ? data : Buffer.concat(Array.isArray(data) ? data : [Buffer.from(data)]);
    if (isBinary) {
      this.#record.add({ kind: 'received-binary', bytes: bytes.length });
      this.#endUnreadable('a binary frame');
      return;
    }
    const text = bytes.toString('utf8');
    this.#record.add({ kind: 'received', text, bytes: bytes.length });
    this.#frames += 1;
    if (this.#frames > FRAMES_BEFORE_HELLO) this.#endUnreadable(`more than ${FRAMES_BEFORE_HELLO} frames before hello`);
    else this.#onFrame(readFrame(text));
  }

  #onFrame(frame: Frame): void {
    switch (frame.kind) {
      case 'unreadable':
        this.#endUnreadable(frame.why);
        return;
      case 'event':
        return; // some releases send events before hello-ok
      case 'challenge':
        this.#onChallenge(frame.nonce);
        return;
      case 'response':
        this.#onResponse(frame.response);
        return;
    }
  }

  /** Answers the challenge when the caller is ready, and `afterMs` later. */
  #onChallenge(nonce: string): void {
    if (this.#phase !== 'awaiting-challenge') {
      this.#endUnreadable('a second challenge');
      return;
    }
    this.#phase = 'awaiting-hello';
    const { ready, afterMs } = this.#sending;
    const send = (): void => {
      if (this.#hasEnded) return;
      if (afterMs === 0) this.#sendConnect(nonce);
      else this.#answering = setTimeout(() => this.#sendConnect(nonce), afterMs);
    };
    if (ready === null) send();
    else void ready().then(send);
  }

  #sendConnect(nonce: string): void {
    const { text, fragments } = this.#sending;
    const params = connectParams(this.#claims, nonce, Date.now());
    const request = text ?? JSON.stringify({ type: 'req', id: this.#connectId, method: 'connect', params });
    this.#connectId = readRequest(request)?.id ?? this.#connectId;
    this.#record.add({ kind: 'sent', text: request, bytes: Buffer.byteLength(request) });
    for (const [index, piece] of piecesOf(request, fragments).entries())
      this.#socket.send(piece, { fin: index === fragments - 1 });
  }

  #onResponse(response: ResponseFrame): void {
    if (response.id !== this.#connectId) {
      this.#endUnreadable(`a response to "${response.id}", which was never sent`);
      return;
    }
    if (response.ok) {
      this.#socket.removeAllListeners();
      const connection = openConnection(this.#socket, this.#record, this.#nextId);
      this.#end({ kind: 'hello', payload: response.payload }, connection);
      return;
    }
    this.#refusal = response.error;
    this.#phase = 'awaiting-close';
    this.#limitTo(Math.min(CLOSE_GRACE_MS, this.#limits.handshakeMs));
  }

  #onClose(code: number, reason: string): void {
    const phase = this.#phase;
    const error = this.#refusal;
    const why = this.#fault?.message ?? '';
    if (isProtocolFault(this.#fault)) {
      this.#record.add({ kind: 'dropped', why });
      this.#endUnreadable(why);
      return;
    }
    // No gateway sends 1006: `ws` reports it if the connection ended without a close frame.
    if (code === 1006) {
      this.#record.add({ kind: 'dropped', why });
      const isUnreachable = phase === 'connecting' && isRefusedConnection(this.#fault);
      this.#end(isUnreachable ? { kind: 'unreachable', why } : { kind: 'dropped', phase, error });
      return;
    }
    this.#record.add({ kind: 'closed', code, reason });
    this.#end({ kind: 'closed', phase, code, reason, error });
  }

  /** Starts the time limit anew, in milliseconds from now. */
  #limitTo(ms: number): void {
    clearTimeout(this.#deadline);
    this.#deadline = setTimeout(() => {
      this.#end({ kind: 'timeout', phase: this.#phase, afterMs: this.#record.elapsed(), error: this.#refusal });
    }, ms);
  }

  #endUnreadable(why: string): void {
    this.#end({ kind: 'unreadable', phase: this.#phase, why });
  }

  #end(how: HandshakeEnd, connection: Connection | null = null): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    clearTimeout(this.#deadline);
    clearTimeout(this.#answering);
    if (connection === null) {
      this.#socket.removeAllListeners();
      this.#socket.on('error', () => {}); // a terminated socket may still emit errors; the handshake has ended
      this.#socket.terminate();
    }
    this.#resolve({ transcript: this.#record.transcript, end: how, connection });
  }
}

/** An answer in plain HTTP in place of the upgrade. */
type HttpAnswer = { status: number; headers: Record<string, string>; body: string };

/** Reads an HTTP answer, the body up to REFUSAL_BODY_BYTES, and hands it to `done`; again for each chunk beyond that. */
function readAnswer(response: IncomingMessage, done: (answer: HttpAnswer) => void): void {
  let body = '';
  const finish = (): void => {
    const headers = Object.fromEntries(
      Object.entries(response.headers).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.join(', ') : `${value}`,
      ]),
    );
    done({ status: response.statusCode ?? 0, headers, body });
  };
  response.setEncoding('utf8');
  response.on('data', (chunk: string) => {
    body = (body + chunk).slice(0, REFUSAL_BODY_BYTES);
    if (body.length === REFUSAL_BODY_BYTES) finish();
  });
  response.once('end', finish);
  response.once('error', finish);
}

/** Divides a text into exactly `count` pieces; the last ones may be empty. */
function piecesOf(text: string, count: number): string[] {
  const size = Math.ceil(text.length / count);
  return Array.from({ length: count }, (_, index) => text.slice(index * size, (index + 1) * size));
}

/** Whether `ws` ended the connection because a frame broke the protocol or a limit. */
function isProtocolFault(fault: Error | null): boolean {
  return fault !== null && 'code' in fault && `${fault.code}`.startsWith('WS_ERR');
}

function isRefusedConnection(fault: Error | null): boolean {
  const codes = ['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'ETIMEDOUT'];
  return fault !== null && 'code' in fault && codes.includes(`${fault.code}`);
}

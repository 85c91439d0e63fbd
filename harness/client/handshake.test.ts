import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import type { Target } from './dial.ts';
import { knock } from './handshake.ts';
import { readOutcome } from './outcome.ts';
import { commandOf41, targetAt } from './target.fixture.ts';

/**
 * Stub gateways on a real socket: what each sends, and the outcome of a knock on it.
 * The outcome of a gateway that is broken in one of these ways must not be `refused`.
 */

const LIMITS = { handshakeMs: 300, frameBytes: 64 * 1024 };
const CHALLENGE = JSON.stringify({ type: 'event', event: 'connect.challenge', payload: { nonce: 'n-1' } });
const REFUSAL = {
  code: 'NOT_PAIRED',
  message: 'pairing required',
  details: { code: 'PAIRING_REQUIRED', reason: 'not-paired' },
};

let closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers) close();
  closers = [];
});

function portOf(server: { address(): unknown }): number {
  return z.object({ port: z.number() }).parse(server.address()).port;
}

async function listen(server: Server): Promise<Target> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return targetAt(portOf(server));
}

type Stub = { onOpen?: (socket: WebSocket) => void; onConnect?: (socket: WebSocket, id: string) => void };

/** Starts a WebSocket gateway that sends a challenge (unless `onOpen` is given), and calls `onConnect` for the connect request. */
async function gateway({ onOpen = (socket) => socket.send(CHALLENGE), onConnect }: Stub): Promise<Target> {
  const http = createServer();
  const sockets = new WebSocketServer({ server: http });
  sockets.on('connection', (socket) => {
    closers.push(() => socket.terminate());
    socket.on('message', (data) => {
      onConnect?.(socket, z.object({ id: z.string() }).parse(JSON.parse(String(data))).id);
    });
    onOpen(socket);
  });
  return listen(http);
}

const respond = (socket: WebSocket, id: string, error: object = REFUSAL): void =>
  socket.send(JSON.stringify({ type: 'res', id, ok: false, error }));

async function outcomeOf(target: Target): Promise<unknown> {
  const { end, connection } = await knock(target, commandOf41(), LIMITS);
  await connection?.close();
  return readOutcome(end, null);
}

describe('refused', () => {
  const refused = { kind: 'refused', at: 'handshake', cause: 'pairing-required', reason: 'not-paired' };

  test('an error response and a close frame', async () => {
    const target = await gateway({
      onConnect: (socket, id) => {
        respond(socket, id);
        socket.close(1008, 'pairing required');
      },
    });
    expect(await outcomeOf(target)).toEqual({ ...refused, code: 1008, text: 'pairing required' });
  });

  test('a close frame without a code is 1005', async () => {
    const target = await gateway({
      onConnect: (socket, id) => {
        respond(socket, id);
        socket.close();
      },
    });
    expect(await outcomeOf(target)).toEqual({ ...refused, code: 1005, text: 'pairing required' });
  });

  test('a close before the challenge has no cause, with any reason', async () => {
    const target = await gateway({ onOpen: (socket) => socket.close(1008, 'pairing required') });
    expect(await outcomeOf(target)).toEqual({
      ...refused,
      code: 1008,
      cause: 'unstated',
      reason: null,
      text: 'pairing required',
    });
  });

  test('an HTTP answer instead of the upgrade, with its body', async () => {
    const body = '{"error":{"message":"…","type":"proxy_attribution_required"}}';
    const server = createServer();
    server.on('upgrade', (_request, socket) => {
      const length = Buffer.byteLength(body);
      socket.end(`HTTP/1.1 403 Forbidden\r\nContent-Length: ${length}\r\nConnection: close\r\n\r\n${body}`);
    });
    expect(await outcomeOf(await listen(server))).toEqual({
      kind: 'refused',
      at: 'http',
      code: 403,
      cause: 'proxy-attribution',
      reason: 'proxy_attribution_required',
      text: `HTTP 403 ${body}`,
    });
  });
});

describe('never refused', () => {
  const crash = (phase: string, text = 'the connection ended without a close frame') => ({
    kind: 'crash',
    phase,
    text,
  });
  const unreadable = (phase: string, text: string) => ({ kind: 'unreadable', phase, text });
  const timeout = (phase: string) => ({ kind: 'timeout', phase, afterMs: expect.any(Number) });

  test.each<[string, Stub, unknown]>([
    ['silent from the start', { onOpen: () => {} }, timeout('awaiting-challenge')],
    ['silent after the challenge', {}, timeout('awaiting-hello')],
    ['gone before the challenge', { onOpen: (socket) => socket.terminate() }, crash('awaiting-challenge')],
    ['gone after the challenge', { onConnect: (socket) => socket.terminate() }, crash('awaiting-hello')],
    [
      'binary',
      { onOpen: (socket) => socket.send(Buffer.from('x')) },
      unreadable('awaiting-challenge', 'a binary frame'),
    ],
    [
      'garbage',
      { onConnect: (socket) => socket.send('hello?') },
      unreadable('awaiting-hello', 'a text frame that is not JSON'),
    ],
    [
      'a second challenge',
      { onConnect: (socket) => socket.send(CHALLENGE) },
      unreadable('awaiting-hello', 'a second challenge'),
    ],
    [
      'a response to a request that was never sent',
      { onConnect: (socket) => respond(socket, 'other') },
      unreadable('awaiting-hello', 'a response to "other", which was never sent'),
    ],
    [
      'a frame that is too large',
      { onConnect: (socket) => socket.send('x'.repeat(LIMITS.frameBytes + 1)) },
      unreadable('awaiting-hello', 'Max payload size exceeded'),
    ],
    [
      'a hello without its fields',
      { onConnect: (socket, id) => socket.send(JSON.stringify({ type: 'res', id, ok: true, payload: {} })) },
      { kind: 'unreadable', phase: 'awaiting-hello', text: expect.stringMatching(/^a hello that cannot be read: /) },
    ],
  ])('%s', async (_label, stub, outcome) => {
    expect(await outcomeOf(await gateway(stub))).toEqual(outcome);
  });

  test('the connection drops after an error response, without a close frame', async () => {
    const target = await gateway({
      onConnect: (socket, id) => {
        respond(socket, id);
        setImmediate(() => socket.terminate());
      },
    });
    const text = 'the connection ended without a close frame, after "pairing required"';
    expect(await outcomeOf(target)).toEqual(crash('awaiting-close', text));
  });

  test('an error response that no close follows', async () => {
    expect(await outcomeOf(await gateway({ onConnect: respond }))).toEqual(timeout('awaiting-close'));
  });

  test('a closed port', async () => {
    const server = createTcpServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const port = portOf(server);
    server.close();
    await once(server, 'close');
    expect(await outcomeOf(targetAt(port))).toEqual({
      kind: 'unreachable',
      text: `connect ECONNREFUSED 127.0.0.1:${port}`,
    });
  });
});

describe('admitted', () => {
  const payload = { type: 'hello-ok', protocol: 4, auth: { role: 'operator', scopes: ['operator.read'] } };
  const admit = (socket: WebSocket, id: string): void =>
    socket.send(JSON.stringify({ type: 'res', id, ok: true, payload }));

  test('hello, after other events', async () => {
    const target = await gateway({
      onConnect: (socket, id) => {
        socket.send('{"type":"event","event":"tick"}');
        admit(socket, id);
      },
    });
    expect(await outcomeOf(target)).toEqual({
      kind: 'admitted',
      role: 'operator',
      scopes: ['operator.read'],
      protocol: 4,
      deviceToken: false,
    });
  });

  test('the transcript has the request head and the frames of both directions, in order', async () => {
    const target = { ...(await gateway({ onConnect: admit })), headers: { Origin: 'https://evil.example' } };
    const { transcript, connection } = await knock(target, { ...commandOf41(), identity: null }, LIMITS);
    await connection?.close();
    expect([transcript.url, transcript.headers]).toEqual([`ws://127.0.0.1:${target.port}/`, target.headers]);
    const [head, ...rest] = transcript.entries;
    expect(head).toMatchObject({ kind: 'requested', text: expect.stringContaining('\nOrigin: https://evil.example') });
    expect(rest.map((entry) => [entry.kind, 'text' in entry ? JSON.parse(entry.text).type : null])).toEqual([
      ['opened', null],
      ['received', 'event'],
      ['sent', 'req'],
      ['received', 'res'],
      ['closed', null],
    ]);
  });
});

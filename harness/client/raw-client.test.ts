import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import type { Target } from './dial.ts';
import { knock } from './handshake.ts';
import { openRawClient } from './raw-client.ts';
import { commandOf41, targetAt } from './target.fixture.ts';

const CHALLENGE = JSON.stringify({ type: 'event', event: 'connect.challenge', payload: { nonce: 'n-1' } });

let closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers) close();
  closers = [];
});

/** Starts a WebSocket server that passes each connection to `onOpen`; it accepts frames of at most 1,000 bytes. */
async function serve(onOpen: (socket: WebSocket) => void): Promise<Target> {
  const http = createServer();
  const sockets = new WebSocketServer({ server: http, maxPayload: 1_000 });
  sockets.on('connection', (socket) => {
    socket.on('error', () => {});
    onOpen(socket);
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  closers.push(() => {
    for (const client of sockets.clients) client.terminate();
    http.close();
  });
  const { port } = z.object({ port: z.number() }).parse(http.address());
  return targetAt(port);
}

test('the connection is open after the challenge, and frames arrive unchanged', async () => {
  const got: string[] = [];
  const target = await serve((socket) => {
    socket.on('message', (data, isBinary) => {
      got.push(isBinary ? `binary ${`${data}`.length}` : `${data}`);
      if (got.length === 3) socket.close(1008, 'enough');
    });
    socket.send(CHALLENGE);
  });
  const heard: string[] = [];
  const { transcript, connection } = await openRawClient(target, 1_000, (text) => heard.push(text));
  connection?.send({ data: 'no JSON', fin: true });
  connection?.send({ data: Buffer.alloc(4), fin: true });
  connection?.send({ data: 'one ', fin: false });
  connection?.send({ data: 'text', fin: true });
  expect(await connection?.ended).toEqual({ code: 1008, reason: 'enough' });
  expect(got).toEqual(['no JSON', 'binary 4', 'one text']);
  expect(heard).toEqual([CHALLENGE, 'enough']);
  expect(transcript.entries.map(({ kind }) => kind)).toEqual([
    'requested',
    'opened',
    'received',
    'sent',
    'sent',
    'sent',
    'sent',
    'closed',
  ]);
});

test('a frame that is too large ends the connection with 1009', async () => {
  const target = await serve((socket) => socket.send(CHALLENGE));
  const { connection } = await openRawClient(target, 1_000, () => {});
  connection?.send({ data: 'x'.repeat(1_001), fin: true });
  expect((await connection?.ended)?.code).toBe(1009);
});

test('without a challenge there is no connection', async () => {
  const silent = await serve(() => {});
  const closing = await serve((socket) => socket.close(1013));
  expect((await openRawClient(silent, 100, () => {})).connection).toBeNull();
  expect((await openRawClient(closing, 1_000, () => {})).connection).toBeNull();
  expect((await openRawClient({ ...silent, port: 1 }, 1_000, () => {})).connection).toBeNull();
});

test('a knock that is sent late and in fragments is one request', async () => {
  const requests: unknown[] = [];
  let challengedAt = 0;
  let answeredAfter = 0;
  const target = await serve((socket) => {
    socket.on('message', (data) => {
      answeredAfter = performance.now() - challengedAt;
      requests.push(z.object({ method: z.string() }).parse(JSON.parse(`${data}`)).method);
      socket.close(1008, 'no');
    });
    challengedAt = performance.now();
    socket.send(CHALLENGE);
  });
  const limits = { handshakeMs: 1_000, frameBytes: 64 * 1024 };
  const { end } = await knock(target, commandOf41(), limits, () => {}, { afterMs: 1_200, fragments: 7 });
  expect({ requests, end: end.kind }).toEqual({ requests: ['connect'], end: 'closed' });
  expect(answeredAfter).toBeGreaterThanOrEqual(1_190);
});

import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { dial, type Target } from './dial.ts';
import { BROWSER } from './published-clients.ts';
import { targetAt } from './target.fixture.ts';

const withoutKey = (text: string): string => text.replace(/(Sec-WebSocket-Key: )[\w+/]{22}==/, '$1<key>');

/**
 * Gives the request head that arrives at a port, byte for byte, except for the Sec-WebSocket-Key. Fails if the transcript has another one.
 */
async function headOf(over: Partial<Target>): Promise<string[]> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = z.object({ port: z.number() }).parse(server.address());
  const { socket, record } = dial({ ...targetAt(port), authority: 'gateway:18789', ...over }, 1_000, () => {});
  socket.on('error', () => {});
  const [peer] = await once(server, 'connection');
  const [bytes] = await once(peer, 'data');
  peer.destroy();
  server.close();
  const arrived = `${bytes}`.split('\r\n');
  const [entry] = record.transcript.entries;
  expect(entry).toEqual({ at: expect.any(Number), kind: 'requested', text: arrived.slice(0, -2).join('\n') });
  return arrived.map(withoutKey);
}

const KEY = 'Sec-WebSocket-Key: <key>';
const DEFLATE = 'Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits';

/** Source: `openclaw devices list` of 2026.4.1 and of 2026.9.6, recorded. */
const COMMAND = [
  'GET / HTTP/1.1',
  'Sec-WebSocket-Version: 13',
  KEY,
  'Connection: Upgrade',
  'Upgrade: websocket',
  DEFLATE,
  'Host: gateway:18789',
  '',
  '',
];

test('a command sends exactly the request head of a published command', async () => {
  expect(await headOf({})).toEqual(COMMAND);
});

test('a forged header replaces one of the same name in its place, and other forged headers come last', async () => {
  const forged = await headOf({ headers: { host: 'localhost', 'X-Forwarded-For': '127.0.0.1' } });
  expect(forged).toEqual([...COMMAND.slice(0, 6), 'host: localhost', 'X-Forwarded-For: 127.0.0.1', '', '']);
});

/** Source: Chromium 156, recorded on a page of the gateway. */
test.each([
  ['gateway:18789', 'gzip, deflate'],
  ['127.0.0.1:18789', 'gzip, deflate, br, zstd'],
])('a page at %s sends what a browser sends', async (authority, encodings) => {
  const origin = `http://${authority}`;
  expect(await headOf({ authority, form: 'page', headers: { Origin: origin } })).toEqual([
    'GET / HTTP/1.1',
    `Host: ${authority}`,
    'Connection: Upgrade',
    'Pragma: no-cache',
    'Cache-Control: no-cache',
    `User-Agent: ${BROWSER.userAgent}`,
    'Upgrade: websocket',
    `Origin: ${origin}`,
    'Sec-WebSocket-Version: 13',
    `Accept-Encoding: ${encodings}`,
    'Accept-Language: en-US,en;q=0.9',
    KEY,
    DEFLATE,
    '',
    '',
  ]);
});

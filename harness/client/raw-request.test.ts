import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { sendRaw } from './raw-request.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** A server of one process that answers every connection with these bytes, or ends it for null; `heard` has what it received. */
async function serverThatSays(text: string | null): Promise<{ port: number; heard(): string }> {
  let heard = '';
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', (data) => {
      heard += data.toString('utf8');
      if (!heard.includes('\r\n\r\n')) return;
      if (text === null) socket.destroy();
      else socket.end(text);
    });
  });
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port }: AddressInfo = addressOf(server);
  return { port, heard: () => heard };
}

function addressOf(server: Server): AddressInfo {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server does not listen on a port');
  return address;
}

const REQUEST = { host: '127.0.0.1', method: 'GET', target: '/', headers: { Host: 'gateway:18789' }, body: null };

test('target, method and headers are sent as they are', async () => {
  const { port, heard } = await serverThatSays(
    'HTTP/1.1 405 Method Not Allowed\r\nAllow: POST\r\nContent-Length: 2\r\n\r\nno',
  );
  const target = '/assets/..//%2e%2e/tools%2finvoke;x=1?token=a';
  expect(await sendRaw({ ...REQUEST, port, method: 'TRACE', target }, 5_000)).toEqual({
    kind: 'answered',
    status: 405,
    headers: { allow: 'POST', 'content-length': '2' },
    body: 'no',
  });
  expect(heard()).toBe(`TRACE ${target} HTTP/1.1\r\nHost: gateway:18789\r\nConnection: close\r\n\r\n`);
});

test('an absolute target is sent as it is, and a body with its length', async () => {
  const { port, heard } = await serverThatSays('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
  const target = 'http://gateway:18789/tools/invoke';
  await sendRaw({ ...REQUEST, port, method: 'POST', target, body: '{"é":1}' }, 5_000);
  expect(heard()).toBe(
    `POST ${target} HTTP/1.1\r\nHost: gateway:18789\r\nContent-Length: 8\r\nConnection: close\r\n\r\n{"é":1}`,
  );
});

test('a connection that is upgraded, ends, or says something else is told apart', async () => {
  const upgrade = await serverThatSays(
    'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\nchallenge',
  );
  const headers = { ...REQUEST.headers, Connection: 'Upgrade', Upgrade: 'websocket' };
  expect(await sendRaw({ ...REQUEST, port: upgrade.port, headers }, 5_000)).toEqual({
    kind: 'upgraded',
    status: 101,
    headers: { connection: 'Upgrade', upgrade: 'websocket' },
    body: 'challenge',
  });
  const silent = await serverThatSays(null);
  expect(await sendRaw({ ...REQUEST, port: silent.port }, 5_000)).toEqual({ kind: 'closed', why: 'socket hang up' });
  const noise = await serverThatSays('SSH-2.0-nothing\r\n\r\n');
  expect(await sendRaw({ ...REQUEST, port: noise.port }, 5_000)).toMatchObject({ kind: 'closed' });
});

test('an answer that does not come within the time is a timeout', async () => {
  const { port } = await serverThatSays('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf');
  const answer = await sendRaw({ ...REQUEST, port }, 5_000);
  expect(answer).toEqual({ kind: 'closed', why: 'aborted' });
  const server = createServer(() => {});
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  expect(await sendRaw({ ...REQUEST, port: addressOf(server).port }, 50)).toEqual({ kind: 'timeout' });
});

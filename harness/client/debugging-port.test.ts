import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { EnvironmentError } from '../exit.ts';
import { dialBrowser } from './debugging-port.ts';

/** Stub debugging ports, and another server on the same machine that the harness must not connect to. */

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function listen(server: Server): Promise<number> {
  servers.push(server);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  return typeof address === 'object' ? (address?.port ?? 0) : 0;
}

/** Starts a server that is not the browser, and counts the connections to it. */
async function otherServer(): Promise<{ port: number; calls(): number }> {
  let calls = 0;
  const server = createServer((_request, response) => response.end('{}'));
  server.on('connection', () => {
    calls += 1;
  });
  return { port: await listen(server), calls: () => calls };
}

const ID = '/devtools/browser/0f6b2c9e-1f0e-4c33-a6c6-1d4f0c7a3f11';
const browserAt = (url: string) => (_request: IncomingMessage, response: ServerResponse) =>
  void response.end(JSON.stringify({ Browser: 'Chrome/140', webSocketDebuggerUrl: url }));

/** Gives the text of the error with which dialling fails; null if it connects. */
const dialled = (port: number, withinMs?: number): Promise<string | null> =>
  dialBrowser(port, withinMs).then(
    (transport) => {
      transport.close();
      return null;
    },
    (error: unknown) => {
      expect(error).toBeInstanceOf(EnvironmentError);
      return `${error}`;
    },
  );

/** A debugging port whose answer depends on its own port. */
async function answering(
  how: (port: number) => ReturnType<typeof browserAt>,
): Promise<{ port: number; server: Server }> {
  let respond: ReturnType<typeof browserAt> = () => {};
  const server = createServer((request, response) => respond(request, response));
  const port = await listen(server);
  respond = how(port);
  return { port, server };
}

test('the harness connects to the browser by its id, on its own port, with JSON messages', async () => {
  const { port, server } = await answering((own) => browserAt(`ws://127.0.0.1:${own}${ID}`));
  const asked: string[] = [];
  new WebSocketServer({ server }).on('connection', (socket, request) => {
    asked.push(`${request.url}`);
    socket.on('message', (data) => socket.send(`{"heard":${data}}`));
  });
  const transport = await dialBrowser(port);
  const { promise: answer, resolve } = Promise.withResolvers<object>();
  transport.onmessage = resolve;
  transport.send({ id: 1 });
  expect([await answer, asked]).toEqual([{ heard: { id: 1 } }, [ID]]);
  transport.close();
});

test.each([
  ['another port of this machine', (other: number) => `ws://127.0.0.1:${other}${ID}`],
  ['another name', (other: number) => `ws://localhost:${other}${ID}`],
  ['HTTPS', () => 'https://127.0.0.1/devtools/browser/1'],
  ['a text without an address', () => 'somewhere'],
])('the harness does not connect to %s that the answer names', async (_where, urlFor) => {
  const other = await otherServer();
  const { port } = await answering(() => browserAt(urlFor(other.port)));
  expect(await dialled(port)).toMatch(`the harness does not control the browser at 127.0.0.1:${port}`);
  expect(other.calls()).toBe(0);
});

test.each(['/json/list', '/devtools/page/1', '/devtools/browser/../page/1', `${ID}?x=1`])(
  'the harness connects to no %s',
  async (path) => {
    const { port } = await answering((own) => browserAt(`ws://127.0.0.1:${own}${path}`));
    expect(await dialled(port)).toMatch('which is no browser endpoint on this port');
  },
);

test('the harness does not follow a redirect of the description', async () => {
  const other = await otherServer();
  const { port } = await answering(() => (_request, response) => {
    response.writeHead(302, { location: `http://127.0.0.1:${other.port}/json/version` }).end();
  });
  expect(await dialled(port)).toMatch('it answered with HTTP 302 instead of 200; redirects are not followed');
  expect(other.calls()).toBe(0);
});

test('the harness does not follow a redirect of the WebSocket', async () => {
  const other = await otherServer();
  const { port, server } = await answering((own) => browserAt(`ws://127.0.0.1:${own}${ID}`));
  server.on('upgrade', (_request, socket) => {
    socket.end(`HTTP/1.1 302 Found\r\nLocation: ws://127.0.0.1:${other.port}${ID}\r\n\r\n`);
  });
  expect(await dialled(port)).toMatch('Unexpected server response: 302');
  expect(other.calls()).toBe(0);
});

test('the harness gives up an answer that does not come, comes slowly, or does not end', {
  timeout: 20_000,
}, async () => {
  const silent = await answering(() => () => {});
  expect(await dialled(silent.port, 200)).toMatch('it did not answer within 200 ms');
  const dripping = await answering(() => (_request, response) => {
    const timer = setInterval(() => response.write(' '), 20);
    response.once('close', () => clearInterval(timer));
  });
  expect(await dialled(dripping.port, 200)).toMatch('it did not answer within 200 ms');
  const endless = await answering(() => (_request, response) => void response.end(' '.repeat(1e6)));
  expect(await dialled(endless.port)).toMatch('its answer is longer than 16384 bytes');
});

test('a message that is not JSON ends the connection', async () => {
  const { port, server } = await answering((own) => browserAt(`ws://127.0.0.1:${own}${ID}`));
  new WebSocketServer({ server }).on('connection', (socket) => {
    socket.on('message', () => socket.send('no JSON'));
  });
  const transport = await dialBrowser(port);
  const { promise: closed, resolve } = Promise.withResolvers<string | undefined>();
  transport.onclose = resolve;
  transport.send({ id: 1 });
  expect(await closed).toBe('closed with 1006');
});

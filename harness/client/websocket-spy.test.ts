import { expect, test } from 'vitest';
import { WATCH_SOCKETS, type WireEntry, wireEntry } from './websocket-spy.ts';

/** Node's own WebSocket replaces that of a page: it is real, and has the same interface. */
async function watched(use: (page: { WebSocket: typeof WebSocket }) => Promise<void>): Promise<WireEntry[]> {
  const entries: WireEntry[] = [];
  const window = { WebSocket, posternWire: (text: string) => entries.push(wireEntry(text)) };
  new Function('window', WATCH_SOCKETS)(window);
  await use(window);
  return entries;
}

test('a page reports each WebSocket by number, and its close code', async () => {
  const { WebSocketServer } = await import('ws');
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await new Promise((resolve) => server.once('listening', resolve));
  server.on('connection', (socket) => {
    socket.send('hello');
    socket.on('message', () => socket.close(4001, 'device removed'));
  });
  const address = server.address();
  const url = `ws://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  const entries = await watched(async (page) => {
    const first = new page.WebSocket(url);
    await new Promise((resolve) => first.addEventListener('message', resolve));
    const ended = new Promise((resolve) => first.addEventListener('close', resolve));
    first.send('good day');
    await ended;
  });
  server.close();
  expect(entries).toEqual([
    { socket: 0, kind: 'opening', url: `${url}/` },
    { socket: 0, kind: 'opened' },
    { socket: 0, kind: 'received', text: 'hello' },
    { socket: 0, kind: 'sent', text: 'good day' },
    { socket: 0, kind: 'closed', code: 4001, reason: 'device removed' },
  ]);
});

test('a text that is no entry is an error', () => {
  expect(() => wireEntry('{"socket":0,"kind":"whispered"}')).toThrow();
});

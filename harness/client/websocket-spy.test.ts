import { expect, test } from 'vitest';
import { WATCH_SOCKETS, type WireEntry, wireEntry } from './websocket-spy.ts';

/** Node's own WebSocket stands in a page's place: the same interface, and a real one. */
async function watched(use: (page: { WebSocket: typeof WebSocket }) => Promise<void>): Promise<WireEntry[]> {
  const told: WireEntry[] = [];
  const window = { WebSocket, posternWire: (text: string) => told.push(wireEntry(text)) };
  new Function('window', WATCH_SOCKETS)(window);
  await use(window);
  return told;
}

test('a page tells of each connection by number, and of its close code', async () => {
  const { WebSocketServer } = await import('ws');
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await new Promise((resolve) => server.once('listening', resolve));
  server.on('connection', (socket) => {
    socket.send('hello');
    socket.on('message', () => socket.close(4001, 'device removed'));
  });
  const address = server.address();
  const url = `ws://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  const told = await watched(async (page) => {
    const first = new page.WebSocket(url);
    await new Promise((resolve) => first.addEventListener('message', resolve));
    const ended = new Promise((resolve) => first.addEventListener('close', resolve));
    first.send('good day');
    await ended;
  });
  server.close();
  expect(told).toEqual([
    { socket: 0, kind: 'opening', url: `${url}/` },
    { socket: 0, kind: 'opened' },
    { socket: 0, kind: 'received', text: 'hello' },
    { socket: 0, kind: 'sent', text: 'good day' },
    { socket: 0, kind: 'closed', code: 4001, reason: 'device removed' },
  ]);
});

test('what is no entry is refused', () => {
  expect(() => wireEntry('{"socket":0,"kind":"whispered"}')).toThrow();
});

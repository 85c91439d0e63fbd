import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Knock } from '../../client/handshake.ts';
import type { HandshakeEnd } from '../../client/transcript.ts';
import { createSecretRegistry } from '../../redaction/redactor.ts';
import { createGatewayLog } from './gateway-log.ts';
import { waitUntilReady } from './wait-until-ready.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const STARTING: HandshakeEnd = { kind: 'closed', phase: 'awaiting-hello', code: 1013, reason: 'starting', error: null };
const UNREACHABLE: HandshakeEnd = { kind: 'unreachable', why: 'ECONNREFUSED' };

/** Waits for a gateway that ends every knock with `end`. Returns the number of knocks so far, and the result once the container stops. */
function waiting(end: HandshakeEnd) {
  const gatewayLog = createGatewayLog(null, createSecretRegistry());
  let asked = 0;
  let stop = (_: { exitCode: number }): void => {};
  const attempt = async (): Promise<Knock> => {
    asked += 1;
    return { transcript: { url: '', headers: {}, startedAt: '', entries: [] }, end, connection: null };
  };
  const exit = (): Promise<{ exitCode: number }> =>
    new Promise((resolve) => {
      stop = resolve;
    });
  const ready = waitUntilReady({ gatewayLog, mark: 0, attempt, exit });
  return { gatewayLog, ready, asked: () => asked, stop: () => stop({ exitCode: 7 }) };
}

const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

test('the operator knocks at each new line of the log while the gateway is unreachable', async () => {
  const { gatewayLog, ready, asked, stop } = waiting(UNREACHABLE);
  await pass(0);
  for (const line of ['loading configuration', 'starting', 'listening']) {
    gatewayLog.add(line);
    await pass(0);
  }
  expect(asked()).toBe(4);
  stop();
  expect(await ready).toEqual({
    kind: 'exited',
    exitCode: 7,
    lastLines: 'loading configuration\nstarting\nlistening',
  });
});

test('while it is refused, the operator knocks four times a second, not at each line of the log', async () => {
  const { gatewayLog, ready, asked, stop } = waiting(STARTING);
  await pass(0);
  for (let line = 0; line < 20; line += 1) {
    gatewayLog.add('closed before connect');
    await pass(0);
  }
  expect(asked()).toBe(1);
  await pass(1_000);
  expect(asked()).toBe(5);
  stop();
  expect((await ready).kind).toBe('exited');
});

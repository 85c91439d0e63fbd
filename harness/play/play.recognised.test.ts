import { expect, test } from 'vitest';
import type { Asked, Visit, Ways } from '../stub-gateway/behaviour.fixture.ts';
import { RIGHT } from '../stub-gateway/gateway.fixture.ts';
import { playOn } from '../stub-gateway/stub-scenario.fixture.ts';

/**
 * Stub gateways that treat rightly every client that they take for this harness, and admit every other client with all scopes. They go by marks
 * that the harness once sent and no published client sends. The suite must notice each of them.
 */
const TELLS: Record<string, (visit: Visit, asked: Asked) => boolean> = {
  'a User-Agent': ({ request }) => request.headers['user-agent'] !== undefined,
  'no permessage-deflate': ({ request }) => request.headers['sec-websocket-extensions'] === undefined,
  'a Host with a port of the engine': ({ request }) => !/^127\.0\.0\.1:18789$|^[a-z]/.test(`${request.headers.host}`),
  'a request id of its own': (_visit, { id }) => !/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id),
  'a version that no release has': (_visit, { client }) => client.version !== '2026.9.6',
  'a range of protocols': (_visit, { minProtocol, maxProtocol }) => minProtocol !== maxProtocol,
  'no list of capabilities': (_visit, { caps }) => caps === undefined,
  'no instance': (_visit, { client }) => client.instanceId === undefined,
  'a prefix in its secrets': (_visit, { auth }) => auth.token?.startsWith('pstn-') === true,
};

const letIn = (tells: (visit: Visit, asked: Asked) => boolean): Partial<Ways> => ({
  rule: (house, visit, asked) =>
    tells(visit, asked) ? RIGHT.rule(house, visit, asked) : { kind: 'admitted', scopes: ['operator.admin'] },
});

test.each(Object.entries(TELLS))('a gateway that knows the harness by %s does not pass', async (_by, tells) => {
  const { results } = await playOn(letIn(tells));
  expect(results.filter(({ verdict }) => verdict === 'fail').map(({ name }) => name)).toContain('remote-new');
});

test('a gateway that denies calls without parameters, and answers every call with some, does not pass', async () => {
  const { results } = await playOn({
    call(house, visit, request) {
      const isBare = Object.keys(request.params).length === 0;
      if (isBare || visit.isOperator) return RIGHT.call(house, visit, request);
      RIGHT.call(house, { ...visit, held: ['operator.admin'] }, request);
    },
  });
  expect(results.find(({ name }) => name === 'first-read')?.verdict).toBe('fail');
});

test('a gateway that goes by the order of calls gets another order each time', async () => {
  const orders = new Set<string>();
  for (let run = 0; run < 3; run += 1) {
    const methods: string[] = [];
    await playOn({
      call(house, visit, request) {
        if (!visit.isOperator) methods.push(request.method);
        RIGHT.call(house, visit, request);
      },
    });
    orders.add(methods.slice(0, 9).join());
  }
  expect(orders.size).toBe(3);
});

import { expect, test } from 'vitest';
import { shown } from '../../stub-gateway/one-step.fixture.ts';

test.each([
  ['loopback', '127.0.0.1:18789'],
  ['lan', 'gateway:18789'],
  ['published', '127.0.0.1:18789'],
  ['proxy', 'assistant.example'],
  ['proxy-lan', 'proxy.example'],
])('a plain request from %s asks for the Host that a client there types', async (from, host) => {
  const seen = await shown(`http: { from: ${from}, path: / }\n    expect: { status: 200 }`, {});
  expect(seen).toEqual({ http: { status: 200, body: host } });
});

test('the body of a request is sent as JSON', async () => {
  const step = `http: { from: lan, method: POST, path: /, json: { tool: sessions_list } }\n    expect: { status: 200 }`;
  expect(await shown(step, {})).toEqual({ http: { status: 200, body: 'application/json: {"tool":"sessions_list"}' } });
});

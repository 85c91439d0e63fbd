import { expect, test } from 'vitest';
import { HOOKS, OWNER } from './http-route.ts';
import { PLAIN_REQUEST } from './request-cell.ts';
import { requestOf } from './request-of.ts';

const SECRETS = {
  'shared-secret': 'shared12345678',
  'device-token': 'device',
  'hook-token': 'hook12345678',
};
const TOOLS = { path: '/tools/invoke', method: 'POST', body: '{}', opensTo: OWNER } as const;
const HOOK = { path: '/hooks/wake', method: 'POST', body: '{}', opensTo: HOOKS } as const;

test('the plain request sends what the route takes, and nothing else', () => {
  expect(requestOf(PLAIN_REQUEST, TOOLS, SECRETS)).toEqual({
    method: 'POST',
    target: '/tools/invoke',
    headers: { Host: 'gateway:18789', Connection: 'close', 'Content-Type': 'application/json' },
    body: '{}',
  });
});

test('each dimension changes its part of the request', () => {
  const cell = {
    credential: 'device-token',
    place: 'from-proxy',
    method: 'TRACE',
    form: 'absolute-form',
    host: 'foreign-host',
    origin: 'foreign-origin',
    forwarded: 'claims-loopback',
  } as const;
  expect(requestOf(cell, TOOLS, SECRETS)).toEqual({
    method: 'TRACE',
    target: 'http://assistant.example/tools/invoke',
    headers: {
      Host: 'evil.example',
      Authorization: 'Bearer device',
      Origin: 'https://evil.example',
      'X-Forwarded-For': '127.0.0.1',
      'X-Real-IP': '127.0.0.1',
      Forwarded: 'for=127.0.0.1',
      Connection: 'close',
    },
    body: null,
  });
});

test('a secret in the query stands behind the query of the route, and is not shown as bearer', () => {
  const cell = {
    ...PLAIN_REQUEST,
    credential: 'secret-in-query',
    place: 'from-loopback',
    origin: 'own-origin',
  } as const;
  expect(requestOf(cell, { path: '/avatar/main?meta=1', method: 'GET', body: null, opensTo: OWNER }, SECRETS)).toEqual({
    method: 'GET',
    target: '/avatar/main?meta=1&token=shared12345678',
    headers: { Host: '127.0.0.1:18789', Origin: 'http://127.0.0.1:18789', Connection: 'close' },
    body: null,
  });
});

test('a request for a WebSocket offers a compression', () => {
  expect(requestOf(PLAIN_REQUEST, { path: '/', method: 'upgrade', body: null, opensTo: OWNER }, SECRETS)).toEqual({
    method: 'GET',
    target: '/',
    headers: {
      Host: 'gateway:18789',
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
      'Sec-WebSocket-Extensions': 'permessage-deflate',
    },
    body: null,
  });
});

test('a wrong secret, and one in the query, are made from the secret that the route takes', () => {
  const shown = (credential: 'wrong-secret' | 'secret-in-query', route: typeof TOOLS | typeof HOOK): unknown => {
    const { target, headers } = requestOf({ ...PLAIN_REQUEST, credential }, route, SECRETS);
    return [target, headers.Authorization];
  };
  expect(shown('wrong-secret', TOOLS)).toEqual(['/tools/invoke', 'Bearer shared']);
  expect(shown('wrong-secret', HOOK)).toEqual(['/hooks/wake', 'Bearer hook']);
  expect(shown('secret-in-query', HOOK)).toEqual(['/hooks/wake?token=hook12345678', undefined]);
});

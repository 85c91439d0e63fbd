import { expect, test } from 'vitest';
import { PLAIN_REQUEST } from './request-cell.ts';
import { requestOf } from './request-of.ts';

const SECRETS = {
  'wrong-secret': 'wrong',
  'shared-secret': 'shared',
  'device-token': 'device',
  'hook-token': 'hook',
  'secret-in-query': 'shared',
};
const TOOLS = { path: '/tools/invoke', method: 'POST', body: '{}' } as const;

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
  expect(requestOf(cell, { path: '/avatar/main?meta=1', method: 'GET', body: null }, SECRETS)).toEqual({
    method: 'GET',
    target: '/avatar/main?meta=1&token=shared',
    headers: { Host: '127.0.0.1:18789', Origin: 'http://127.0.0.1:18789', Connection: 'close' },
    body: null,
  });
});

test('a request for a WebSocket offers a compression', () => {
  expect(requestOf(PLAIN_REQUEST, { path: '/', method: 'upgrade', body: null }, SECRETS)).toEqual({
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

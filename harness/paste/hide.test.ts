import { describe, expect, test } from 'vitest';
import { createHide } from './hide.ts';
import { SIGN_IDS, signOf } from './signs.ts';

describe('what a paste must not show', () => {
  test.each([
    ['mail', 'signed in as jo.doe+x@mail.example.org today', 'signed in as <mail-1> today'],
    ['a public name', 'https://claw.example.net/j/abc', 'https://<host-1>/j/abc'],
    ['a name of a tailnet', 'box.tail1234.ts.net:443', '<host-1>:443'],
    ['a public address', 'remote=203.0.113.9 fwd=203.0.113.9', 'remote=<address-1> fwd=<address-1>'],
    ['a private address', 'ws://192.168.1.20:18789', 'ws://<private-address-1>:18789'],
    ['an IPv6 address', 'remote=2001:db8::1', 'remote=<address-1>'],
    ['a token after its key', '"token": "abc"', '"token": "<secret-1>"'],
    ['an option', 'openclaw acp --token hunter2 --session main', 'openclaw acp --token <secret-1> --session main'],
    ['a bearer token', 'Authorization: Bearer abc.def', 'Authorization: Bearer <secret-1>'],
    ['a long random word', 'see Zk3x9QmT4vLp2WnR8bYc1dHs7fJg0aKe', 'see <secret-1>'],
    ['a device id', `device=${'0f1e2d3c4b5a6978'.repeat(4)}`, 'device=<secret-1>'],
    ['a request id', 'approve 123e4567-e89b-42d3-a456-426614174000', 'approve <id-1>'],
    ['a home', 'Config: /Users/jodoe/.openclaw/openclaw.json', 'Config: /Users/<user>/.openclaw/openclaw.json'],
    ['a Windows home', 'C:\\Users\\Jo\\.openclaw', 'C:\\Users\\<user>\\.openclaw'],
    ['a prompt', 'jo@basement:~$ openclaw status', '<user>@<machine>:~$ openclaw status'],
    ['a handle', 'thanks @jodoe', 'thanks @<user>'],
    ['a password in a URL', 'wss://jo:pw@claw.example.net', 'wss://<user>@<host-1>'],
  ])('%s', (_, text, hidden) => {
    expect(createHide()(text)).toBe(hidden);
  });

  test.each([
    'ws://127.0.0.1:18789',
    'gateway.controlUi.allowedOrigins',
    'operator.read,operator.admin',
    'device-auth.json',
    'host.docker.internal:18789',
    'auth.mode token',
    'token mismatch',
    'trusted_proxy_missing_header_cf-access-jwt-assertion',
    'tauri://localhost',
    '/home/node/.openclaw/openclaw.json',
    'x-forwarded-for',
    'cf-access-jwt-assertion',
    ...SIGN_IDS.map((id) => `The report ${signOf(id).says}.`),
    '2026.2.19-2',
  ])('leaves %s', (text) => {
    expect(createHide()(text)).toBe(text);
  });
});

test('the same value has the same placeholder in all texts of an answer', () => {
  const hide = createHide();
  expect([hide('a.example.org'), hide('b.example.org'), hide('A.EXAMPLE.ORG')]).toEqual([
    '<host-1>',
    '<host-2>',
    '<host-1>',
  ]);
});

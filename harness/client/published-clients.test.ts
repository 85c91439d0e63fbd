import { expect, test } from 'vitest';
import { CLIENT_KINDS, type Claims, type ClientKind, connectParams, honestClaims } from './claims.ts';
import { BROWSER } from './published-clients.ts';
import { requestIds } from './request-ids.ts';

/** Texts that differ from run to run, and the texts that replace them before two requests are compared letter for letter. */
const VOLATILE: readonly [RegExp, string][] = [
  [/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/g, '<uuid>'],
  [/"[0-9a-f]{64}"/g, '"<hash>"'],
  [/"[\w-]{86}"/g, '"<signature>"'],
  [/"[\w-]{43}"/g, '"<key>"'],
  [/"signedAt":\d{13}/g, '"signedAt":<time>'],
  [/"timeZone":"[^"]+"/g, '"timeZone":"<zone>"'],
];
const steady = (text: string): string =>
  VOLATILE.reduce((clean, [pattern, name]) => clean.replace(pattern, name), text);

const NONCE = '3ca8e6e5-bd98-440a-8e24-7a8db10799e3';

/** Gives the complete connect request of a client, as it is sent. */
function sent(release: string, kind: ClientKind, over: Partial<Claims>, token?: string): string {
  const { id, mode } = CLIENT_KINDS[kind];
  const credentials = token === undefined ? {} : { token };
  const claims = { ...honestClaims({ release, buildId: null, clientId: id, clientMode: mode, credentials }), ...over };
  const params = connectParams(claims, NONCE, Date.now());
  return steady(JSON.stringify({ type: 'req', id: requestIds(claims.ids)(), method: 'connect', params }));
}

const DEVICE =
  '"device":{"id":"<hash>","publicKey":"<key>","signature":"<signature>","signedAt":<time>,"nonce":"<uuid>"}';

test('the command of 2026.4.1, as `openclaw devices list --url` was recorded', () => {
  const scopes = ['operator.admin', 'operator.read', 'operator.write', 'operator.approvals', 'operator.pairing'];
  expect(sent('2026.4.1', 'cli', { scopes }, '0123456789abcdef')).toBe(
    '{"type":"req","id":"<uuid>","method":"connect","params":{"minProtocol":3,"maxProtocol":3,"client":{"id":"cli",' +
      '"version":"2026.4.1","platform":"linux","mode":"cli","instanceId":"<uuid>"},"caps":[],' +
      '"auth":{"token":"0123456789abcdef"},"role":"operator","scopes":["operator.admin","operator.read",' +
      `"operator.write","operator.approvals","operator.pairing"],${DEVICE}}}`,
  );
});

test('the command of 2026.9.6, as the same command was recorded with a password', () => {
  const { id, mode } = CLIENT_KINDS.cli;
  const credentials = { password: 'secretsecret' };
  const claims = honestClaims({ release: '2026.9.6', buildId: null, clientId: id, clientMode: mode, credentials });
  const params = connectParams({ ...claims, scopes: ['operator.pairing'] }, NONCE, Date.now());
  const text = JSON.stringify({ type: 'req', id: requestIds(claims.ids)(), method: 'connect', params });
  expect(steady(text)).toBe(
    '{"type":"req","id":"1:<uuid>","method":"connect","params":{"minProtocol":4,"maxProtocol":4,"client":{"id":"cli",' +
      '"version":"2026.9.6","platform":"linux","deviceFamily":"Linux","mode":"cli","instanceId":"<uuid>"},"caps":[],' +
      `"auth":{"password":"secretsecret"},"role":"operator","scopes":["operator.pairing"],${DEVICE}}}`,
  );
});

test('the backend of 2026.4.1, as `openclaw gateway probe` was recorded', () => {
  expect(sent('2026.4.1', 'backend', { scopes: ['operator.read'] })).toBe(
    '{"type":"req","id":"<uuid>","method":"connect","params":{"minProtocol":3,"maxProtocol":3,' +
      '"client":{"id":"gateway-client","version":"2026.4.1","platform":"linux","mode":"backend","instanceId":"<uuid>"},' +
      `"caps":[],"role":"operator","scopes":["operator.read"],${DEVICE}}}`,
  );
});

test('the node host of 2026.4.1, as `openclaw node run` was recorded', () => {
  const node = { role: 'node', caps: ['system'], commands: ['system.run'], displayName: 'e8bf7f5404ab' };
  expect(sent('2026.4.1', 'node', node, 'abcdef0123456789')).toBe(
    '{"type":"req","id":"<uuid>","method":"connect","params":{"minProtocol":3,"maxProtocol":3,"client":{"id":"node-host",' +
      '"displayName":"e8bf7f5404ab","version":"2026.4.1","platform":"linux","mode":"node","instanceId":"<uuid>"},' +
      '"caps":["system"],"commands":["system.run"],"pathEnv":"/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin",' +
      `"auth":{"token":"abcdef0123456789"},"role":"node","scopes":[],${DEVICE}}}`,
  );
});

test('the page of 2026.4.1, as read in its package', () => {
  expect(sent('2026.4.1', 'control-ui', { scopes: ['operator.read'] }, 't')).toBe(
    '{"type":"req","id":"<uuid>","method":"connect","params":{"minProtocol":3,"maxProtocol":3,' +
      '"client":{"id":"openclaw-control-ui","version":"control-ui","platform":"Linux x86_64","mode":"webchat",' +
      `"instanceId":"<uuid>"},"role":"operator","scopes":["operator.read"],${DEVICE},"caps":["tool-events"],` +
      `"auth":{"token":"t"},"userAgent":"${BROWSER.userAgent}","locale":"en-US"}}`,
  );
});

test('the page of 2026.9.6 sends the secret as a token and as a password', () => {
  const text = sent('2026.9.6', 'control-ui', {}, 't');
  expect(text).toContain('"auth":{"token":"t","password":"t"}');
  expect(text).toContain('"mode":"webchat","instanceId":"<uuid>","timeZone":"<zone>"}');
});

test.each<[string, ClientKind, object]>([
  ['2026.2.25', 'cli', { minProtocol: 3, maxProtocol: 3, payload: 'v2', ids: 'uuid' }],
  ['2026.2.26', 'cli', { minProtocol: 3, maxProtocol: 3, payload: 'v3', ids: 'uuid' }],
  ['2026.5.7', 'probe', { minProtocol: 3, maxProtocol: 3, payload: 'v3', ids: 'uuid' }],
  ['2026.5.18', 'probe', { minProtocol: 4, maxProtocol: 4, payload: 'v3', ids: 'uuid' }],
  ['2026.8.1', 'probe', { minProtocol: 3, maxProtocol: 4, payload: 'v3', ids: 'counted-uuid' }],
  ['2026.9.6', 'node', { minProtocol: 4, maxProtocol: 4, payload: 'v3', ids: 'counted-uuid' }],
  ['2026.9.6', 'control-ui', { minProtocol: 4, maxProtocol: 4, payload: 'v2', ids: 'counted-uuid' }],
  ['dev', 'cli', { minProtocol: 4, maxProtocol: 4, payload: 'v3', ids: 'counted-uuid' }],
])('what a client of %s (%s) speaks', (release, kind, expected) => {
  const { id, mode } = CLIENT_KINDS[kind];
  expect(honestClaims({ release, buildId: null, clientId: id, clientMode: mode, credentials: {} })).toMatchObject(
    expected,
  );
});

test('the pages of 2026.8.1 and later send the build of their gateway, and earlier ones have no such field', () => {
  const { id, mode } = CLIENT_KINDS['control-ui'];
  const pageOf = (release: string): unknown =>
    connectParams(
      honestClaims({ release, buildId: '2026.9.6-release-eb37', clientId: id, clientMode: mode, credentials: {} }),
      NONCE,
      Date.now(),
    ).client;
  expect(pageOf('2026.7.1')).not.toHaveProperty('buildId');
  expect(pageOf('2026.8.1')).toMatchObject({ version: '2026.8.1', buildId: '2026.9.6-release-eb37' });
});

test('requests are counted on each connection from 1 where clients of the release count them', () => {
  const next = requestIds('counted-uuid');
  expect([next(), next()].map(steady)).toEqual(['1:<uuid>', '2:<uuid>']);
});

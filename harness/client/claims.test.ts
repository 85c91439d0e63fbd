import { createPublicKey, verify } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Claims, connectParams, honestClaims } from './claims.ts';
import { commandOf41 } from './target.fixture.ts';

const NONCE = 'challenge-nonce';
const NOW = 1_795_254_256_892;

const deviceShape = z.strictObject({
  id: z.string(),
  publicKey: z.string(),
  signature: z.string(),
  signedAt: z.number(),
  nonce: z.string(),
});

/** True if the signature in the device block is valid for exactly this text and the public key in the block. */
function signs(claims: Claims, text: string): boolean {
  const device = deviceShape.parse(connectParams(claims, NONCE, NOW).device);
  const key = createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: device.publicKey } });
  return verify(null, Buffer.from(text), key, Buffer.from(device.signature, 'base64url'));
}

test('a client without an identity sends no device block', () => {
  const params = connectParams({ ...commandOf41({ token: 't' }), identity: null }, NONCE, NOW);
  expect(Object.keys(params)).toEqual(['minProtocol', 'maxProtocol', 'client', 'caps', 'auth', 'role', 'scopes']);
});

test('a node sends its commands', () => {
  expect(connectParams({ ...commandOf41(), commands: ['system.run'] }, NONCE, NOW).commands).toEqual(['system.run']);
});

test('claims that differ from those of a published client are sent unchanged', () => {
  const claims = { ...commandOf41(), version: '1.0.0', deviceFamily: 'MacBook', minProtocol: 1, maxProtocol: 99 };
  expect(connectParams(claims, NONCE, NOW)).toMatchObject({
    minProtocol: 1,
    maxProtocol: 99,
    client: { version: '1.0.0', deviceFamily: 'MacBook' },
  });
});

test.each<[string, string, string, object]>([
  ['2026.2.24', 'cli', 'one field of a token', { token: 'd' }],
  ['2026.2.25', 'cli', 'a field of its own too', { token: 'd', deviceToken: 'd' }],
  ['2026.9.6', 'webchat', 'the same in a page', { token: 'd', deviceToken: 'd' }],
])('a device token on %s (%s): %s', (release, mode, _what, auth) => {
  const claims = honestClaims({
    release,
    buildId: null,
    clientId: 'any',
    clientMode: mode,
    credentials: { deviceToken: 'd' },
  });
  expect(connectParams(claims, NONCE, NOW).auth).toEqual(auth);
});

describe('the signed text', () => {
  const claims: Claims = {
    ...commandOf41(),
    payload: 'v2',
    scopes: ['operator.read'],
    platform: 'Linux',
    deviceFamily: 'MacBook',
  };
  const id = claims.identity?.deviceId;

  test('v2', () => {
    expect(signs(claims, `v2|${id}|cli|cli|operator|operator.read|${NOW}||${NONCE}`)).toBe(true);
  });

  test('v3', () => {
    const text = `v3|${id}|cli|cli|operator|operator.read|${NOW}||${NONCE}|linux|macbook`;
    expect(signs({ ...claims, payload: 'v3' }, text)).toBe(true);
  });

  test.each<[string, Claims['credentials'], string]>([
    ['the shared token before all', { token: 't', deviceToken: 'd', bootstrapToken: 'b' }, 't'],
    ['else the device token', { deviceToken: 'd', bootstrapToken: 'b' }, 'd'],
    ['else the bootstrap token', { bootstrapToken: 'b' }, 'b'],
    ['a password is not signed', { password: 'p' }, ''],
  ])('%s', (_label, credentials, token) => {
    const text = `v2|${id}|cli|cli|operator|operator.read|${NOW}|${token}|${NONCE}`;
    expect(signs({ ...claims, credentials }, text)).toBe(true);
  });
});

describe('false values', () => {
  const claims: Claims = { ...commandOf41(), payload: 'v2' };
  const id = claims.identity?.deviceId;

  test('the time of a wrong clock is signed and sent', () => {
    const skewed = { ...claims, clockSkewMs: -3_600_000 };
    expect(connectParams(skewed, NONCE, NOW).device).toMatchObject({ signedAt: NOW - 3_600_000 });
    expect(signs(skewed, `v2|${id}|cli|cli|operator||${NOW - 3_600_000}||${NONCE}`)).toBe(true);
  });

  test('another nonce is signed and sent', () => {
    const replayed = { ...claims, nonce: 'old-nonce' };
    expect(connectParams(replayed, NONCE, NOW).device).toMatchObject({ nonce: 'old-nonce' });
    expect(signs(replayed, `v2|${id}|cli|cli|operator||${NOW}||old-nonce`)).toBe(true);
  });

  test('a forged signature is well-formed and invalid', () => {
    const forged = { ...claims, forgeSignature: true };
    const device = deviceShape.parse(connectParams(forged, NONCE, NOW).device);
    expect(device.signature).toMatch(/^[\w-]{86}$/);
    expect(signs(forged, `v2|${id}|cli|cli|operator||${NOW}||${NONCE}`)).toBe(false);
  });
});

import { createPublicKey, verify } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Claims, connectParams, honestClaims } from './claims.ts';

const NONCE = 'challenge-nonce';
const NOW = 1_795_254_256_892;

const deviceShape = z.strictObject({
  id: z.string(),
  publicKey: z.string(),
  signature: z.string(),
  signedAt: z.number(),
  nonce: z.string(),
});

/** Whether the device block is signed over exactly this text, under the key that it shows. */
function signs(claims: Claims, text: string): boolean {
  const device = deviceShape.parse(connectParams(claims, NONCE, NOW)['device']);
  const key = createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: device.publicKey } });
  return verify(null, Buffer.from(text), key, Buffer.from(device.signature, 'base64url'));
}

test('an honest command line: everything it says, and nothing that it was not told to say', () => {
  const claims = honestClaims();
  const { device, ...rest } = connectParams(claims, NONCE, NOW);
  expect(rest).toEqual({
    minProtocol: 3,
    maxProtocol: 4,
    client: { id: 'cli', version: '1.0.0', platform: 'linux', mode: 'cli' },
    role: 'operator',
    scopes: [],
  });
  expect(deviceShape.parse(device)).toEqual({
    id: claims.identity?.deviceId,
    publicKey: claims.identity?.publicKey,
    signature: expect.any(String),
    signedAt: NOW,
    nonce: NONCE,
  });
});

test('a client without an identity sends no device block', () => {
  const params = connectParams({ ...honestClaims(), identity: null, credentials: { token: 't' } }, NONCE, NOW);
  expect(Object.keys(params).sort()).toEqual(['auth', 'client', 'maxProtocol', 'minProtocol', 'role', 'scopes']);
});

test('a node says what it can run', () => {
  expect(connectParams({ ...honestClaims(), commands: ['system.run'] }, NONCE, NOW)['commands']).toEqual([
    'system.run',
  ]);
});

test('credentials and device family are sent as they are given', () => {
  const claims = { ...honestClaims(), deviceFamily: 'MacBook', credentials: { password: 'p', deviceToken: 'd' } };
  const params = connectParams(claims, NONCE, NOW);
  expect(params['auth']).toEqual({ password: 'p', deviceToken: 'd' });
  expect(params['client']).toEqual({
    id: 'cli',
    version: '1.0.0',
    platform: 'linux',
    mode: 'cli',
    deviceFamily: 'MacBook',
  });
});

describe('what is signed', () => {
  const claims: Claims = { ...honestClaims(), scopes: ['operator.read'], platform: 'Linux', deviceFamily: 'MacBook' };
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

describe('lies', () => {
  const claims = honestClaims();
  const id = claims.identity?.deviceId;

  test('a wrong clock is signed and sent', () => {
    const skewed = { ...claims, clockSkewMs: -3_600_000 };
    expect(connectParams(skewed, NONCE, NOW)['device']).toMatchObject({ signedAt: NOW - 3_600_000 });
    expect(signs(skewed, `v2|${id}|cli|cli|operator||${NOW - 3_600_000}||${NONCE}`)).toBe(true);
  });

  test('another nonce is signed and sent', () => {
    const replayed = { ...claims, nonce: 'old-nonce' };
    expect(connectParams(replayed, NONCE, NOW)['device']).toMatchObject({ nonce: 'old-nonce' });
    expect(signs(replayed, `v2|${id}|cli|cli|operator||${NOW}||old-nonce`)).toBe(true);
  });

  test('a forged signature is well-formed, and does not hold', () => {
    const forged = { ...claims, forgeSignature: true };
    const device = deviceShape.parse(connectParams(forged, NONCE, NOW)['device']);
    expect(device.signature).toMatch(/^[\w-]{86}$/);
    expect(signs(forged, `v2|${id}|cli|cli|operator||${NOW}||${NONCE}`)).toBe(false);
  });
});

import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createIdentity, type Identity, type SignedFields, signedText, signWith } from './identity.ts';

const FIELDS: SignedFields = {
  deviceId: 'ab12',
  clientId: 'gateway-client',
  clientMode: 'backend',
  role: 'operator',
  scopes: ['operator.read', 'operator.write'],
  signedAtMs: 1_795_254_256_892,
  token: 'tok',
  nonce: 'n-1',
  platform: ' Linux ',
  deviceFamily: 'MacBook Pro',
};

test('the text of v2: nine fields joined by bars, scopes by commas', () => {
  expect(signedText('v2', FIELDS)).toBe(
    'v2|ab12|gateway-client|backend|operator|operator.read,operator.write|1795254256892|tok|n-1',
  );
});

test('the text of v3: the same, then platform and device family, trimmed and in lower case', () => {
  expect(signedText('v3', FIELDS)).toBe(
    'v3|ab12|gateway-client|backend|operator|operator.read,operator.write|1795254256892|tok|n-1|linux|macbook pro',
  );
});

test('an empty field keeps its place', () => {
  const empty = { ...FIELDS, scopes: [], token: '', deviceFamily: '' };
  expect(signedText('v2', empty)).toBe('v2|ab12|gateway-client|backend|operator||1795254256892||n-1');
  expect(signedText('v3', empty)).toBe('v3|ab12|gateway-client|backend|operator||1795254256892||n-1|linux|');
});

test('the id of a device is the hash of its raw public key', () => {
  const { deviceId, publicKey } = createIdentity();
  const raw = Buffer.from(publicKey, 'base64url');
  expect([raw.length, deviceId]).toEqual([32, createHash('sha256').update(raw).digest('hex')]);
});

test('two new devices differ', () => {
  const ids = Array.from({ length: 20 }, () => createIdentity().deviceId);
  expect(new Set(ids).size).toBe(ids.length);
});

test('a signature is valid only for its own text and its own key', () => {
  const signer = createIdentity();
  const other = createIdentity();
  const keyOf = ({ publicKey }: Identity) =>
    createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: publicKey } });
  const [own, foreign] = [keyOf(signer), keyOf(other)];
  const holds = (text: string, key: KeyObject, signature: string): boolean =>
    verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64url'));
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const signature = signWith(signer, text);
      expect(signature).toMatch(/^[\w-]{86}$/);
      expect([holds(text, own, signature), holds(`${text}|`, own, signature), holds(text, foreign, signature)]).toEqual(
        [true, false, false],
      );
    }),
    { numRuns: 30 },
  );
});

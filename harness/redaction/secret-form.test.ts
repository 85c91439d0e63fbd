import { randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { SAMPLE_SCENARIOS } from '../results/sample-scenarios.fixture.ts';
import { createSecretRegistry } from './redactor.ts';
import { whyNoSecret } from './secret-form.ts';
import { VOCABULARY } from './vocabulary.ts';

describe('a token that published gateways issue is a secret', () => {
  test.each([
    ['device and bootstrap tokens: 32 bytes in base64url', () => randomBytes(32).toString('base64url')],
    ['shared tokens: 24 bytes in hex', () => randomBytes(24).toString('hex')],
    ['a UUID', () => randomUUID()],
    ['a UUID without hyphens', () => randomUUID().replaceAll('-', '')],
  ])('%s', (_, issue) => {
    for (let count = 0; count < 5_000; count += 1) {
      const token = issue();
      expect(whyNoSecret(token), token).toBeNull();
    }
  });
});

test.each([
  ['schemaVersion', 'it has only 13 characters'],
  ['operator.admin', 'it has only 14 characters'],
  ['environmentFailed', 'it is a word of the protocol'],
  ['ENVIRONMENTFAILED', 'it is a word of the protocol'],
  ['proxy-headers-untrusted', 'it is a word of the protocol'],
  ['openclaw-control-ui', 'it is a word of the protocol'],
  ["default-src 'none'; style-src", 'it has characters that no token has'],
  ['<failure message="', 'it has characters that no token has'],
  ['0000000000000000000000000', 'it repeats few characters'],
  ['a1a1a1a1a1a1a1a1a1a1a1a1', 'it repeats few characters'],
  ['Content-Security-Policy', 'it is made of words or numbers'],
  ['device-pairing-auto-approved', 'it is made of words or numbers'],
  ['gatewayIsSafeForEveryone', 'it is made of words or numbers'],
  ['12345678901234567890', 'it is made of words or numbers'],
])('%s is no secret: %s', (value, why) => {
  expect(whyNoSecret(value)).toBe(why);
});

test('no word of the vocabulary and no check id has the form of a secret', () => {
  const checks = SAMPLE_SCENARIOS.flatMap(({ info, checks }) => checks.map(({ name }) => `${info.id}/${name}`));
  for (const word of [...VOCABULARY, ...checks]) expect(whyNoSecret(word), word).not.toBeNull();
});

test('a value that is no secret is not registered, and not redacted', () => {
  const secretRegistry = createSecretRegistry();
  expect(secretRegistry.learn('device token', 'schemaVersion')).toBe('it has only 13 characters');
  expect(secretRegistry.redact('{"schemaVersion":2}')).toBe('{"schemaVersion":2}');
  expect(secretRegistry.leaks('schemaVersion')).toEqual([]);
});

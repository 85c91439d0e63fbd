import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createSecretRegistry } from './redactor.ts';

const SECRET = 'Zq3-x_Lw8VtBy0KfJr5TnUe7Ga9Md2Hc4PsXo1IiQRk';

function registryWith(secret: string) {
  const secretRegistry = createSecretRegistry();
  expect(secretRegistry.learn('token', secret)).toBeNull();
  return secretRegistry;
}

const encoded = (text: string, encoding: BufferEncoding): string => Buffer.from(text).toString(encoding);
const encodeEach = (write: (unit: number) => string): string =>
  [...SECRET].map((character) => write(character.charCodeAt(0))).join('');
const hex = (unit: number): string => unit.toString(16).padStart(2, '0');

/** Texts that contain the complete secret once, by encoding. */
const WRITTEN: Record<string, string> = {
  'as it is': SECRET,
  'in upper case': SECRET.toUpperCase(),
  backwards: [...SECRET].reverse().join(''),
  'in hex': encoded(SECRET, 'hex'),
  'in upper-case hex': encoded(SECRET, 'hex').toUpperCase(),
  'in base64': encoded(SECRET, 'base64'),
  'in base64url': encoded(SECRET, 'base64url'),
  'in Basic auth with a user of one character': encoded(`u:${SECRET}`, 'base64'),
  'in Basic auth with a user of two characters': encoded(`us:${SECRET}`, 'base64'),
  'in Basic auth with a user of three characters': encoded(`use:${SECRET}`, 'base64'),
  'in base64url, in the middle of JSON': encoded(`{"url":"ws://x","token":"${SECRET}"}`, 'base64url'),
  'in base64 with line breaks': encoded(SECRET, 'base64').replace(/.{20}/g, '$&\r\n'),
  'percent-encoded where it need not be': encodeEach((unit) => `%${hex(unit)}`),
  'percent-encoded in upper case, in part': SECRET.replace('_', '%5F').replace('-', '%2D').replace('Z', '%5A'),
  'percent-encoded twice': encodeEach((unit) => `%25${hex(unit)}`),
  'in JSON escapes': encodeEach((unit) => `\\u00${hex(unit)}`),
  'in JSON escapes, in JSON': JSON.stringify(encodeEach((unit) => `\\u00${hex(unit)}`)),
  'in escapes of JavaScript': encodeEach((unit) => `\\x${hex(unit)}`),
  'in entities of HTML': encodeEach((unit) => `&#${unit};`),
  'over two lines': `${SECRET.slice(0, 10)}\n  ${SECRET.slice(10)}`,
  'over two lines in JSON': JSON.stringify(`${SECRET.slice(0, 30)}\n${SECRET.slice(30)}`).slice(1, -1),
};

test.each(Object.entries(WRITTEN))('a secret %s is a leak, and is replaced by its name', (_, text) => {
  const secretRegistry = registryWith(SECRET);
  expect(secretRegistry.leaks(`before ${text} after`)).toEqual(['token']);
  const clean = secretRegistry.redact(`before ${text} after`);
  expect(clean).toMatch(/^before .*«token».* after$/s);
  // At both ends, characters that also depend on the neighbouring bytes may stay.
  expect(clean.length).toBeLessThan('before «token» after'.length + 40);
  expect(secretRegistry.leaks(clean)).toEqual([]);
});

describe('a secret in pieces', () => {
  test('in two lines of a log, each after a prefix, is a leak and is replaced', () => {
    const secretRegistry = registryWith(SECRET);
    const log = `09:30 [ws] ${SECRET.slice(0, 20)}\n09:30 [ws] ${SECRET.slice(20)} end`;
    expect(secretRegistry.leaks(log)).toEqual(['token']);
    expect(secretRegistry.redact(log)).toBe('09:30 [ws] «token»\n09:30 [ws] «token» end');
  });

  test.each([
    ['its beginning', SECRET.slice(0, 17)],
    ['its middle', SECRET.slice(13, 30)],
    ['its end', SECRET.slice(-17)],
  ])('of which a text has only %s is replaced, and is no leak if that is less than half', (_, piece) => {
    const secretRegistry = registryWith(SECRET);
    expect(secretRegistry.redact(`${piece} …`)).toBe('«token» …');
    expect(secretRegistry.leaks(piece)).toEqual([]);
  });

  test('every piece of sixteen characters is found', () => {
    const secretRegistry = registryWith(SECRET);
    for (let at = 0; at + 16 <= SECRET.length; at += 1)
      expect(secretRegistry.redact(`<${SECRET.slice(at, at + 16)}>`)).toBe('<«token»>');
  });
});

test('leaks gives each name once, and with among only those of the given values', () => {
  const secretRegistry = createSecretRegistry();
  const [token, password] = [secretRegistry.mint('token'), secretRegistry.mint('password')];
  expect(secretRegistry.leaks(`${token} ${token} ${password}`).sort()).toEqual(['password', 'token']);
  expect(secretRegistry.leaks(`${token} ${password}`, [password])).toEqual(['password']);
  expect(secretRegistry.leaks('nothing here')).toEqual([]);
});

test('of two tokens with the same beginning, one is no leak of the other', () => {
  const secretRegistry = createSecretRegistry();
  const head = randomBytes(24).toString('base64url');
  const [one, other] = ['device token', 'other token'].map((name) => {
    const token = `${head}${randomBytes(12).toString('base64url')}`;
    secretRegistry.learn(name, token);
    return token;
  });
  expect(secretRegistry.leaks(`${one}`)).toEqual(['device token']);
  expect(secretRegistry.redact(`${one} ${other}`)).toBe('«device token» «other token»');
});

test('minted secrets differ, and are long enough not to be guessed', () => {
  const secretRegistry = createSecretRegistry();
  const minted = new Set(Array.from({ length: 50 }, () => secretRegistry.mint('token')));
  expect(minted.size).toBe(50);
  for (const secret of minted) expect(secret).toMatch(/^[0-9a-f]{48}$/);
});

test('a text without a secret is not changed', () => {
  const secretRegistry = registryWith(SECRET);
  const text = 'a local client\n%41 \\u0041 &#65; "operator.admin" «token» 2026.9.6';
  expect(secretRegistry.redact(text)).toBe(text);
});

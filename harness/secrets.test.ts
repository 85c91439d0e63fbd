import { expect, test } from 'vitest';
import { createVault } from './secrets.ts';

test('a secret is replaced by its name in every shape it is written in', () => {
  const vault = createVault();
  const secret = vault.mint('token');
  const base64 = Buffer.from(secret).toString('base64').replace(/=+$/, '');
  expect(vault.redact(`a ${secret} b ${base64} c ${encodeURIComponent(secret)}`)).toBe('a «token» b «token» c «token»');
});

test('a secret with characters that JSON escapes does not hide in JSON text', () => {
  const vault = createVault();
  vault.learn('password', 'a "quoted\\ secret');
  expect(vault.redact(JSON.stringify({ password: 'a "quoted\\ secret' }))).toBe('{"password":"«password»"}');
});

test('leaks are told by name, each once', () => {
  const vault = createVault();
  const [token, password] = [vault.mint('token'), vault.mint('password')];
  expect(vault.leaks(`${token} ${token} ${password}`).sort()).toEqual(['password', 'token']);
  expect(vault.leaks('nothing here')).toEqual([]);
});

test('minted secrets differ, and are long enough not to be guessed', () => {
  const vault = createVault();
  const minted = new Set(Array.from({ length: 50 }, () => vault.mint('token')));
  expect(minted.size).toBe(50);
  for (const secret of minted) expect(secret).toMatch(/^[0-9a-f]{48}$/);
});

test('short values are not taken for secrets: they would blank out ordinary words', () => {
  const vault = createVault();
  vault.learn('pin', 'local');
  expect(vault.redact('a local client')).toBe('a local client');
});

test('a secret that stands within a longer one is not what is replaced there', () => {
  const vault = createVault();
  vault.learn('short', 'abcdefgh');
  vault.learn('long', 'abcdefgh-and-more');
  expect(vault.redact('abcdefgh-and-more, abcdefgh')).toBe('«long», «short»');
});

import { expect, test } from 'vitest';
import { clip, oneLine, visible } from './control-characters.ts';

test('control characters, direction marks and lone surrogates become visible', () => {
  expect(visible('a\u0000b\u001b[31m\u202egnp\ud800\r\nnext\tcell')).toBe('a␀b␛[31m⟨U+202E⟩gnp\ufffd\nnext\tcell');
});

test('oneLine replaces line feeds and runs of white space by one space', () => {
  expect(oneLine('  a\n\n b\r\tc ')).toBe('a b␍ c');
});

test('clip says how many characters are missing, and never ends in half a character', () => {
  expect(clip('short', 5)).toBe('short');
  expect(clip('ab😀cd', 3)).toBe('ab\ufffd … (3 more characters)');
});

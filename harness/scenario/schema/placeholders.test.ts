import { expect, test } from 'vitest';
import { idNamedBy, idOfClientNamedBy, textsIn, withTexts } from './placeholders.ts';

test.each([
  ['<device>', 'device'],
  ['<request>', 'request'],
  ['<node-request>', 'node-request'],
  ['<token>', null],
  ['device', null],
  ['<device> ', null],
])('an argument %s names %s', (word, what) => {
  expect(idNamedBy(word)).toBe(what);
});

test.each([
  ['<device of phone>', { what: 'device', of: 'phone' }],
  ['<node-request of mac-mini>', { what: 'node-request', of: 'mac-mini' }],
  ['<token of phone>', null],
  ['the <device of phone>', null],
  ['<device>', null],
])('a text %s names %j', (text, named) => {
  expect(idOfClientNamedBy(text)).toEqual(named);
});

test('texts are found and replaced at every depth, keys and other values are left', () => {
  const value = { a: 'x', list: ['x', 1, { x: 'y' }], no: null };
  expect(textsIn(value)).toEqual(['x', 'x', 'y']);
  expect(withTexts(value, (text) => `${text}!`)).toEqual({ a: 'x!', list: ['x!', 1, { x: 'y!' }], no: null });
});

import { describe, expect, test } from 'vitest';
import { beside } from './beside.ts';

test('one block stays as it is', () => {
  expect(beside([['a line that is long', '  another']], 10)).toEqual(['a line that is long', '  another']);
});

test('blocks stand beside each other, and the shorter one ends first', () => {
  expect(beside([['one', 'two'], ['three']], 13)).toEqual(['one   │ three', 'two   │']);
});

test('a long line goes on below itself, as far indented as it began, and is cut at a space if it has one', () => {
  expect(beside([['  roles: operator, node', '  0123456789abcdef'], ['x']], 33)).toEqual([
    '  roles:        │ x',
    '  operator,     │',
    '  node          │',
    '  0123456789abc │',
    '  def           │',
  ]);
});

describe('text of a gateway', () => {
  test('moves nothing in the layout', () => {
    expect(beside([['a\u001b[2Jb\tc'], ['d\ne']], 20)).toEqual(['a␛[2Jb   │ d', 'c        │ e']);
  });
});

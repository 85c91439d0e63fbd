import { expect, test } from 'vitest';
import { EXIT } from '../exit.ts';
import { failureClassOf } from './failure-class.ts';

test('each exit code has one of the four classes, and success has none', () => {
  const classes = [...Object.values(EXIT), 137].map((code) => [code, failureClassOf(code)]);
  expect(Object.fromEntries(classes)).toEqual({
    0: null,
    1: 'product',
    2: 'harness-tooling-provenance',
    3: 'infrastructure-credential',
    4: 'product',
    5: 'harness-tooling-provenance',
    130: 'wrapper',
    137: 'wrapper',
  });
});

import { expect, test } from 'vitest';
import { EXIT, UsageError } from './exit.ts';
import { patienceIn, requirePatience } from './patience.ts';

test.each([
  [undefined, 1],
  ['', 1],
  ['2', 2],
  [' 0.5 ', 0.5],
])('POSTERN_PATIENCE=%j makes waits %d times as long', (value, factor) => {
  const env = value === undefined ? {} : { POSTERN_PATIENCE: value };
  expect(patienceIn(env)).toBe(factor);
  expect(() => requirePatience(env)).not.toThrow();
});

test.each(['0', '-1', 'twice', '1,5', 'Infinity', 'NaN'])(
  'POSTERN_PATIENCE=%s is refused, and changes nothing',
  (value) => {
    const env = { POSTERN_PATIENCE: value };
    expect(patienceIn(env)).toBe(1);
    expect(() => requirePatience(env)).toThrow(UsageError);
    expect(() => requirePatience(env)).toThrow(
      expect.objectContaining({ exitCode: EXIT.usage, message: `POSTERN_PATIENCE is "${value}".` }),
    );
  },
);

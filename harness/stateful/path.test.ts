import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readPath, replayIn, writePath } from './path.ts';

const base64 = fc.stringMatching(/^[A-Za-z0-9+/]{0,6}$/);

test('readPath reads what writePath writes', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(99), { minLength: 1, maxLength: 5 }), base64, base64, (steps, counts, changes) => {
      const path = { path: steps.join(':'), replay: `${counts}:${changes}` };
      expect(readPath(writePath(path))).toEqual(path);
    }),
  );
});

test.each(['', '1', '1:', '@A:B', '1:2@', '1:2@A', '1:x@A:B', '1@A:B '])('"%s" is not a path', (word) => {
  expect(() => readPath(word)).toThrow('is not a path');
});

test('replayIn finds the replayPath in the text of a run, and ":" without one', () => {
  expect(replayIn('knock,approve /*replayPath="CA:F"*/')).toBe('CA:F');
  expect(replayIn('knock,approve')).toBe(':');
});

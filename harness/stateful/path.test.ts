import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readPath, replayIn, writePath } from './path.ts';

const base64 = fc.stringMatching(/^[A-Za-z0-9+/]{0,6}$/);

test('a path is read as it was written', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(99), { minLength: 1, maxLength: 5 }), base64, base64, (steps, counts, changes) => {
      const path = { path: steps.join(':'), replay: `${counts}:${changes}` };
      expect(readPath(writePath(path))).toEqual(path);
    }),
  );
});

test.each(['', '1', '1:', '@A:B', '1:2@', '1:2@A', '1:x@A:B', '1@A:B '])('"%s" is no path', (word) => {
  expect(() => readPath(word)).toThrow('is no path');
});

test('what fast-check adds to the text of a run is found in it, and nothing where it adds nothing', () => {
  expect(replayIn('knock,approve /*replayPath="CA:F"*/')).toBe('CA:F');
  expect(replayIn('knock,approve')).toBe(':');
});

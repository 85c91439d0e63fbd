import { expect, test } from 'vitest';
import { releaseOf } from './releases.ts';

test('a fact holds on its releases only', () => {
  expect(releaseOf('2026.3.2').has('device-tokens')).toBe(true);
  expect(releaseOf('2026.3.1').has('device-tokens')).toBe(false);
});

import { expect, test } from 'vitest';
import { mentions } from './negation.ts';
import { type SignId, signOf } from './signs.ts';

test.each<[SignId, string, boolean]>([
  ['role-upgrade', 'security audit: device access upgrade requested rolefrom=operator roleto=node', true],
  ['role-upgrade', 'security audit: device access upgrade requested rolefrom=operator roleto=operator', false],
  ['role-upgrade', 'rolefrom=op roleto=operator', true],
  ['role-upgrade', 'role operator -> node', true],
  ['role-upgrade', 'role operator -> operator', false],
  ['role-upgrade', 'reason=role-upgrade', true],
])('%s in "%s": %s', (sign, text, isThere) => {
  expect(mentions(signOf(sign).pattern ?? /(?!)/, text)).toBe(isThere);
});

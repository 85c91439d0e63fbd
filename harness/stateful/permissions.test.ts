import { expect, test } from 'vitest';
import { describePermissions, exceeding, NONE, permissionsOf, permissionsWithout, scopesIn } from './permissions.ts';

const operator = (...scopes: string[]) => permissionsOf('operator', scopes);

test('write implies read, and admin implies every scope; no scope implies a role', () => {
  expect(exceeding(operator('operator.read'), operator('operator.write'))).toEqual(NONE);
  expect(exceeding(operator('operator.pairing'), operator('operator.admin'))).toEqual(NONE);
  expect(exceeding(operator('operator.write'), operator('operator.read'))).toEqual(new Set(['operator.write']));
  expect(exceeding(permissionsOf('node', []), operator('operator.admin'))).toEqual(new Set(['node']));
});

test('permissions without a role lack its scopes, and keep those of other roles', () => {
  const both = operator('operator.read').union(permissionsOf('node', []));
  expect(permissionsWithout(both, 'operator')).toEqual(new Set(['node']));
  expect(permissionsWithout(both, 'node')).toEqual(operator('operator.read'));
  expect(scopesIn(both)).toEqual(['operator.read']);
});

test('the description of permissions does not depend on their order', () => {
  expect(describePermissions(operator('operator.write', 'operator.read'))).toBe(
    'operator with operator.read, operator.write',
  );
  expect(describePermissions(permissionsOf('node', []).union(operator()))).toBe('node and operator with no scopes');
  expect(describePermissions(NONE)).toBe('nothing');
});

import { expect, test } from 'vitest';
import { describePermissions, exceeding, NONE, permissionsOf, permissionsWithout, scopesIn } from './permissions.ts';

const operator = (...scopes: string[]) => permissionsOf('operator', scopes);

test('write holds read, and admin holds every scope; no scope holds a role', () => {
  expect(exceeding(operator('operator.read'), operator('operator.write'))).toEqual(NONE);
  expect(exceeding(operator('operator.pairing'), operator('operator.admin'))).toEqual(NONE);
  expect(exceeding(operator('operator.write'), operator('operator.read'))).toEqual(new Set(['operator.write']));
  expect(exceeding(permissionsOf('node', []), operator('operator.admin'))).toEqual(new Set(['node']));
});

test('without a role its scopes are gone, too, and those of others stay', () => {
  const both = operator('operator.read').union(permissionsOf('node', []));
  expect(permissionsWithout(both, 'operator')).toEqual(new Set(['node']));
  expect(permissionsWithout(both, 'node')).toEqual(operator('operator.read'));
  expect(scopesIn(both)).toEqual(['operator.read']);
});

test('rights are told in the same order whatever order they came in', () => {
  expect(describePermissions(operator('operator.write', 'operator.read'))).toBe(
    'operator with operator.read, operator.write',
  );
  expect(describePermissions(permissionsOf('node', []).union(operator()))).toBe('node and operator with no scopes');
  expect(describePermissions(NONE)).toBe('nothing');
});

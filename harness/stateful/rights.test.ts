import { expect, test } from 'vitest';
import { beyond, NONE, rightsOf, rightsWithout, sayRights, scopesIn } from './rights.ts';

const operator = (...scopes: string[]) => rightsOf('operator', scopes);

test('write holds read, and admin holds every scope; no scope holds a role', () => {
  expect(beyond(operator('operator.read'), operator('operator.write'))).toEqual(NONE);
  expect(beyond(operator('operator.pairing'), operator('operator.admin'))).toEqual(NONE);
  expect(beyond(operator('operator.write'), operator('operator.read'))).toEqual(new Set(['operator.write']));
  expect(beyond(rightsOf('node', []), operator('operator.admin'))).toEqual(new Set(['node']));
});

test('without a role its scopes are gone, too, and those of others stay', () => {
  const both = operator('operator.read').union(rightsOf('node', []));
  expect(rightsWithout(both, 'operator')).toEqual(new Set(['node']));
  expect(rightsWithout(both, 'node')).toEqual(operator('operator.read'));
  expect(scopesIn(both)).toEqual(['operator.read']);
});

test('rights are told in the same order whatever order they came in', () => {
  expect(sayRights(operator('operator.write', 'operator.read'))).toBe('operator with operator.read, operator.write');
  expect(sayRights(rightsOf('node', []).union(operator()))).toBe('node and operator with no scopes');
  expect(sayRights(NONE)).toBe('nothing');
});

import { describe, expect, test } from 'vitest';
import { expectedOf } from './expected.ts';

const row = (method: string, declared: string | null, needs: string[] | null) => ({ method, declared, needs });
const READ = row('agents.list', 'operator.read', ['operator.read']);

describe('by what the release declares', () => {
  test.each([
    ['an operator with the scope', 'operator', ['operator.read'], READ, 'may'],
    ['an operator with a scope that implies it', 'operator', ['operator.write'], READ, 'may'],
    ['an operator with another scope', 'operator', ['operator.pairing'], READ, 'may-not'],
    ['an operator without a scope', 'operator', [], READ, 'may-not'],
    ['a node', 'node', [], READ, 'may-not'],
    ['an operator, for a method of nodes', 'operator', ['operator.admin'], row('node.event', 'node', null), 'may-not'],
    ['a node, for a method of nodes', 'node', [], row('node.event', 'node', null), 'may'],
    [
      'one of two scopes',
      'operator',
      ['operator.read'],
      row('a', 'dynamic', ['operator.read', 'operator.pairing']),
      'may-not',
    ],
    ['a method that parameters decide', 'operator', ['operator.read'], row('a', 'dynamic', null), 'unstated'],
    ['a method in no table, for a node', 'node', [], row('a', null, null), 'unstated'],
    ['health, for a node', 'node', [], row('health', 'operator.read', ['operator.read']), 'may'],
    [
      'a request for more scopes, without one',
      'operator',
      [],
      row('device.scopes.requestUpgrade', 'operator.pairing', ['operator.pairing']),
      'may',
    ],
    [
      'a request for more scopes, by a node',
      'node',
      [],
      row('device.scopes.requestUpgrade', 'operator.pairing', ['operator.pairing']),
      'may-not',
    ],
  ] as const)('%s', (_name, role, holds, asked, expected) => {
    const needs = asked.needs === null ? null : [...asked.needs];
    expect(expectedOf({ role, holds: [...holds] }, { ...asked, needs })).toBe(expected);
  });
});

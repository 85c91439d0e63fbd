import { expect, test } from 'vitest';
import { readPairingList } from '../gateway/pairing/pairing.ts';
import { entryIn } from './execute.ts';
import { NONE } from './permissions.ts';

const LIST = readPairingList({
  paired: [
    {
      deviceId: 'a',
      publicKey: 'key',
      platform: ' Linux',
      role: 'operator',
      roles: ['operator', 'node'],
      scopes: ['operator.read', 'operator.write'],
      approvedScopes: ['operator.read'],
      tokens: [
        { role: 'operator', scopes: ['operator.approvals'] },
        { role: 'node', scopes: ['operator.admin'], revokedAtMs: 5 },
      ],
    },
  ],
  pending: [{ requestId: 'one', deviceId: 'b', role: 'node', roles: ['operator', 'node'], scopes: ['operator.read'] }],
});

test('the rights of an entry are everything that the record names, without revoked tokens', () => {
  expect(LIST && entryIn(LIST, 'a')).toEqual({
    rights: new Set(['operator', 'node', 'operator.read', 'operator.write', 'operator.approvals']),
    approved: new Set(['operator', 'node', 'operator.read']),
    platform: 'linux',
    request: null,
  });
});

test('a request stands for all of its roles and scopes, and its device is not paired', () => {
  expect(LIST && entryIn(LIST, 'b')).toEqual({
    rights: null,
    approved: NONE,
    platform: null,
    request: { id: 'one', rights: new Set(['node', 'operator', 'operator.read']) },
  });
});

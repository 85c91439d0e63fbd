import { describe, expect, test } from 'vitest';
import { decisionBetween, describeState, type PairingState, readPairingList, stateOf } from './pairing.ts';

/** Rows as 2026.4.1 sends them, without the fields on which no decision depends. */
const paired = (over: Record<string, unknown> = {}) => ({
  deviceId: 'd1',
  publicKey: 'key',
  platform: 'linux',
  role: 'operator',
  roles: ['operator'],
  scopes: ['operator.read'],
  tokens: [{ role: 'operator', scopes: ['operator.read'] }],
  ...over,
});
const pending = (requestId: string) => ({ requestId, deviceId: 'd1', role: 'operator', scopes: ['operator.write'] });

function state(rows: { paired?: unknown[]; pending?: unknown[] }): PairingState {
  const list = readPairingList({ paired: rows.paired ?? [], pending: rows.pending ?? [] });
  if (list === null) throw new Error('the rows of the test are no list');
  return stateOf(list, 'd1');
}

const UNLISTED = state({});
const READS = state({ paired: [paired()] });

describe('the pairing decision between two readings of the list', () => {
  test.each<[string, PairingState, PairingState, string]>([
    ['not listed, before and after', UNLISTED, UNLISTED, 'none'],
    ['a new request', UNLISTED, state({ pending: [pending('r1')] }), 'pending'],
    ['a new record', UNLISTED, READS, 'approved-silently'],
    ['nothing changed', READS, READS, 'unchanged'],
    [
      'a wider scope',
      READS,
      state({ paired: [paired({ scopes: ['operator.read', 'operator.write'] })] }),
      'approved-silently',
    ],
    [
      'a wider token',
      READS,
      state({ paired: [paired({ tokens: [{ role: 'operator', scopes: ['operator.admin'] }] })] }),
      'approved-silently',
    ],
    ['another role', READS, state({ paired: [paired({ roles: ['operator', 'node'] })] }), 'approved-silently'],
    ['another key', READS, state({ paired: [paired({ publicKey: 'other' })] }), 'approved-silently'],
    ['another platform', READS, state({ paired: [paired({ platform: 'darwin' })] }), 'approved-silently'],
    ['fewer scopes', state({ paired: [paired({ scopes: ['operator.read', 'operator.write'] })] }), READS, 'unchanged'],
    ['paired, and asking for more', READS, state({ paired: [paired()], pending: [pending('r1')] }), 'pending'],
    [
      'given more although a request waits',
      READS,
      state({ paired: [paired({ scopes: ['operator.admin'] })], pending: [pending('r1')] }),
      'approved-silently',
    ],
    ['no longer listed', READS, UNLISTED, 'removed'],
    ['a request that was removed', state({ pending: [pending('r1')] }), UNLISTED, 'removed'],
    ['a new time of last use', READS, state({ paired: [paired({ lastUsedAtMs: 5 })] }), 'unchanged'],
  ])('%s', (_label, before, after, decision) => {
    expect(decisionBetween(before, after)).toBe(decision);
  });
});

test('a payload of another shape is null, not an empty list', () => {
  expect(readPairingList({ paired: 'none' })).toBeNull();
  expect(readPairingList({})).toBeNull();
});

test('the entries of a device in words name all that it is approved for, and what it waits for', () => {
  expect(describeState(UNLISTED)).toEqual([]);
  const token = { role: 'node', scopes: [], revokedAtMs: 5 };
  const both = state({
    paired: [paired({ roles: ['operator', 'node'], approvedScopes: ['operator.admin'], tokens: [token] })],
    pending: [pending('r1')],
  });
  expect(describeState(both)).toEqual([
    'approved; roles operator, node; scopes operator.read, operator.admin; device tokens node (no scopes, revoked); platform linux',
    'waits for approval; role operator; scopes operator.write',
  ]);
});

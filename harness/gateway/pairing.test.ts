import { describe, expect, test } from 'vitest';
import { decisionBetween, type PairingState, readPairingList, stateOf } from './pairing.ts';

/** Rows as 2026.4.1 shows them, without what decides nothing. */
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

const NOBODY = state({});
const READS = state({ paired: [paired()] });

describe('what happened to a device between two readings of the list', () => {
  test.each<[string, PairingState, PairingState, string]>([
    ['on no list, before and after', NOBODY, NOBODY, 'none'],
    ['a new request', NOBODY, state({ pending: [pending('r1')] }), 'pending'],
    ['a new record', NOBODY, READS, 'approved-silently'],
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
    ['taken off the list', READS, NOBODY, 'removed'],
    ['a request that is gone', state({ pending: [pending('r1')] }), NOBODY, 'removed'],
    ['a new time of last use', READS, state({ paired: [paired({ lastUsedAtMs: 5 })] }), 'unchanged'],
  ])('%s', (_label, before, after, decision) => {
    expect(decisionBetween(before, after)).toBe(decision);
  });
});

test('a payload that is no list is not read as an empty one', () => {
  expect(readPairingList({ paired: 'none' })).toBeNull();
  expect(readPairingList({})).toBeNull();
});

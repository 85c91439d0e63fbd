import { expect, test } from 'vitest';
import { commandSequencesOf, scenarioOf } from './command-sequence.ts';

const RELEASE = '2026.9.6';

test('walks have 23 knocks, by every door that a command can take, whatever the seed', () => {
  for (const seed of [1, 2, 3]) {
    const turns = commandSequencesOf(seed, RELEASE).flatMap((walk) => walk.turns);
    expect(turns).toHaveLength(23);
    expect(new Set(turns.map(({ door }) => door)).size).toBe(8);
  }
});

test('one seed draws one set of walks, and two draw two', () => {
  expect(commandSequencesOf(1, RELEASE)).toEqual(commandSequencesOf(1, RELEASE));
  expect(commandSequencesOf(1, RELEASE)).not.toEqual(commandSequencesOf(2, RELEASE));
});

test('a command that does not cross the network walks on its own machine alone', () => {
  expect(commandSequencesOf(1, '2026.2.17')).toEqual([
    {
      turns: [
        { does: 'gateway call', door: 'loopback', secret: 'wrong', after: null },
        { does: 'cron list', door: 'loopback', secret: 'right', after: null },
        { does: 'gateway call', door: 'loopback', secret: 'right', after: null },
      ],
    },
  ]);
});

test('a client of ours names the address that the command types, asks for the same, and is decided about as it was', () => {
  const { steps } = scenarioOf(
    {
      turns: [
        { does: 'gateway call', door: 'silent-proxy', secret: 'wrong', after: null },
        { does: 'gateway call', door: 'lan', secret: 'right', after: 'approve' },
      ],
    },
    { role: 'operator', scopes: ['operator.read'] },
  );
  expect(steps).toEqual([
    {
      kind: 'knock',
      body: {
        as: 'device',
        from: 'proxy',
        through: 'bare',
        headers: { Host: 'gateway:18802' },
        claims: { scopes: ['operator.read'], credential: 'wrong-token' },
      },
    },
    { kind: 'approve', body: { of: 'device', request: 'current' } },
    {
      kind: 'knock',
      body: {
        as: 'device',
        from: 'lan',
        headers: { Host: 'gateway:18789' },
        claims: { scopes: ['operator.read'], credential: 'token' },
      },
    },
    { kind: 'reject', body: { of: 'device' } },
    { kind: 'remove', body: { of: 'device' } },
  ]);
});

test('a command that showed no device is met by a client without one, about which nothing can be decided', () => {
  const turns = [{ does: 'gateway call', door: 'loopback', secret: 'right', after: 'approve' }] as const;
  expect(scenarioOf({ turns }, null).steps).toEqual([
    {
      kind: 'knock',
      body: {
        as: 'device',
        from: 'loopback',
        headers: { Host: '127.0.0.1:18789' },
        claims: { identity: 'none', scopes: ['operator.read'], credential: 'token' },
      },
    },
  ]);
});

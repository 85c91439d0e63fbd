import { expect, test } from 'vitest';
import { commandSequencesOf, scenarioOf } from './command-sequence.ts';

const RELEASE = '2026.9.6';

test('the sequences have 23 knocks, by every route that a command can take, for any seed', () => {
  for (const seed of [1, 2, 3]) {
    const turns = commandSequencesOf(seed, RELEASE).flatMap(({ turns }) => turns);
    expect(turns).toHaveLength(23);
    expect(new Set(turns.map(({ route }) => route)).size).toBe(8);
  }
});

test('one seed gives the same sequences each time, and another seed gives others', () => {
  expect(commandSequencesOf(1, RELEASE)).toEqual(commandSequencesOf(1, RELEASE));
  expect(commandSequencesOf(1, RELEASE)).not.toEqual(commandSequencesOf(2, RELEASE));
});

test('a command that does not connect across the network knocks only on its own machine', () => {
  expect(commandSequencesOf(1, '2026.2.17')).toEqual([
    {
      turns: [
        { command: 'gateway call', route: 'loopback', secret: 'wrong', after: null },
        { command: 'cron list', route: 'loopback', secret: 'right', after: null },
        { command: 'gateway call', route: 'loopback', secret: 'right', after: null },
      ],
    },
  ]);
});

test('the client of the harness uses the same address, asks for the same, and gets the same decisions', () => {
  const { steps } = scenarioOf(
    {
      turns: [
        { command: 'gateway call', route: 'silent-proxy', secret: 'wrong', after: null },
        { command: 'gateway call', route: 'lan', secret: 'right', after: 'approve' },
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

test('for a command that showed no device the client shows none either, and gets no decisions', () => {
  const turns = [{ command: 'gateway call', route: 'loopback', secret: 'right', after: 'approve' }] as const;
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

import { describe, expect, test } from 'vitest';
import type { Action, KnockAction, Seen } from './action.ts';
import type { Entry } from './devices.ts';
import { nextState, withListApproved } from './next-state.ts';
import { NONE, type Permissions, permissionsOf } from './permissions.ts';
import { releaseOf } from './releases.ts';
import { exceeds, isEntitled, mustEnd, START, type State, staleIdOf } from './state.ts';

/** The model alone, without any gateway: what it knows after each deed. */

const NEW = releaseOf('2026.9.6');
const LINUX = { platform: 'linux', deviceFamily: 'Linux' };
const WINDOWS = { platform: 'windows', deviceFamily: 'Windows' };
const READ = permissionsOf('operator', ['operator.read']);
const WRITE = permissionsOf('operator', ['operator.read', 'operator.write']);

const NOBODY: Entry = { rights: null, approved: NONE, platform: null, request: null };
const paired = (rights: Permissions, request: Entry['request'] = null): Entry => ({
  rights,
  approved: rights,
  platform: 'linux',
  request,
});
const waits = (id: string, rights: Permissions): Entry => ({ ...NOBODY, request: { id, rights } });

const seen = (phone: Entry, over: Partial<Seen> = {}): Seen => ({
  met: null,
  done: null,
  list: { phone, laptop: NOBODY },
  tokens: { phone: null, 'phone-too': null, laptop: null },
  open: new Set(),
  leaked: [],
  ...over,
});
const knock = (asks: Permissions, over: Partial<KnockAction> = {}): KnockAction => ({
  kind: 'knock',
  by: 'phone',
  from: 'lan',
  role: 'operator',
  asks,
  machine: LINUX,
  shows: 'secret',
  ...over,
});

const refused = { met: { kind: 'refused', cause: 'pairing-required' } } as const;
const admitted = (rights: Permissions) => ({ met: { kind: 'admitted', rights } }) as const;

/** The state after these deeds, each with what was seen of it. */
function afterActions(actions: readonly (readonly [Action, Seen])[], from: State = START, release = NEW): State {
  return actions.reduce((state, [action, what]) => nextState(state, action, what, release), from);
}

const ASKED = afterActions([[knock(READ), seen(waits('one', READ), refused)]]);
const APPROVED = afterActions(
  [[{ kind: 'approve', of: 'phone', by: null }, seen(paired(READ), { done: true })]],
  ASKED,
);
const IN = afterActions(
  [
    [
      knock(READ),
      seen(paired(READ), {
        ...admitted(READ),
        tokens: { phone: 'first', 'phone-too': null, laptop: null },
        open: new Set(['phone']),
      }),
    ],
  ],
  APPROVED,
);

describe('what a device may do', () => {
  test('is nothing before an approval, and what it asked for afterwards', () => {
    expect(exceeds(ASKED.devices.phone, knock(READ), NEW)).toBe(true);
    expect(isEntitled(APPROVED.devices.phone, knock(READ), NEW)).toBe(true);
    expect(exceeds(APPROVED.devices.phone, knock(WRITE), NEW)).toBe(true);
    expect(exceeds(APPROVED.devices.phone, knock(permissionsOf('node', []), { role: 'node' }), NEW)).toBe(true);
  });

  test('is the same for both programs with its key, and differs for other devices', () => {
    expect(APPROVED.devices.laptop.most).toEqual(NONE);
    expect(isEntitled(APPROVED.devices.phone, knock(READ, { by: 'phone-too' }), NEW)).toBe(true);
  });

  test('holds for the machine for which it was approved, from 2026.2.26', () => {
    const moved = knock(READ, { machine: WINDOWS });
    expect(exceeds(APPROVED.devices.phone, moved, NEW)).toBe(true);
    expect(isEntitled(APPROVED.devices.phone, moved, releaseOf('2026.2.19'))).toBe(true);
  });

  test('grows after a local knock by what the pairing list shows', () => {
    const got = afterActions([[knock(WRITE, { from: 'loopback' }), seen(paired(WRITE), admitted(WRITE))]], APPROVED);
    expect(isEntitled(got.devices.phone, knock(WRITE), NEW)).toBe(true);
    const without = afterActions([[knock(WRITE, { from: 'loopback' }), seen(paired(READ), admitted(WRITE))]], APPROVED);
    expect(exceeds(without.devices.phone, knock(WRITE), NEW)).toBe(true);
  });

  test('is unchanged by a rejection, and nothing after a removal', () => {
    const asksAgain = afterActions(
      [[knock(WRITE), seen(paired(READ, { id: 'two', rights: WRITE }), refused)]],
      APPROVED,
    );
    const rejected = afterActions([[{ kind: 'reject', of: 'phone' }, seen(paired(READ), { done: true })]], asksAgain);
    expect(rejected.devices.phone).toMatchObject({ most: READ, sure: READ, waiting: null });
    const removed = afterActions([[{ kind: 'remove', of: 'phone' }, seen(NOBODY, { done: true })]], IN);
    expect(exceeds(removed.devices.phone, knock(READ), NEW)).toBe(true);
  });

  test('needs approval again after its token was revoked, from 2026.3.31', () => {
    const revoke: Action = { kind: 'revoke', of: 'phone', role: 'operator' };
    const late = afterActions([[revoke, seen(paired(READ), { done: true })]], IN);
    expect(exceeds(late.devices.phone, knock(READ), NEW)).toBe(true);
    const early = afterActions([[revoke, seen(paired(READ), { done: true })]], IN, releaseOf('2026.3.28'));
    expect(isEntitled(early.devices.phone, knock(READ), releaseOf('2026.3.28'))).toBe(true);
  });

  test('is unchanged by a decision that the gateway denied', () => {
    const denied = afterActions(
      [[{ kind: 'revoke', of: 'phone', role: 'operator' }, seen(paired(READ), { done: false })]],
      IN,
    );
    expect(denied.devices.phone.sure).toEqual(READ);
    expect(denied.devices.phone.dead.size).toBe(0);
  });
});

describe('a request', () => {
  test('keeps what its id first stood for, and everything that was asked since', () => {
    const same = afterActions([[knock(WRITE), seen(waits('one', WRITE), refused)]], ASKED);
    expect(same.devices.phone.waiting).toMatchObject({ first: READ, asked: WRITE, last: WRITE });
    const another = afterActions([[knock(WRITE), seen(waits('two', WRITE), refused)]], ASKED);
    expect(another.devices.phone.waiting).toMatchObject({ first: WRITE });
    expect(staleIdOf(another.devices.phone)).toBe('one');
  });

  test('is stale after a decision, and not while it is pending', () => {
    expect(staleIdOf(ASKED.devices.phone)).toBeNull();
    expect(staleIdOf(APPROVED.devices.phone)).toBe('one');
  });
});

describe('a device token', () => {
  test('is good until something may have replaced it, and dead after a revocation, rotation or removal', () => {
    expect(IN.tokens.phone).toMatchObject({ value: 'first', sure: true });
    const kept = { done: true, tokens: { phone: 'first', 'phone-too': null, laptop: null } };
    const ends: Action[] = [
      { kind: 'revoke', of: 'phone', role: 'operator' },
      { kind: 'rotate', of: 'phone', by: null, role: 'operator', scopes: null },
      { kind: 'remove', of: 'phone' },
    ];
    for (const action of ends)
      expect(afterActions([[action, seen(paired(READ), kept)]], IN).devices.phone.dead).toEqual(new Set(['first']));
    const approved = afterActions([[{ kind: 'approve', of: 'phone', by: null }, seen(paired(READ), kept)]], IN);
    expect(approved.tokens.phone?.sure).toBe(false);
    expect(approved.devices.phone.dead.size).toBe(0);
  });

  test('of one role outlives that of another', () => {
    const action: Action = { kind: 'revoke', of: 'phone', role: 'node' };
    expect(afterActions([[action, seen(paired(READ), { done: true })]], IN).devices.phone.dead.size).toBe(0);
  });
});

describe('a setup code', () => {
  const NODE = permissionsOf('node', []);
  const shows = (over: Partial<KnockAction> = {}): KnockAction =>
    knock(NODE, { role: 'node', shows: 'setup-code', ...over });
  const joined = [shows(), seen(paired(NODE), admitted(NODE))] as const;
  const turnedAway = [shows(), seen(NOBODY, refused)] as const;
  const MADE = afterActions([[{ kind: 'mint', limited: true }, seen(NOBODY)]]);

  test('counts as an approval of what it grants, without another decision', () => {
    const { phone, laptop } = afterActions([joined], MADE).devices;
    expect(isEntitled(phone, shows(), NEW)).toBe(true);
    expect(exceeds(phone, knock(READ), NEW)).toBe(true);
    expect(laptop.most).toEqual(NONE);
  });

  test('is spent by the device that it paired, until another one is issued', () => {
    expect(START.code).toBeNull();
    expect(MADE.code).toEqual({ left: 'fresh' });
    expect(afterActions([turnedAway], MADE).code).toEqual({ left: 'shown' });
    const spent = { left: 'spent', by: 'phone' };
    expect(afterActions([joined], MADE).code).toEqual(spent);
    expect(afterActions([joined, turnedAway, [{ kind: 'restart' }, seen(NOBODY)]], MADE).code).toEqual(spent);
    expect(afterActions([joined, [{ kind: 'mint', limited: true }, seen(NOBODY)]], MADE).code).toEqual({
      left: 'fresh',
    });
  });

  test('is kept by a device that it admitted without more access', () => {
    const comes = [shows({ asks: READ, role: 'operator' }), seen(paired(READ), admitted(READ))] as const;
    const known = afterActions([[{ kind: 'mint', limited: true }, seen(paired(READ))]], IN);
    expect(afterActions([comes], known).code).toEqual({ left: 'kept', by: 'phone' });
    expect(afterActions([comes, turnedAway], known).code).toEqual({ left: 'kept', by: 'phone' });
    const both = READ.union(NODE);
    const here = [shows({ from: 'loopback' }), seen(paired(both), admitted(NODE))] as const;
    expect(afterActions([here], known).code).toEqual({ left: 'kept', by: 'phone' });
  });

  test('that admitted no client grants nothing, whatever the pairing list shows', () => {
    const { phone } = afterActions([[shows(), seen(paired(NODE), refused)]], MADE).devices;
    expect(exceeds(phone, shows(), NEW)).toBe(true);
  });
});

describe('a session has to end', () => {
  const byToken: State = {
    ...IN,
    sessions: { phone: { role: 'operator', rights: READ, byToken: true, settled: true } },
  };

  test('with its device and its role, and with its token if the token opened it', () => {
    expect(mustEnd(IN, { kind: 'remove', of: 'phone' })).toEqual(['phone']);
    expect(mustEnd(IN, { kind: 'revoke', of: 'phone', role: 'operator' })).toEqual(['phone']);
    expect(mustEnd(byToken, { kind: 'rotate', of: 'phone', by: null, role: 'operator', scopes: null })).toEqual([
      'phone',
    ]);
  });

  test('for no other reason', () => {
    expect(mustEnd(IN, { kind: 'remove', of: 'laptop' })).toEqual([]);
    expect(mustEnd(IN, { kind: 'revoke', of: 'phone', role: 'node' })).toEqual([]);
    expect(mustEnd(IN, { kind: 'rotate', of: 'phone', by: null, role: 'operator', scopes: null })).toEqual([]);
    expect(mustEnd(IN, { kind: 'approve', of: 'phone', by: null })).toEqual([]);
  });
});

test('after a known break, the model accepts what the pairing list shows', () => {
  const widened = afterActions([[knock(WRITE), seen(waits('one', WRITE), refused)]], ASKED);
  expect(withListApproved(widened).devices.phone.waiting?.first).toEqual(WRITE);
  const minted = afterActions(
    [
      [
        { kind: 'rotate', of: 'phone', by: null, role: 'operator', scopes: ['operator.write'] },
        seen(paired(WRITE), { done: true }),
      ],
    ],
    APPROVED,
  );
  expect(exceeds(withListApproved(minted).devices.phone, knock(WRITE), NEW)).toBe(false);
});

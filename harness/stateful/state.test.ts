import { describe, expect, test } from 'vitest';
import type { Action, KnockAction, Seen } from './action.ts';
import type { Entry } from './devices.ts';
import { forgiving, nextState } from './next-state.ts';
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
function afterDeeds(actions: readonly (readonly [Action, Seen])[], from: State = START, release = NEW): State {
  return actions.reduce((state, [action, what]) => nextState(state, action, what, release), from);
}

const ASKED = afterDeeds([[knock(READ), seen(waits('one', READ), refused)]]);
const APPROVED = afterDeeds([[{ kind: 'approve', of: 'phone', by: null }, seen(paired(READ), { done: true })]], ASKED);
const IN = afterDeeds(
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
  test('is nothing before an operator said so, and what it asked for afterwards', () => {
    expect(exceeds(ASKED.devices.phone, knock(READ), NEW)).toBe(true);
    expect(isEntitled(APPROVED.devices.phone, knock(READ), NEW)).toBe(true);
    expect(exceeds(APPROVED.devices.phone, knock(WRITE), NEW)).toBe(true);
    expect(exceeds(APPROVED.devices.phone, knock(permissionsOf('node', []), { role: 'node' }), NEW)).toBe(true);
  });

  test('holds for both programs with its key, and for nobody else', () => {
    expect(APPROVED.devices.laptop.most).toEqual(NONE);
    expect(isEntitled(APPROVED.devices.phone, knock(READ, { by: 'phone-too' }), NEW)).toBe(true);
  });

  test('holds on the machine that it was approved on, from 2026.2.26', () => {
    const moved = knock(READ, { machine: WINDOWS });
    expect(exceeds(APPROVED.devices.phone, moved, NEW)).toBe(true);
    expect(isEntitled(APPROVED.devices.phone, moved, releaseOf('2026.2.19'))).toBe(true);
  });

  test('grows on the gateway’s own machine by what the list then shows', () => {
    const got = afterDeeds([[knock(WRITE, { from: 'loopback' }), seen(paired(WRITE), admitted(WRITE))]], APPROVED);
    expect(isEntitled(got.devices.phone, knock(WRITE), NEW)).toBe(true);
    const without = afterDeeds([[knock(WRITE, { from: 'loopback' }), seen(paired(READ), admitted(WRITE))]], APPROVED);
    expect(exceeds(without.devices.phone, knock(WRITE), NEW)).toBe(true);
  });

  test('is unchanged by a rejection, and nothing once it was removed', () => {
    const asksAgain = afterDeeds([[knock(WRITE), seen(paired(READ, { id: 'two', rights: WRITE }), refused)]], APPROVED);
    const rejected = afterDeeds([[{ kind: 'reject', of: 'phone' }, seen(paired(READ), { done: true })]], asksAgain);
    expect(rejected.devices.phone).toMatchObject({ most: READ, sure: READ, waiting: null });
    const removed = afterDeeds([[{ kind: 'remove', of: 'phone' }, seen(NOBODY, { done: true })]], IN);
    expect(exceeds(removed.devices.phone, knock(READ), NEW)).toBe(true);
  });

  test('waits for the owner once its token was revoked, from 2026.3.31', () => {
    const revoke: Action = { kind: 'revoke', of: 'phone', role: 'operator' };
    const late = afterDeeds([[revoke, seen(paired(READ), { done: true })]], IN);
    expect(exceeds(late.devices.phone, knock(READ), NEW)).toBe(true);
    const early = afterDeeds([[revoke, seen(paired(READ), { done: true })]], IN, releaseOf('2026.3.28'));
    expect(isEntitled(early.devices.phone, knock(READ), releaseOf('2026.3.28'))).toBe(true);
  });

  test('is not changed by what the gateway denied', () => {
    const denied = afterDeeds(
      [[{ kind: 'revoke', of: 'phone', role: 'operator' }, seen(paired(READ), { done: false })]],
      IN,
    );
    expect(denied.devices.phone.sure).toEqual(READ);
    expect(denied.devices.phone.dead.size).toBe(0);
  });
});

describe('a request', () => {
  test('is remembered by what its id first stood for, and by everything that was asked meanwhile', () => {
    const same = afterDeeds([[knock(WRITE), seen(waits('one', WRITE), refused)]], ASKED);
    expect(same.devices.phone.waiting).toMatchObject({ first: READ, asked: WRITE, last: WRITE });
    const another = afterDeeds([[knock(WRITE), seen(waits('two', WRITE), refused)]], ASKED);
    expect(another.devices.phone.waiting).toMatchObject({ first: WRITE });
    expect(staleIdOf(another.devices.phone)).toBe('one');
  });

  test('is stale once it was decided, and not while it waits', () => {
    expect(staleIdOf(ASKED.devices.phone)).toBeNull();
    expect(staleIdOf(APPROVED.devices.phone)).toBe('one');
  });
});

describe('a token', () => {
  test('is good until something may have replaced it, and dead once it was revoked, rotated or removed', () => {
    expect(IN.tokens.phone).toMatchObject({ value: 'first', sure: true });
    const kept = { done: true, tokens: { phone: 'first', 'phone-too': null, laptop: null } };
    const ends: Action[] = [
      { kind: 'revoke', of: 'phone', role: 'operator' },
      { kind: 'rotate', of: 'phone', by: null, role: 'operator', scopes: null },
      { kind: 'remove', of: 'phone' },
    ];
    for (const action of ends)
      expect(afterDeeds([[action, seen(paired(READ), kept)]], IN).devices.phone.dead).toEqual(new Set(['first']));
    const approved = afterDeeds([[{ kind: 'approve', of: 'phone', by: null }, seen(paired(READ), kept)]], IN);
    expect(approved.tokens.phone?.sure).toBe(false);
    expect(approved.devices.phone.dead.size).toBe(0);
  });

  test('of one role outlives that of another', () => {
    const action: Action = { kind: 'revoke', of: 'phone', role: 'node' };
    expect(afterDeeds([[action, seen(paired(READ), { done: true })]], IN).devices.phone.dead.size).toBe(0);
  });
});

describe('a setup code', () => {
  const NODE = permissionsOf('node', []);
  const shows = (over: Partial<KnockAction> = {}): KnockAction =>
    knock(NODE, { role: 'node', shows: 'setup-code', ...over });
  const joined = [shows(), seen(paired(NODE), admitted(NODE))] as const;
  const turnedAway = [shows(), seen(NOBODY, refused)] as const;
  const MADE = afterDeeds([[{ kind: 'mint', limited: true }, seen(NOBODY)]]);

  test('is the owner’s word for what it hands over, without anybody being asked', () => {
    const { phone, laptop } = afterDeeds([joined], MADE).devices;
    expect(isEntitled(phone, shows(), NEW)).toBe(true);
    expect(exceeds(phone, knock(READ), NEW)).toBe(true);
    expect(laptop.most).toEqual(NONE);
  });

  test('is spent by whoever came in with it, until another one is made', () => {
    expect(START.code).toBeNull();
    expect(MADE.code).toEqual({ left: 'fresh' });
    expect(afterDeeds([turnedAway], MADE).code).toEqual({ left: 'shown' });
    const spent = { left: 'spent', by: 'phone' };
    expect(afterDeeds([joined], MADE).code).toEqual(spent);
    expect(afterDeeds([joined, turnedAway, [{ kind: 'restart' }, seen(NOBODY)]], MADE).code).toEqual(spent);
    expect(afterDeeds([joined, [{ kind: 'mint', limited: true }, seen(NOBODY)]], MADE).code).toEqual({ left: 'fresh' });
  });

  test('is kept by a device that came in with it and got nothing for it', () => {
    const comes = [shows({ asks: READ, role: 'operator' }), seen(paired(READ), admitted(READ))] as const;
    const known = afterDeeds([[{ kind: 'mint', limited: true }, seen(paired(READ))]], IN);
    expect(afterDeeds([comes], known).code).toEqual({ left: 'kept', by: 'phone' });
    expect(afterDeeds([comes, turnedAway], known).code).toEqual({ left: 'kept', by: 'phone' });
    const both = READ.union(NODE);
    const here = [shows({ from: 'loopback' }), seen(paired(both), admitted(NODE))] as const;
    expect(afterDeeds([here], known).code).toEqual({ left: 'kept', by: 'phone' });
  });

  test('that let nobody in gives nothing, whatever the list then shows', () => {
    const { phone } = afterDeeds([[shows(), seen(paired(NODE), refused)]], MADE).devices;
    expect(exceeds(phone, shows(), NEW)).toBe(true);
  });
});

describe('a session has to end', () => {
  const byToken: State = {
    ...IN,
    sessions: { phone: { role: 'operator', rights: READ, byToken: true, settled: true } },
  };

  test('with its device and with its role, and with its token where it came by that', () => {
    expect(mustEnd(IN, { kind: 'remove', of: 'phone' })).toEqual(['phone']);
    expect(mustEnd(IN, { kind: 'revoke', of: 'phone', role: 'operator' })).toEqual(['phone']);
    expect(mustEnd(byToken, { kind: 'rotate', of: 'phone', by: null, role: 'operator', scopes: null })).toEqual([
      'phone',
    ]);
  });

  test('for nothing else', () => {
    expect(mustEnd(IN, { kind: 'remove', of: 'laptop' })).toEqual([]);
    expect(mustEnd(IN, { kind: 'revoke', of: 'phone', role: 'node' })).toEqual([]);
    expect(mustEnd(IN, { kind: 'rotate', of: 'phone', by: null, role: 'operator', scopes: null })).toEqual([]);
    expect(mustEnd(IN, { kind: 'approve', of: 'phone', by: null })).toEqual([]);
  });
});

test('what a release is known to do wrong is taken as given from then on', () => {
  const widened = afterDeeds([[knock(WRITE), seen(waits('one', WRITE), refused)]], ASKED);
  expect(forgiving(widened).devices.phone.waiting?.first).toEqual(WRITE);
  const minted = afterDeeds(
    [
      [
        { kind: 'rotate', of: 'phone', by: null, role: 'operator', scopes: ['operator.write'] },
        seen(paired(WRITE), { done: true }),
      ],
    ],
    APPROVED,
  );
  expect(exceeds(forgiving(minted).devices.phone, knock(WRITE), NEW)).toBe(false);
});

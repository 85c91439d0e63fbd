import type { Action, KnockAction } from './action.ts';
import { type DeviceName, type Entry, type Machine, type Program, programsOf } from './devices.ts';
import { exceeding, NONE, type Permissions, type Role } from './permissions.ts';
import type { Release } from './releases.ts';

/** What is remembered of a device while it has a request. */
export type Waiting = {
  /** Everything that it asked for meanwhile. */
  asked: Permissions;
  /** What it asked for last. */
  last: Permissions;
  /** What the id that stands now stood for when it was first seen. */
  first: Permissions;
  machines: readonly Machine[];
};

/** A token that a program was given, for what it then asked, and whether nothing happened since that may have replaced it. */
export type Token = { value: string; role: Role; asks: Permissions; sure: boolean };

export type Device = {
  /** The most that it may do: what operators approved, and what it got for itself on the gateway's own machine. */
  most: Permissions;
  /** What it must get without another question. */
  sure: Permissions;
  /** Where it was approved; null while it is not paired. */
  machine: Machine | null;
  /** Roles that were taken away with their token. */
  revoked: ReadonlySet<Role>;
  waiting: Waiting | null;
  /** Every request id that was seen, oldest first. */
  ids: readonly string[];
  /** Tokens that must not work any more. */
  dead: ReadonlySet<string>;
  /** Whether an operator ever approved it. */
  byOperator: boolean;
  /** What the list said of it last. */
  list: Entry;
};

/** An open session of a program. `settled`: nothing was decided about its device since it came in, so that nothing may end it. */
export type Session = { role: Role; rights: Permissions; byToken: boolean; settled: boolean };

/**
 * What is left of a setup code. `fresh`: nobody showed it. `shown`: whoever did was not let in. `kept`: it let in a device that had what
 * it asked for already, or may have got it for being local, and that may come again. `spent`: it paired a device, or gave it more.
 */
export type Code = { left: 'fresh' | 'shown' } | { left: 'kept' | 'spent'; by: DeviceName };

/** Everything that the model knows. */
export type State = {
  devices: Readonly<Record<DeviceName, Device>>;
  tokens: Readonly<Partial<Record<Program, Token>>>;
  sessions: Readonly<Partial<Record<Program, Session>>>;
  /** The setup code that was made last; null where none was. */
  code: Code | null;
  restarted: boolean;
};

const UNKNOWN: Entry = { rights: null, approved: NONE, platform: null, request: null };

/** A device that nobody knows. */
export const STRANGER: Device = {
  most: NONE,
  sure: NONE,
  machine: null,
  revoked: new Set(),
  waiting: null,
  ids: [],
  dead: new Set(),
  byOperator: false,
  list: UNKNOWN,
};

/** Nobody is paired, nobody has asked. */
export const START: State = {
  devices: { phone: STRANGER, laptop: STRANGER },
  tokens: {},
  sessions: {},
  code: null,
  restarted: false,
};

/** The oldest id of a device that does not stand for a waiting request (any more). */
export function staleIdOf({ ids, list }: Device): string | null {
  const [oldest] = ids;
  return oldest === undefined || oldest === list.request?.id ? null : oldest;
}

/** Whether an approval covers what a knock asks for, on the machine that it was given for. */
export function isEntitled(device: Device, { asks, role, machine }: KnockAction, release: Release): boolean {
  const covered = release.has('admin-includes-the-rest')
    ? exceeding(asks, device.sure).size === 0
    : asks.isSubsetOf(device.sure);
  return covered && device.sure.has(role) && !isElsewhere(device, machine, release);
}

/** Whether what a knock asks for goes beyond everything that was ever approved, or comes from another machine. */
export function exceeds(device: Device, { asks, role, machine }: KnockAction, release: Release): boolean {
  return exceeding(asks, device.most).size > 0 || device.revoked.has(role) || isElsewhere(device, machine, release);
}

function isElsewhere({ machine: known }: Device, machine: Machine, release: Release): boolean {
  return release.has('pinned-metadata') && known !== null && known.platform !== machine.platform;
}

/** The programs whose session a decision has to end, once it was carried out. */
export function mustEnd({ sessions }: State, action: Action): Program[] {
  if (action.kind !== 'revoke' && action.kind !== 'remove' && action.kind !== 'rotate') return [];
  return programsOf(action.of).filter((program) => {
    const session = sessions[program];
    if (session === undefined) return false;
    if (action.kind === 'remove') return true;
    // Rotation replaces the token; a session that was opened with the shared secret does not hang on it.
    return session.role === action.role && (action.kind === 'revoke' || session.byToken);
  });
}

import type { Action, KnockAction } from './action.ts';
import { type DeviceName, type Entry, type Machine, type Program, programsOf } from './devices.ts';
import { exceeding, NONE, type Permissions, type Role } from './permissions.ts';
import type { Release } from './releases.ts';

/** What the model remembers about a device while it has a pending request. */
export type Waiting = {
  /** Everything that the device asked for since. */
  asked: Permissions;
  /** What the device asked for last. */
  last: Permissions;
  /** What the current request id stood for when the model first observed it. */
  first: Permissions;
  machines: readonly Machine[];
};

/** A device token of a program, with what the program asked for when it was issued. `sure`: nothing since may have replaced the token. */
export type Token = { value: string; role: Role; asks: Permissions; sure: boolean };

export type Device = {
  /** The most that the device may hold: what operators approved, and what the gateway approved silently for it as a local client. */
  most: Permissions;
  /** What the gateway must grant to the device without another approval. */
  sure: Permissions;
  /** The machine for which it was approved; null while it is not paired. */
  machine: Machine | null;
  /** Roles that the device lost with a revoked token. */
  revoked: ReadonlySet<Role>;
  waiting: Waiting | null;
  /** Every observed request id of the device, oldest first. */
  ids: readonly string[];
  /** Tokens that the gateway must refuse. */
  dead: ReadonlySet<string>;
  /** Whether an operator has approved the device. */
  byOperator: boolean;
  /** The last observed entry of the device in the pairing list. */
  list: Entry;
};

/** An open session of a program. `settled`: no decision about its device since the session began, so nothing may end it. */
export type Session = { role: Role; rights: Permissions; byToken: boolean; settled: boolean };

/**
 * The state of a setup code. `fresh`: no client has presented it. `shown`: the clients that presented it were refused. `kept`: it admitted a
 * device that had the access already, or may have got it as a local client; this device may use it again. `spent`: it paired a device, or
 * gave a device more access.
 */
export type Code = { left: 'fresh' | 'shown' } | { left: 'kept' | 'spent'; by: DeviceName };

/** The state of the reference model. */
export type State = {
  devices: Readonly<Record<DeviceName, Device>>;
  tokens: Readonly<Partial<Record<Program, Token>>>;
  sessions: Readonly<Partial<Record<Program, Session>>>;
  /** The last issued setup code; null if there is none. */
  code: Code | null;
  restarted: boolean;
};

const UNKNOWN: Entry = { rights: null, approved: NONE, platform: null, request: null };

/** A device that the gateway does not know. */
export const UNKNOWN_DEVICE: Device = {
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

/** The initial state: no device is paired, and there is no request. */
export const START: State = {
  devices: { phone: UNKNOWN_DEVICE, laptop: UNKNOWN_DEVICE },
  tokens: {},
  sessions: {},
  code: null,
  restarted: false,
};

/** The oldest request id of a device, unless it is the id of its pending request; then null. */
export function staleIdOf({ ids, list }: Device): string | null {
  const [oldest] = ids;
  return oldest === undefined || oldest === list.request?.id ? null : oldest;
}

/** Whether what a knock asks for is approved for its device, on the machine that the knock reports. */
export function isEntitled(device: Device, { asks, role, machine }: KnockAction, release: Release): boolean {
  const covered = release.has('admin-includes-the-rest')
    ? exceeding(asks, device.sure).size === 0
    : asks.isSubsetOf(device.sure);
  return covered && device.sure.has(role) && !isAnotherMachine(device, machine, release);
}

/** Whether a knock asks for more than was ever approved, for a revoked role, or reports another machine. */
export function exceeds(device: Device, { asks, role, machine }: KnockAction, release: Release): boolean {
  return (
    exceeding(asks, device.most).size > 0 || device.revoked.has(role) || isAnotherMachine(device, machine, release)
  );
}

function isAnotherMachine({ machine: known }: Device, machine: Machine, release: Release): boolean {
  return release.has('pinned-metadata') && known !== null && known.platform !== machine.platform;
}

/** The programs whose session the gateway must end after it has carried out a decision. */
export function mustEnd({ sessions }: State, action: Action): Program[] {
  if (action.kind !== 'revoke' && action.kind !== 'remove' && action.kind !== 'rotate') return [];
  return programsOf(action.of).filter((program) => {
    const session = sessions[program];
    if (session === undefined) return false;
    if (action.kind === 'remove') return true;
    // Rotation replaces the token; a session that was opened with the shared secret does not depend on it.
    return session.role === action.role && (action.kind === 'revoke' || session.byToken);
  });
}

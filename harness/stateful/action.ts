import type { Cause } from '../scenario/schema/observation.ts';
import { DEVICE_OF, type DeviceName, type Entry, type Machine, type Program } from './devices.ts';
import { describePermissions, type Permissions, type Role } from './permissions.ts';

/** The credential that a program presents in addition to the signature of its key. Every program knows the last setup code. */
export type PresentedCredential = 'secret' | 'device-token' | 'setup-code';

/** The vantages of the model: from another machine on the network, or from the gateway's own machine. */
export type From = 'lan' | 'loopback';

export type KnockAction = {
  kind: 'knock';
  by: Program;
  from: From;
  role: Role;
  asks: Permissions;
  machine: Machine;
  shows: PresentedCredential;
};

/** Who decides: a program on its open session, or null for the operator, who may decide everything. */
export type Decider = Program | null;

/** One action of a sequence: a knock, a decision of a program or of the operator, a setup code, or a restart of the gateway. */
export type Action =
  | KnockAction
  | { kind: 'approve'; of: DeviceName; by: Decider }
  | { kind: 'approve-stale'; of: DeviceName }
  | { kind: 'reject'; of: DeviceName }
  | { kind: 'rotate'; of: DeviceName; by: Decider; role: Role; scopes: readonly string[] | null }
  | { kind: 'revoke'; of: DeviceName; role: Role }
  | { kind: 'remove'; of: DeviceName }
  // `limited`: the command gets `--limited`, so that the code grants no administration. Releases whose codes never grant it lack the
  // option.
  | { kind: 'mint'; limited: boolean }
  | { kind: 'restart' };

/** The outcome of a knock. `undecided`: a timeout, a crash, or an answer that cannot be read. */
export type KnockOutcome =
  | { kind: 'admitted'; rights: Permissions }
  | { kind: 'refused'; cause: Cause }
  | { kind: 'undecided'; text: string };

/** The observation of an action. */
export type Seen = {
  /** The outcome of a knock; null for other actions. */
  met: KnockOutcome | null;
  /**
   * Whether the gateway carried out a decision; null for other actions, and if the session of the deciding program ended before an answer.
   */
  done: boolean | null;
  /** The entries of the pairing list after the action. */
  list: Record<DeviceName, Entry>;
  /** The last device token of each program. */
  tokens: Record<Program, string | null>;
  /** The programs whose session is open. */
  open: ReadonlySet<Program>;
  /** Secrets, by name and place, that the gateway disclosed. */
  leaked: readonly string[];
};

/** The device that an action is about; null for an action about all devices. */
export function deviceOf(action: Action): DeviceName | null {
  switch (action.kind) {
    case 'knock':
      return DEVICE_OF[action.by];
    case 'mint':
    case 'restart':
      return null;
    default:
      return action.of;
  }
}

/** The program that decides; null if the operator decides, or if the action is no decision. */
export const deciderOf = (action: Action): Decider =>
  action.kind === 'approve' || action.kind === 'rotate' ? action.by : null;

const SHOWN: Record<PresentedCredential, string> = {
  secret: 'the shared secret',
  'device-token': 'its device token',
  'setup-code': 'the setup code',
};

/** The action in words. */
export function describeAction(action: Action): string {
  switch (action.kind) {
    case 'knock': {
      const key = action.by === DEVICE_OF[action.by] ? '' : ` with the key of ${DEVICE_OF[action.by]}`;
      return `${action.by} knocks from ${action.from}${key}, on ${action.machine.platform}, shows ${SHOWN[action.shows]} and asks for ${describePermissions(action.asks)}`;
    }
    case 'approve':
      return `${action.by ?? 'the operator'} approves the request of ${action.of}`;
    case 'approve-stale':
      return `the operator approves an old request id of ${action.of}`;
    case 'reject':
      return `the operator rejects the request of ${action.of}`;
    case 'rotate': {
      const scopes = action.scopes === null ? '' : `, for ${action.scopes.join(', ') || 'no scopes'}`;
      return `${action.by ?? 'the operator'} rotates the ${action.role} token of ${action.of}${scopes}`;
    }
    case 'revoke':
      return `the operator revokes the ${action.role} token of ${action.of}`;
    case 'remove':
      return `the operator removes ${action.of}`;
    case 'mint':
      return `the operator issues a${action.limited ? ' limited' : ''} setup code, and every program gets it`;
    case 'restart':
      return 'the gateway restarts';
  }
}

/** The observation of an action, in words. */
export function describeSeen({ met, done }: Seen): string {
  if (met?.kind === 'admitted') return `admitted as ${describePermissions(met.rights)}`;
  if (met?.kind === 'refused') return `refused: ${met.cause}`;
  if (met?.kind === 'undecided') return met.text;
  return done === null ? 'over' : done ? 'done' : 'denied';
}

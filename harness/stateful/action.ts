import type { Cause } from '../scenario/observation.ts';
import { DEVICE_OF, type DeviceName, type Entry, type Machine, type Program } from './devices.ts';
import { describePermissions, type Permissions, type Role } from './permissions.ts';

/** What a program shows at the door beside the signature of its key. The setup code that was made last is known to all of them. */
export type Shown = 'secret' | 'device-token' | 'setup-code';

/** Where the model has programs knock from: from elsewhere on the network, or on the gateway's own machine. */
export type From = 'lan' | 'loopback';

export type KnockAction = {
  kind: 'knock';
  by: Program;
  from: From;
  role: Role;
  asks: Permissions;
  machine: Machine;
  shows: Shown;
};

/** Who decides: a program on its open session, or null for the operator of the harness, who may do everything. */
export type Decider = Program | null;

/** One thing that is done to the gateway: by a program, by the operator, or to the gateway itself. */
export type Action =
  | KnockAction
  | { kind: 'approve'; of: DeviceName; by: Decider }
  | { kind: 'approve-stale'; of: DeviceName }
  | { kind: 'reject'; of: DeviceName }
  | { kind: 'rotate'; of: DeviceName; by: Decider; role: Role; scopes: readonly string[] | null }
  | { kind: 'revoke'; of: DeviceName; role: Role }
  | { kind: 'remove'; of: DeviceName }
  // `limited`: the command is told to hand over no administration; releases that never do know no such option.
  | { kind: 'mint'; limited: boolean }
  | { kind: 'restart' };

/** How the gateway met a knock. `undecided`: it hung, broke or said what cannot be read. */
export type Met =
  | { kind: 'admitted'; rights: Permissions }
  | { kind: 'refused'; cause: Cause }
  | { kind: 'undecided'; text: string };

/** What was seen of a deed and after it. */
export type Seen = {
  /** Of a knock. */
  met: Met | null;
  /** Of a decision: whether the gateway carried it out; null also where whoever asked was cut off before an answer. */
  done: boolean | null;
  /** What the pairing list says afterwards. */
  list: Record<DeviceName, Entry>;
  /** The token that each program was given last. */
  tokens: Record<Program, string | null>;
  /** The programs whose session is open. */
  open: ReadonlySet<Program>;
  /** Secrets, by name and place, that were shown where they do not belong. */
  leaked: readonly string[];
};

/** The device that a deed is about; null for what is about all of them. */
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

/** The program that decides; null where it is the operator, or nobody. */
export const deciderOf = (action: Action): Decider =>
  action.kind === 'approve' || action.kind === 'rotate' ? action.by : null;

const SHOWN: Record<Shown, string> = {
  secret: 'the shared secret',
  'device-token': 'its device token',
  'setup-code': 'the setup code',
};

/** The deed in words. */
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
      return `the operator makes a${action.limited ? ' limited' : ''} setup code, and everybody sees it`;
    case 'restart':
      return 'the gateway restarts';
  }
}

/** In words, what was seen of it. */
export function describeSeen({ met, done }: Seen): string {
  if (met?.kind === 'admitted') return `let in as ${describePermissions(met.rights)}`;
  if (met?.kind === 'refused') return `refused: ${met.cause}`;
  if (met?.kind === 'undecided') return met.text;
  return done === null ? 'over' : done ? 'done' : 'denied';
}

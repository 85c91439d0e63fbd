import { OPERATOR_SCOPES, withImplied } from '../scenario/schema/scopes.ts';

/**
 * How a caller gets its session.
 * - `paired`: with the shared secret and a key of its own; the harness's operator approves what waits.
 * - `no-device`: with the shared secret alone, as a service does that has no key.
 * - `device-token`: paired, then again with the device token that it was given, without the shared secret.
 * - `setup-code`: as a phone that scans the code of `openclaw qr`.
 * - `handed-over`: as the same phone, then as an operator with the device token that the code gave it.
 * - `revoked`: paired and connected; then the operator revokes its device token, and the session calls on.
 */
type Admission = 'paired' | 'no-device' | 'device-token' | 'setup-code' | 'handed-over' | 'revoked';

/** A kind of caller. `place` is the gateway's own machine (loopback), or another one (lan). */
export type Caller = {
  id: string;
  place: Place;
  admission: Admission;
  role: 'operator' | 'node';
  /** The scopes that it asks for. */
  asks: readonly string[];
};

export const PLACES = ['local', 'remote'] as const;
type Place = (typeof PLACES)[number];

/** Every scope of an operator; operator.admin implies the others. */
export const EVERY_SCOPE = withImplied(['operator.admin']);

/** A scope without the prefix that all of them share. */
export const shortScope = (scope: string): string => scope.replace(/^operator\./, '');

/** What a caller is, without its place. */
type Kind = Omit<Caller, 'id' | 'place'> & { name: string };

const paired = (name: string, asks: readonly string[]): Kind => ({ name, admission: 'paired', role: 'operator', asks });

/** The scopes of a caller whose rights must not outlive, or differ by, its credential: those that most clients have. */
const USUAL = ['operator.read', 'operator.write'];

const KINDS: readonly Kind[] = [
  paired('none', []),
  ...EVERY_SCOPE.map((scope) => paired(shortScope(scope), [scope])),
  // What the gateway's own command and its Control UI ask for, clients that chat, and clients that only decide.
  paired('command', OPERATOR_SCOPES),
  paired('read+write', USUAL),
  paired('approvals+pairing', ['operator.approvals', 'operator.pairing']),
  { name: 'no-device', admission: 'no-device', role: 'operator', asks: OPERATOR_SCOPES },
  { name: 'device-token', admission: 'device-token', role: 'operator', asks: USUAL },
  { name: 'node', admission: 'paired', role: 'node', asks: [] },
  { name: 'revoked', admission: 'revoked', role: 'operator', asks: OPERATOR_SCOPES },
];

/** A phone is never on the gateway's own machine. */
const PHONES: readonly Kind[] = [
  { name: 'setup-code', admission: 'setup-code', role: 'node', asks: [] },
  { name: 'handed-over', admission: 'handed-over', role: 'operator', asks: USUAL },
];

/**
 * Kinds that call from the gateway's own machine, too. Each scope alone calls from another machine only: where a caller is decides by what it is
 * admitted, and these show whether it decides anything else.
 */
const ALSO_LOCAL = [
  'none',
  'admin',
  'read',
  'write',
  'pairing',
  'command',
  'no-device',
  'device-token',
  'node',
  'revoked',
];

/** Every kind of caller at its place. An id never changes: published matrices name it. */
export const CALLERS: readonly Caller[] = [...KINDS, ...PHONES].flatMap(({ name, ...kind }) =>
  PLACES.filter((place) => place === 'remote' || ALSO_LOCAL.includes(name)).map((place) => ({
    id: `${place}/${name}`,
    place,
    ...kind,
  })),
);

import type { CallEnd, Connection } from '../client/connection.ts';
import type { Order } from '../order.ts';
import { type Probe, probesOf } from './scope-probes.ts';

/** The result of the probing calls of a session: the scopes that it holds, or why they are unknown. */
export type ScopeProof = { kind: 'proved'; scopes: string[] } | { kind: 'unknown'; why: string };

/**
 * The result of one call: the session holds the scope (`held`), does not (`missing`), the call was denied for another scope (`nothing`), or
 * the call did not reach the scope check (`unreached`).
 */
type Shown = 'held' | 'missing' | 'nothing' | 'unreached';

/**
 * Denials for a missing scope that do not name the scope: those of a node; and those of 2026.9.6 for a session with no scope but one for
 * sessions, which suffices for the call only if a person is signed in.
 */
const NOT_BY_SCOPE = [/unauthorized role/i, /session-scoped access requires/i];

function shownBy(end: CallEnd, { needs }: Probe): Shown {
  switch (end.kind) {
    case 'answered':
      return 'held';
    case 'denied': {
      const { code, message } = end.error;
      if (NOT_BY_SCOPE.some((pattern) => pattern.test(message))) return 'missing';
      const missing = /missing scope:? *([\w.]*)/i.exec(message);
      if (missing !== null) return needs.includes(missing[1] ?? '') ? 'nothing' : 'missing';
      return code === 'UNAVAILABLE' || /unknown method/i.test(message) ? 'unreached' : 'held';
    }
    case 'closed':
    case 'timeout':
      return 'unreached';
  }
}

function sayEnd(end: CallEnd): string {
  switch (end.kind) {
    case 'answered':
      return 'an answer';
    case 'denied':
      return `${end.error.code}: ${end.error.message}`;
    case 'closed':
      return `a close with ${end.code}`;
    case 'timeout':
      return `no answer in ${end.afterMs} ms`;
  }
}

/**
 * How many probing calls are made on the session of a node. 2026.9.6 ends a connection at the eleventh call that the role may not make, and
 * a scenario makes further calls. The seed decides which calls these are, so that over many runs each call is made.
 */
const NODE_PROBES = 6;

/** The session whose scopes are to be proved, and how to probe it. */
export type ScopeProofRequest = {
  /** The release of the gateway; it decides which calls exist. */
  release: string;
  /** The scopes that hello-ok grants; null if it states none. */
  granted: readonly string[] | null;
  /** The role that hello-ok states; null if it states none. */
  role: string | null;
  asked: readonly string[];
  /** The order of the calls, from the seed. */
  order: Order;
  /** How long a call may take, in milliseconds. */
  withinMs: number;
};

/**
 * Makes calls on an admitted connection, and gives the scopes that the session holds. The scopes in hello-ok do not suffice: on 2026.4.1
 * they are those of the device token if the device has more scopes than the session asked for, and a gateway may grant scopes without
 * stating them.
 * - A scope that another held scope implies is in the result only if hello-ok states it or the client asked for it.
 * - A scope is taken from hello-ok (or, if that states none, from the scopes asked for) if no call decides about it.
 * - If a call is not answered in time, or the release does not know its method, the result is `unknown`: it proves neither the scope nor
 *   its absence.
 * Does not throw.
 */
export async function proveScopes(
  connection: Connection,
  { release, granted, role, asked, order, withinMs }: ScopeProofRequest,
): Promise<ScopeProof> {
  const said = new Set([...(granted ?? []), ...asked]);
  const probes = probesOf(release);
  const probed = await Promise.all(
    order
      .shuffled(probes)
      .slice(0, role === 'node' ? NODE_PROBES : probes.length)
      .map(async (probe) => {
        const end = await connection.call(probe.method, probe.params(), withinMs);
        return { probe, end, shown: shownBy(end, probe) };
      }),
  );
  const unreached = probed.find(({ shown }) => shown === 'unreached');
  if (unreached !== undefined) {
    const { probe, end } = unreached;
    return { kind: 'unknown', why: `${probe.method}, which shows ${probe.scope}, ended with ${sayEnd(end)}` };
  }
  const decided = probed.filter(({ shown }) => shown !== 'nothing');
  const shown = decided.filter((each) => each.shown === 'held').map(({ probe }) => probe);
  const isShown = (scope: string): boolean => shown.some((probe) => probe.scope === scope);
  const proved = shown
    .filter(({ scope, alsoBy }) => said.has(scope) || !alsoBy.some(isShown))
    .map(({ scope }) => scope);
  const undecided = (granted ?? asked).filter((scope) => !decided.some(({ probe }) => probe.scope === scope));
  const held = new Set([...proved, ...undecided]);
  // The order of the result does not depend on the order of the calls, so that reports can be compared: scopes that were granted or asked
  // for come first, in that order.
  return {
    kind: 'proved',
    scopes: [...said, ...probes.map(({ scope }) => scope)].filter((scope) => held.delete(scope)),
  };
}

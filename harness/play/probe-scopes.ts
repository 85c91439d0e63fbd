import type { CallEnd, Connection } from '../client/connection.ts';
import type { Order } from '../order.ts';
import { type Probe, probesOf } from './scope-probes.ts';

/** What calls showed of a session: the scopes that it really holds, or why that cannot be known. */
export type Proof = { kind: 'proved'; scopes: string[] } | { kind: 'unknown'; why: string };

/** What one probe shows: the scope is held, or not, or the call says nothing of it; or it never came to the scope check. */
type Shown = 'held' | 'missing' | 'nothing' | 'unreached';

/**
 * Denials that name no scope: of a node, and of 2026.9.6 where the session has no more than a right to sessions, by which the call is let
 * through for people who are signed in.
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
 * Probes of a node's session. 2026.9.6 ends a connection at the eleventh call that its role may not make, and a scenario has calls of its own.
 * Which ones they are is left to the order, so that in the end each is made.
 */
const NODE_PROBES = 6;

/** How a session is looked at. */
export type ProofRequest = {
  /** Of the gateway: which calls it has. */
  release: string;
  /** The scopes that hello-ok grants; null where it says nothing. */
  granted: readonly string[] | null;
  /** The role that hello-ok names; null where it names none. */
  role: string | null;
  asked: readonly string[];
  /** In which order the calls are made. */
  order: Order;
  /** How long a call may take, in milliseconds. */
  withinMs: number;
};

/**
 * Which scopes the session really holds, whatever hello-ok grants and whatever was asked for: hello-ok may speak of the
 * device token instead (2026.4.1 does, where the device has more than this session asked for), and a gateway that grants in
 * silence says nothing at all. A scope with which others come along is named alone, and those only where they were said or asked. A scope
 * without a probe, or whose probe says nothing of it, is taken at the word of hello-ok. A probe that is not answered in time, or that the
 * release does not know, proves neither the scope nor its absence.
 */
export async function proveScopes(
  connection: Connection,
  { release, granted, role, asked, order, withinMs }: ProofRequest,
): Promise<Proof> {
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
  // Reports are read and compared: what was said comes first, as it was said, whatever order the calls were made in.
  return {
    kind: 'proved',
    scopes: [...said, ...probes.map(({ scope }) => scope)].filter((scope) => held.delete(scope)),
  };
}

import type { CallEnd, Connection } from '../client/connection.ts';
import { IMPLIED_SCOPES } from '../gateway/operator.ts';

/**
 * A call per scope that no session without the scope gets past, and that does nothing: its parameters are refused after
 * the scope was checked. Names hold from 2026.2.17 to 2026.9.6.
 */
const PROBES: Record<string, string> = {
  'operator.read': 'sessions.resolve',
  'operator.write': 'chat.abort',
  'operator.admin': 'agents.delete',
  'operator.pairing': 'device.pair.reject',
  'operator.approvals': 'exec.approval.resolve',
};

/** What calls showed of a session: the scopes that it really holds, or why that cannot be known. */
export type Proof = { kind: 'proved'; scopes: string[] } | { kind: 'unknown'; why: string };

/** Whether the session got past the scope check; null where the call never came to it. */
function gotPast(end: CallEnd): boolean | null {
  switch (end.kind) {
    case 'answered':
      return true;
    case 'denied':
      if (/missing scope|unauthorized role/i.test(end.error.message)) return false;
      return end.error.code === 'UNAVAILABLE' || /unknown method/i.test(end.error.message) ? null : true;
    case 'closed':
    case 'timeout':
      return null;
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
 * Which scopes the session really holds, whatever hello-ok grants and whatever was asked for: hello-ok may speak of the
 * device token instead (2026.4.1 does, where the device has more than this session asked for), and a gateway that grants in
 * silence says nothing at all. What a held scope implies is named only where it was said or asked. A scope without a probe
 * is taken at the word of hello-ok; `granted` is null where that says nothing. A probe that is not answered within
 * `withinMs`, or that the release does not know, proves neither the scope nor its absence.
 */
export async function proveScopes(
  connection: Connection,
  granted: readonly string[] | null,
  asked: readonly string[],
  withinMs: number,
): Promise<Proof> {
  const said = new Set([...(granted ?? []), ...asked]);
  const candidates = [...new Set([...said, ...Object.keys(PROBES)])];
  const probed = await Promise.all(
    candidates.map(async (scope) => {
      const method = PROBES[scope];
      if (method === undefined) return { scope, holds: (granted ?? asked).includes(scope), why: '' };
      const end = await connection.call(method, {}, withinMs);
      return { scope, holds: gotPast(end), why: `${method}, which shows ${scope}, ended with ${sayEnd(end)}` };
    }),
  );
  const unknown = probed.find(({ holds }) => holds === null);
  if (unknown !== undefined) return { kind: 'unknown', why: unknown.why };
  const held = probed.filter(({ holds }) => holds).map(({ scope }) => scope);
  const implied = new Set(held.flatMap((scope) => (IMPLIED_SCOPES[scope] ?? []).filter((other) => other !== scope)));
  return { kind: 'proved', scopes: held.filter((scope) => said.has(scope) || !implied.has(scope)) };
}

import type { Connection } from '../client/connection.ts';

/**
 * A call per scope that no session without the scope gets past, and that does nothing: its parameters are refused after
 * the scope was checked. Names hold from 2026.2.17 to 2026.9.6; admin stands above all of them.
 */
const PROBES: Record<string, string> = {
  'operator.read': 'sessions.resolve',
  'operator.write': 'chat.abort',
  'operator.admin': 'agents.delete',
  'operator.pairing': 'device.pair.reject',
  'operator.approvals': 'exec.approval.resolve',
};

const PROBE_MS = 15_000;

/**
 * Which scopes the session really holds, of those that hello-ok grants and those that were asked for: hello-ok may speak of
 * the device token instead (2026.4.1 does, where the device has more than this session asked for). A scope without a probe
 * is taken at the word of hello-ok; `granted` is null where that says nothing.
 */
export async function proveScopes(
  connection: Connection,
  granted: readonly string[] | null,
  asked: readonly string[],
): Promise<string[]> {
  const candidates = [...new Set([...(granted ?? []), ...asked])];
  const proved = await Promise.all(
    candidates.map(async (scope) => {
      const method = PROBES[scope];
      if (method === undefined) return (granted ?? asked).includes(scope);
      const end = await connection.call(method, {}, PROBE_MS);
      if (end.kind === 'answered') return true;
      return end.kind === 'denied' && !/missing scope|unauthorized role/i.test(end.error.message);
    }),
  );
  return candidates.filter((_, index) => proved[index]);
}

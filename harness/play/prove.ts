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

/** Which of the claimed scopes the session really holds. A scope without a probe is taken at its word. */
export async function proveScopes(connection: Connection, claimed: readonly string[]): Promise<string[]> {
  const proved = await Promise.all(
    claimed.map(async (scope) => {
      const method = PROBES[scope];
      if (method === undefined) return true;
      const end = await connection.call(method, {}, PROBE_MS);
      if (end.kind === 'answered') return true;
      return end.kind === 'denied' && !/missing scope|unauthorized role/i.test(end.error.message);
    }),
  );
  return claimed.filter((_, index) => proved[index]);
}

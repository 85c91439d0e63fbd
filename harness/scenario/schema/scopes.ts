/** Every scope that operators have had since 2026.2. */
export const OPERATOR_SCOPES = [
  'operator.admin',
  'operator.approvals',
  'operator.pairing',
  'operator.read',
  'operator.write',
] as const;

/** Scopes that later releases add: 2026.8.1 those of questions and of talk, 2026.9.6 those of sessions. */
const LATER_SCOPES = [
  'operator.questions',
  'operator.talk',
  'operator.talk.secrets',
  'operator.sessions.read',
  'operator.sessions.write',
] as const;

/**
 * Scopes that imply other scopes, on every release from 2026.2.26 that has the others (scenario
 * stale-scopes/admin-is-a-superset, and `operatorScopeSatisfied` in the package of 2026.9.6).
 */
export const IMPLIED_SCOPES: Readonly<Record<string, readonly string[]>> = {
  'operator.admin': [...OPERATOR_SCOPES, ...LATER_SCOPES],
  'operator.write': ['operator.read', 'operator.talk', 'operator.sessions.read', 'operator.sessions.write'],
  'operator.read': ['operator.sessions.read'],
  'operator.sessions.write': ['operator.sessions.read'],
};

/** Gives these scopes and all that they imply, without duplicates. */
export function withImplied(scopes: readonly string[]): string[] {
  return [...new Set(scopes.flatMap((scope) => [scope, ...(IMPLIED_SCOPES[scope] ?? [])]))];
}

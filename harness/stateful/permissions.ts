import { IMPLIED_SCOPES } from '../scenario/schema/scopes.ts';

export const ROLES = ['operator', 'node'] as const;
export type Role = (typeof ROLES)[number];

/** The permissions of a device: its roles ("operator", "node") and its scopes ("operator.read"). */
export type Permissions = ReadonlySet<string>;

export const NONE: Permissions = new Set();

/** The permissions of one role with these scopes. */
export function permissionsOf(role: string, scopes: readonly string[]): Permissions {
  return new Set([role, ...scopes]);
}

/** The permissions with all scopes that they imply. */
export function withImplied(rights: Permissions): Permissions {
  return rights.union(new Set([...rights].flatMap((right) => IMPLIED_SCOPES[right] ?? [])));
}

/** The permissions of `rights` that are neither in `held` nor implied by it. */
export function exceeding(rights: Permissions, held: Permissions): Permissions {
  return rights.difference(withImplied(held));
}

/** The scopes among the permissions, sorted, without the roles. */
export function scopesIn(rights: Permissions): string[] {
  return [...rights].filter((right) => right.includes('.')).sort();
}

/** The permissions that are left without a role and its scopes. */
export function permissionsWithout(rights: Permissions, role: Role): Permissions {
  return new Set([...rights].filter((right) => right !== role && !right.startsWith(`${role}.`)));
}

/** "operator with operator.read, operator.write", or "nothing". */
export function describePermissions(rights: Permissions): string {
  const roles = [...rights].filter((right) => !right.includes('.')).sort();
  const scopes = scopesIn(rights);
  if (rights.size === 0) return 'nothing';
  const roleText = roles.length === 0 ? 'no role' : roles.join(' and ');
  return `${roleText} with ${scopes.length === 0 ? 'no scopes' : scopes.join(', ')}`;
}

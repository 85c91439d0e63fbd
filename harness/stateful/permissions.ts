import { IMPLIED_SCOPES } from '../scenario/scopes.ts';

export const ROLES = ['operator', 'node'] as const;
export type Role = (typeof ROLES)[number];

/** What a device may do: roles that it may come in ("operator", "node") and scopes that it may hold there ("operator.read"). */
export type Permissions = ReadonlySet<string>;

export const NONE: Permissions = new Set();

/** A role with scopes, as rights. */
export function permissionsOf(role: string, scopes: readonly string[]): Permissions {
  return new Set([role, ...scopes]);
}

/** The rights with everything that they imply. */
export function withImplied(rights: Permissions): Permissions {
  return rights.union(new Set([...rights].flatMap((right) => IMPLIED_SCOPES[right] ?? [])));
}

/** What of these rights is neither among those that are held nor implied by them. */
export function exceeding(rights: Permissions, held: Permissions): Permissions {
  return rights.difference(withImplied(held));
}

/** The scopes among the rights, without the roles. */
export function scopesIn(rights: Permissions): string[] {
  return [...rights].filter((right) => right.includes('.')).sort();
}

/** The rights that go when a role is taken away: the role itself, and its scopes. */
export function permissionsWithout(rights: Permissions, role: Role): Permissions {
  return new Set([...rights].filter((right) => right !== role && !right.startsWith(`${role}.`)));
}

/** "operator with operator.read, operator.write", or "nothing". */
export function describePermissions(rights: Permissions): string {
  const roles = [...rights].filter((right) => !right.includes('.')).sort();
  const scopes = scopesIn(rights);
  if (rights.size === 0) return 'nothing';
  const whoever = roles.length === 0 ? 'no role' : roles.join(' and ');
  return `${whoever} with ${scopes.length === 0 ? 'no scopes' : scopes.join(', ')}`;
}

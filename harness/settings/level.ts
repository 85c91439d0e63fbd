import { compareAccessLevels } from '../judge/access-level.ts';
import type { KnockSeen } from './seen-settings.ts';

/** How far a knock came and with which scopes. */
type Access = Pick<KnockSeen, 'reached' | 'scopes'>;

/** Whether the first access is more open than the second (1), less open (-1), or neither (0); null if one of them is not known. */
export function compareAccess(one: Access, other: Access): 1 | -1 | 0 | null {
  const [a, b] = [one.reached, other.reached];
  if (a === 'undecided' || b === 'undecided') return null;
  if (a === 'unreachable' || b === 'unreachable') return a === b ? 0 : a === 'unreachable' ? -1 : 1;
  const levels = compareAccessLevels(a, b);
  if (levels !== 0 || a !== 'admitted') return levels;
  const isMore = one.scopes.some((scope) => !other.scopes.includes(scope));
  const isLess = other.scopes.some((scope) => !one.scopes.includes(scope));
  return isMore ? 1 : isLess ? -1 : 0;
}

/** An access in words: `admitted with operator.read`, `refused before authentication (origin)`. */
export function sayAccess({ reached, scopes, said }: KnockSeen): string {
  if (reached === 'admitted') return `admitted with ${scopes.length === 0 ? 'no scope' : scopes.join(', ')}`;
  return said === '' ? reached : `${reached} (${said})`;
}

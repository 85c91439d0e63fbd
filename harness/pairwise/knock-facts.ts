import type { Cause, Observation } from '../scenario/schema/observation.ts';
import { IMPLIED_SCOPES } from '../scenario/schema/scopes.ts';
import type { ProbeName } from './cell.ts';
import { type Access, type Cell, PRIORS, PROOFS, ROUTES } from './dimensions.ts';
import type { Seen } from './knock-property.ts';

/** Whether the access includes the scope, by itself or by one that implies it. null is no access. */
export function allows(access: Access | null, scope: string): boolean {
  const scopes: readonly string[] = access?.scopes ?? [];
  return scopes.includes(scope) || scopes.some((held) => IMPLIED_SCOPES[held]?.includes(scope) === true);
}

export const isElsewhere = ({ route }: Cell): boolean => !ROUTES[route].here;
export const isApproved = ({ prior }: Cell): boolean => PRIORS[prior].approved !== null;
export const hasDevice = ({ proof }: Cell): boolean => proof !== 'no-device';
export const isSigned = ({ proof }: Cell): boolean => PROOFS[proof].good;

/** The scopes of an admitted client; null if the client was not admitted. */
export function heldIn({ outcome }: Observation): readonly string[] | null {
  return outcome?.kind === 'admitted' ? outcome.scopes : null;
}

export const wasAdmitted = (seen: Observation): boolean => heldIn(seen) !== null;
export const isApprovedNow = ({ pairing }: Observation): boolean => pairing === 'approved-silently';
export const causeOf = ({ outcome }: Observation): Cause | null => (outcome?.kind === 'refused' ? outcome.cause : null);

/** The kinds of the audit events of a probe. */
export const events = ({ audit }: Observation): string[] => (audit ?? []).map(({ event }) => event);

/** The probes that send the claims of the cell; `elsewhere` sends a valid signature and the right secret. */
export const AS_CLAIMED = ['knock', 'replay', 'again'] as const satisfies ProbeName[];
export const AFRESH = ['knock', 'again'] as const satisfies ProbeName[];

/** The probes among `names` for which `test` is true. */
export function where(seen: Seen, names: readonly ProbeName[], test: (look: Observation) => boolean): ProbeName[] {
  return names.filter((name) => test(seen[name]));
}

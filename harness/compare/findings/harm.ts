import { grantedAccessOf } from '../../judge/access-level.ts';
import type { ObservationChange } from '../../results/comparison.ts';
import { HARMS, type Harm } from '../../results/finding.ts';
import type { Observation } from '../../scenario/schema/observation.ts';

const ADMIN = 'operator.admin';

const scopesIn = (observation: Observation): readonly string[] => grantedAccessOf(observation)?.scopes ?? [];
const isAdmitted = (observation: Observation): boolean => grantedAccessOf(observation)?.level === 'admitted';
const hasToken = ({ outcome }: Observation): boolean => outcome?.kind === 'admitted' && outcome.deviceToken;

/** The harm of a weakening for a remote client. */
function ofWeakening(base: Observation, head: Observation): Harm {
  const gained = scopesIn(head).filter((scope) => !scopesIn(base).includes(scope));
  if (gained.includes(ADMIN)) return 'remote-admin';
  if ((head.leaked ?? []).some((leak) => !(base.leaked ?? []).includes(leak))) return 'remote-secret';
  if (isAdmitted(head) && !isAdmitted(base)) return 'remote-admission';
  if (head.pairing === 'approved-silently' && base.pairing !== 'approved-silently') return 'remote-admission';
  if (gained.length > 0) return 'remote-scopes';
  return hasToken(head) && !hasToken(base) ? 'remote-secret' : 'remote-nearer';
}

/** What a change means for users and for the boundary; null for no change. Pure. */
export function harmOf({ change, local, accepted, base, head }: ObservationChange): Harm | null {
  switch (change) {
    case 'weakened':
      if (accepted !== null) return 'accepted';
      return local ? 'local-gain' : ofWeakening(base.observation, head.observation);
    case 'tightened':
      return local ? 'local-loss' : 'remote-loss';
    case 'unrecorded':
      return 'unlogged';
    case 'broke':
    case 'recovered':
      return 'undecided';
    case 'changed':
      return 'other';
    case 'same':
      return null;
  }
}

/** The place of a harm in their order: 0 is the worst. */
export function rankOf(harm: Harm): number {
  return HARMS.indexOf(harm);
}

/**
 * The tier of each harm. A later change of the same client follows from an earlier one unless its tier is worse, and changes of one cause are of one
 * tier: whoever is admitted gets the scopes that it asks for, so one cause gives some clients administration and others less.
 */
const TIERS: readonly (readonly Harm[])[] = [
  ['remote-admin', 'remote-admission', 'remote-secret', 'remote-scopes', 'remote-nearer'],
  ['unlogged'],
  ['local-gain'],
  ['undecided'],
  ['local-loss'],
  ['accepted'],
  ['remote-loss', 'other'],
];

/** The number of the tier of a harm; 0 is the worst. */
export function tierOf(harm: Harm): number {
  return TIERS.findIndex((tier) => tier.includes(harm));
}

import { FACTS, type FactId } from '../scenario/releases/facts.ts';
import { inRange } from '../scenario/releases/range.ts';

/** The release facts on which the model depends. Every other assumption of the model holds on every release. */
export const MODEL_FACTS = [
  'pinned-metadata',
  'admin-includes-the-rest',
  'device-tokens',
  'revocation-takes-the-role',
  'setup-codes',
  'limited-setup-codes',
  'silent-pairings-are-retired',
] as const satisfies readonly FactId[];
export type Fact = (typeof MODEL_FACTS)[number];

/** A release by the version that the gateway reports, and which facts hold on it. */
export type Release = { version: string; has(fact: Fact): boolean };

/** The releases on which a fact holds, as a range. */
export const releasesWith = (fact: Fact): string => FACTS[fact].releases;

export function releaseOf(version: string): Release {
  return { version, has: (fact) => inRange(version, releasesWith(fact)) };
}

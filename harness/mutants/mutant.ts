import type { Edit } from './patch.ts';

/** The releases that mutants are made from: one of each generation of the gateway's code. */
export const MUTATED_RELEASES = ['2026.4.1', '2026.9.6'] as const;
export type MutatedRelease = (typeof MUTATED_RELEASES)[number];

/** The part of the gateway that a mutant changes. */
export type Area =
  | 'locality'
  | 'forwarded headers'
  | 'trusted proxies'
  | 'host and origin'
  | 'device proof'
  | 'credentials'
  | 'rate limit'
  | 'scopes'
  | 'roles'
  | 'metadata'
  | 'silent approval'
  | 'decisions of others'
  | 'revocation'
  | 'setup codes'
  | 'pairing list'
  | 'audit'
  | 'secrets'
  | 'recognition'
  | 'a fix';

/** Something for each release that a mutant is made from; absent where the mutant is not made, or nothing is to be said. */
type ByRelease<T> = { readonly [release in MutatedRelease]?: T };

/**
 * A gateway that is weakened or fixed on purpose. It is made from a published package and exists in no release: a mutant says nothing
 * about a gateway that a user runs.
 */
export type Mutant = {
  /** Words joined by hyphens, the same on every release. */
  id: string;
  /** The changed behaviour of the gateway, in one sentence. */
  says: string;
  area: Area;
  /** Ids of checks that must show another result than on the unchanged release; for a fix, right behaviour. */
  expectedKills: readonly string[];
  /** Ids of checks that must show another result on one release only, in addition to `expectedKills`. */
  further?: ByRelease<readonly string[]>;
  /** The edits that make the mutant of each release. */
  on: ByRelease<readonly Edit[]>;
  /** Why one noticing check is enough. Given where the order of play decides which checks notice the mutant. */
  bySome?: string;
  /** Why no check notices the mutant yet. Every kill matrix reports it as a known hole of the suite until a check notices it. */
  unseen?: string;
  /** The issue or pull request of a fix that upstream made or that was proposed. The named checks must pass on this gateway. */
  fix?: string;
};

/** The same edits on each release, for code that has the same names in both generations. */
export function onBoth(...edits: readonly Edit[]): Mutant['on'] {
  return { '2026.4.1': edits, '2026.9.6': edits };
}

/** The same edit on each release, for code that is in another function since: `older` on 2026.4.1, `newer` on 2026.9.6. */
export function onBothWithin(older: string, newer: string, edit: Edit): Mutant['on'] {
  return { '2026.4.1': [{ ...edit, in: older }], '2026.9.6': [{ ...edit, in: newer }] };
}

/** A mutant of one release, which `postern selftest` builds and plays. `expectedKills`: every check that must notice it there. */
export type MutantBuild = {
  mutant: Mutant;
  release: MutatedRelease;
  edits: readonly Edit[];
  expectedKills: readonly string[];
};

/** The builds of each mutant, in the order of `mutants` and then of MUTATED_RELEASES. */
export function buildsOf(mutants: readonly Mutant[]): MutantBuild[] {
  return mutants.flatMap((mutant) =>
    MUTATED_RELEASES.flatMap((release): MutantBuild[] => {
      const edits = mutant.on[release];
      if (edits === undefined) return [];
      return [
        { mutant, release, edits, expectedKills: [...mutant.expectedKills, ...(mutant.further?.[release] ?? [])] },
      ];
    }),
  );
}

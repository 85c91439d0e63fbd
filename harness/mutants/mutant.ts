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

/** The edits of one release, and in `expectedKills` the checks that must notice the mutant on this release in addition to `expectedKills`. */
export type Change = { edits: readonly Edit[]; expectedKills?: readonly string[] };

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
  on: { readonly [release in MutatedRelease]?: Change };
  /** Why one noticing check is enough. Given where the order of play decides which checks notice the mutant. */
  bySome?: string;
  /** Why no check notices the mutant yet. Every kill matrix reports it as a known hole of the suite until a check notices it. */
  unseen?: string;
  /** The issue or pull request of a fix that upstream made or that was proposed. The named checks must pass on this gateway. */
  fix?: string;
};

/** The same edits on each release, for code that has the same names in both generations. */
export function onBoth(...edits: readonly Edit[]): Mutant['on'] {
  return { '2026.4.1': { edits }, '2026.9.6': { edits } };
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
      const change = mutant.on[release];
      if (change === undefined) return [];
      return [
        {
          mutant,
          release,
          edits: change.edits,
          expectedKills: [...mutant.expectedKills, ...(change.expectedKills ?? [])],
        },
      ];
    }),
  );
}

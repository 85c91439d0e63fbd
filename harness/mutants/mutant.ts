import type { Edit } from './patch.ts';

/** The releases that mutants are made of: one of each generation of the gateway. */
export const MUTATED_RELEASES = ['2026.4.1', '2026.9.6'] as const;
export type MutatedRelease = (typeof MUTATED_RELEASES)[number];

/** What a weakened gateway no longer looks at, or does not say. */
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

/** How one release is changed, and which checks see it there besides those that see it on every release. */
export type Change = { edits: readonly Edit[]; trips?: readonly string[] };

/**
 * A gateway that is wrong on purpose, or mended on purpose. It is made from a published package and exists in no release: what stands
 * here says nothing about a gateway that anybody runs.
 */
export type Mutant = {
  /** Words joined by hyphens, the same on every release. */
  id: string;
  /** What this gateway does otherwise, in one sentence. */
  says: string;
  area: Area;
  /** Checks that must show something else than on the release itself; on a mended gateway, what is right at last. */
  expectedKills: readonly string[];
  on: { readonly [release in MutatedRelease]?: Change };
  /** Why some of them are enough, where which of them see it is chance: it hangs on the order of play. */
  bySome?: string;
  /** Why no check sees it yet: a hole in the suite that is known, and told in every kill matrix until a check fills it. */
  unseen?: string;
  /** Given for a fix that upstream made or proposed, with where: this gateway must pass. */
  fix?: string;
};

/** For code that both generations have under the same names: the same edits on each. */
export function onBoth(...edits: readonly Edit[]): Mutant['on'] {
  return { '2026.4.1': { edits }, '2026.9.6': { edits } };
}

/** A mutant of one release: what is built and played. */
export type MutantBuild = { mutant: Mutant; release: MutatedRelease; edits: readonly Edit[]; trips: readonly string[] };

/** Every mutant on every release that it is made of, in the order of the table and of the releases. */
export function buildsOf(mutants: readonly Mutant[]): MutantBuild[] {
  return mutants.flatMap((mutant) =>
    MUTATED_RELEASES.flatMap((release): MutantBuild[] => {
      const change = mutant.on[release];
      if (change === undefined) return [];
      return [{ mutant, release, edits: change.edits, trips: [...mutant.expectedKills, ...(change.trips ?? [])] }];
    }),
  );
}

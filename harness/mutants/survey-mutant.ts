import type { Showing } from '../settings/showing.ts';
import type { Edit } from './patch.ts';

/** The releases that mutants for surveys are made from: one of each generation of the code that authorises calls and HTTP requests. */
export const SURVEYED_RELEASES = ['2026.4.1', '2026.7.1', '2026.9.6'] as const;
export type SurveyedRelease = (typeof SURVEYED_RELEASES)[number];

/** What must notice a mutant. */
export type Expected = {
  /** Whether the comparison with the unchanged release must show that a caller or a request gets more. */
  comparison: boolean;
  /** Ids of the properties that must have a finding that the unchanged release does not have. */
  properties: readonly string[];
};

/** A gateway that lets a caller or an HTTP request get more behind the door. It exists in no release. */
export type SurveyMutant = {
  /** Words joined by hyphens, the same on every release. */
  id: string;
  /** The changed behaviour of the gateway, in one sentence. */
  says: string;
  expects: Expected;
  /** What must notice it on some releases, in place of `expects`. */
  expectsOn?: { readonly [release in SurveyedRelease]?: Expected };
  /** The configurations that show a mutant of access settings, which takes minutes to play at all of them. Absent: the whole survey is played. */
  shownBy?: readonly Showing[];
  /** The edits that make the mutant of each release; absent where it is not made. */
  on: { readonly [release in SurveyedRelease]?: readonly Edit[] };
  /** Why the survey does not notice the mutant. It is reported as a known hole until something notices it. */
  unseen?: string;
};

/** A mutant of one release, which `postern selftest` builds and surveys. */
export type SurveyBuild = {
  mutant: SurveyMutant;
  release: SurveyedRelease;
  edits: readonly Edit[];
  expected: Expected;
};

/** What notices nothing; for a known hole. */
export const NOTHING: Expected = { comparison: false, properties: [] };

/** What must notice a mutant that only the comparison can notice, because the release declares nothing that the mutant breaks. */
export const COMPARISON: Expected = { comparison: true, properties: [] };

/** The comparison, and these properties. */
export function comparisonAnd(...properties: readonly string[]): Expected {
  return { comparison: true, properties };
}

/** These properties alone: the mutant lets nobody do more, but breaks what else was promised. */
export function propertiesAlone(...properties: readonly string[]): Expected {
  return { comparison: false, properties };
}

/** The same edits on each release, for code that has the same names in all generations. */
export function onEach(...edits: readonly Edit[]): SurveyMutant['on'] {
  return { '2026.4.1': edits, '2026.7.1': edits, '2026.9.6': edits };
}

/** The builds of each mutant, in the order of `mutants` and then of SURVEYED_RELEASES. */
export function surveyBuildsOf(mutants: readonly SurveyMutant[]): SurveyBuild[] {
  return mutants.flatMap((mutant) =>
    SURVEYED_RELEASES.flatMap((release): SurveyBuild[] => {
      const edits = mutant.on[release];
      if (edits === undefined) return [];
      return [{ mutant, release, edits, expected: mutant.expectsOn?.[release] ?? mutant.expects }];
    }),
  );
}

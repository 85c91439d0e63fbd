import { EXIT, type ExitCode } from '../exit.ts';
import type { Violation } from '../survey/survey.ts';
import type { Noticed } from './noticed.ts';
import type { SurveyBuild } from './survey-mutant.ts';

/**
 * What became of a mutant in a survey. `killed`: everything that it names notices it. `known hole`: nothing notices it, and its entry says why.
 * Every other fate is a fault: of the survey, of the entry, or of the mutant.
 */
export type SurveyFate = Noticed & {
  kind: 'killed' | 'known hole' | 'survived' | 'seen in part' | 'seen after all' | 'broken';
  /** What the mutant names and what does not notice it: `comparison`, or ids of properties. */
  missed: readonly string[];
  /** Why a mutant is broken, or why nothing notices it; null otherwise. */
  why: string | null;
};

/** A mutant of one release with its fate. */
export type SurveyResult = { build: SurveyBuild; fate: SurveyFate };

/** The fate of a mutant that could not be built or surveyed; `why` is the reason. */
export function brokenInSurvey(why: string): SurveyFate {
  return { kind: 'broken', gains: [], breaches: [], missed: [], why };
}

/** The fate of a mutant, from what the survey notices of it. */
export function surveyFateOf({ mutant, expected }: SurveyBuild, noticed: Noticed): SurveyFate {
  const { gains, breaches } = noticed;
  const isUnseen = gains.length === 0 && breaches.length === 0;
  if (mutant.unseen !== undefined)
    return { ...noticed, kind: isUnseen ? 'known hole' : 'seen after all', missed: [], why: mutant.unseen };
  const missed = [
    ...(expected.comparison && gains.length === 0 ? ['comparison'] : []),
    ...expected.properties.filter((property) => !breaches.some((breach) => breach.property === property)),
  ];
  const kind = isUnseen ? 'survived' : missed.length > 0 ? 'seen in part' : 'killed';
  return { ...noticed, kind, missed, why: null };
}

/** Whether the fate is the intended one. */
export function isMeant({ kind }: SurveyFate): boolean {
  return kind === 'killed' || kind === 'known hole';
}

/** The exit code of one result: 3 for a broken mutant, 1 for another fault, else 0. */
export function exitCodeOfResult({ fate }: SurveyResult): ExitCode {
  if (isMeant(fate)) return EXIT.holds;
  return fate.kind === 'broken' ? EXIT.environment : EXIT.failed;
}

/** The ids of the properties that notice a mutant, each once, with the number of their breaches. */
export function propertiesIn(breaches: readonly Violation[]): { id: string; breaches: number }[] {
  return [...Map.groupBy(breaches, ({ property }) => property)].map(([id, of]) => ({ id, breaches: of.length }));
}

import { UsageError } from '../exit.ts';
import type { PreparedSurvey, Survey, SurveyMeans } from '../survey/survey.ts';
import { type Noticed, newBreaches } from './noticed.ts';
import type { SurveyBuild } from './survey-mutant.ts';

/** A survey as the selftest of mutants uses it: how it is played, what it notices, and how its results are kept. */
export type MutantSurvey<Seen> = {
  /** The name of its command, and of the files of its results. */
  name: string;
  /** Prepares the play of these parts; null for the whole survey. */
  prepare(means: SurveyMeans, parts: readonly string[] | null): Promise<PreparedSurvey<Seen>>;
  /** The parts that show a mutant of a release; null for the whole survey. */
  partsOf(build: SurveyBuild): readonly string[] | null;
  /** What it notices of a mutant in comparison with its unchanged release, of which the parts that the mutant was played in count. */
  noticed(base: Seen, mutant: Seen): Noticed;
  /** A digest of what is played; kept results with another one are played again. */
  digest: string;
  toStored(seen: Seen): unknown;
  /** Reads what was kept; null if it is of another form, or was played in another way. */
  fromStored(value: unknown): Seen | null;
};

/** The changes with which somebody gets more. */
const GAINS: readonly string[] = ['weakened', 'open', 'wider', 'new'];

/** A survey of which parts can be played alone: how they are played, which show a mutant, and what of a base was played in a mutant too. */
type InParts<Seen> = Pick<MutantSurvey<Seen>, 'prepare' | 'partsOf'> & { sameParts(base: Seen, mutant: Seen): Seen };

/** Makes a survey one of mutants. `digest` stands for what is played, if the survey does not store that itself. */
export function mutantSurvey<Seen, Stored, Finding, Comparison, Report>(
  survey: Survey<Seen, Stored, Finding, Comparison, Report>,
  digest: string,
  inParts: InParts<Seen> = { prepare: survey.prepare, partsOf: () => null, sameParts: (base) => base },
): MutantSurvey<Seen> {
  const { name, toStored } = survey;
  const { prepare, partsOf, sameParts } = inParts;
  return {
    ...{ name, prepare, partsOf, toStored, digest },
    noticed(whole, mutant) {
      const base = sameParts(whole, mutant);
      const { findings, introduced, comparison } = survey.judge(mutant, base);
      const changes = comparison === null ? [] : survey.changesOf(comparison, introduced);
      return {
        gains: changes
          .filter(({ kind }) => GAINS.includes(kind))
          .map(({ kind, where, gained }) => `${kind}: ${where}: ${gained}`),
        breaches: newBreaches(survey.findingsOf(base).map(survey.violationOf), findings.map(survey.violationOf)),
      };
    },
    fromStored(value) {
      const stored = survey.stored.safeParse(value);
      if (!stored.success) return null;
      try {
        return survey.fromStored(stored.data);
      } catch (error) {
        if (error instanceof UsageError) return null;
        throw error;
      }
    },
  };
}

import type { PreparedSurvey, SurveyMeans } from '../survey/survey.ts';
import type { Noticed } from './noticed.ts';

/** A survey as the selftest of mutants uses it: how it is played, what it notices, and how its results are kept. */
export type MutantSurvey<Seen> = {
  /** The name of its command, and of the files of its results. */
  name: string;
  prepare(means: SurveyMeans): Promise<PreparedSurvey<Seen>>;
  noticed(base: Seen, mutant: Seen): Noticed;
  /** A digest of what is played; kept results with another one are played again. */
  digest: string;
  toStored(seen: Seen): unknown;
  /** Reads what was kept; null if it is of another form, or was played in another way. */
  fromStored(value: unknown): Seen | null;
};

import type { SurveyChange } from '../results/comparison.ts';
import { parseJson } from '../text/json.ts';
import type { AboutSurvey, PreparedSurvey, Survey, SurveyMeans, Violation } from './survey.ts';

/** A survey as a part of a run. What was seen is in the form in which it is stored, redacted, so that a report can have it. */
export type SurveyPart = AboutSurvey & {
  prepare(means: SurveyMeans): Promise<PreparedSurvey<unknown>>;
  violations(seen: unknown): Violation[];
  /** How much was played, in words. */
  amountOf(seen: unknown): string;
  /** Why the absence of violations proves nothing, as a clause; null if everything was seen. */
  gapOf(seen: unknown): string | null;
  /** How base and head differ, worst first. Throws UsageError if one of the two was stored by another version. */
  compare(base: unknown, head: unknown): SurveyChange[];
};

/** Makes a part of a run of a survey. */
export function surveyPart<Seen, Stored, Finding, Comparison, Report>(
  survey: Survey<Seen, Stored, Finding, Comparison, Report>,
): SurveyPart {
  const { name, title, why, file, properties } = survey;
  const read = (seen: unknown): Seen => survey.fromStored(survey.stored.parse(seen));
  return {
    ...{ name, title, why, file, properties },
    async prepare(means) {
      const { work, ...stage } = await survey.prepare(means);
      const { redact } = means.secretRegistry;
      return {
        ...stage,
        work: async (played) => parseJson(redact(JSON.stringify(survey.toStored(await work(played))))),
      };
    },
    violations: (seen) => survey.findingsOf(read(seen)).map(survey.violationOf),
    amountOf: (seen) => survey.amountOf(read(seen)),
    gapOf: (seen) => survey.gapOf(read(seen)),
    compare(base, head) {
      const [before, after] = [read(base), read(head)];
      const { comparison, introduced } = survey.judge(after, before);
      if (comparison === null) return [];
      const violated = new Set(survey.findingsOf(before).map((finding) => survey.violationOf(finding).where));
      return survey
        .changesOf(comparison, introduced)
        .map((change) => ({ ...change, survey: name, isOfBase: violated.has(change.where), accepted: null }));
    },
  };
}

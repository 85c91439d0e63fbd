import type { SurveyChange } from '../results/comparison.ts';
import { parseJson } from '../text/json.ts';
import type { AboutSurvey, PreparedSurvey, Survey, SurveyMeans, Violation } from './survey.ts';

/** A violation with its callers or requests in words. */
export type SaidViolation = Omit<Violation, 'by'> & { by: string };

/** What a survey shows of a gateway: breaches of its properties, how much was played in words, and why their absence proves nothing (a clause; null if it does). */
type SurveyEvidence = { violations: SaidViolation[]; amount: string; gap: string | null };

/** A survey as a part of a run. What was seen is in the form in which it is stored, redacted, so that a report can have it. */
export type SurveyPart = AboutSurvey & {
  prepare(means: SurveyMeans): Promise<PreparedSurvey<unknown>>;
  evidenceIn(seen: unknown): SurveyEvidence;
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
    evidenceIn(stored) {
      const seen = read(stored);
      const violations = survey
        .findingsOf(seen)
        .map(survey.violationOf)
        .map((violation) => ({ ...violation, by: survey.sayBy(violation.by) }));
      return { violations, amount: survey.amountOf(seen), gap: survey.gapOf(seen) };
    },
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

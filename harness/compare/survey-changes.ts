import { UsageError } from '../exit.ts';
import type { SurveyChange } from '../results/comparison.ts';
import { type Report, surveyId } from '../results/report.ts';
import { SURVEYS, seenBy } from '../suite/surveys.ts';
import type { SurveyPart } from '../survey/survey-part.ts';

/** The order in which changes are shown: the one that matters most first. */
const ORDER: readonly SurveyChange['kind'][] = ['weakened', 'open', 'undecided', 'wider', 'new', 'tightened', 'gone'];

/**
 * How methods and HTTP routes differ between two reports of one gateway each, worst first. A survey that was played on only one of the two
 * is undecided; one that was played on none says nothing. Throws UsageError if what was stored cannot be compared.
 */
export function surveyChanges(base: Report, head: Report): SurveyChange[] {
  return SURVEYS.flatMap((part): SurveyChange[] => {
    const [before, after] = [seenBy(part, base), seenBy(part, head)];
    if (before === null && after === null) return [];
    if (before === null || after === null) {
      const which = before === null ? 'the base' : 'the head';
      return [{ ...NOBODY, survey: part.name, kind: 'undecided', where: `all of it, which was not seen on ${which}` }];
    }
    return part.compare(before, after);
  }).sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
}

const NOBODY = { gained: '', lost: '', isOfBase: false, accepted: null } as const;

/** Throws UsageError if the report of a base lacks a survey that its head was asked. */
export function requireSurveys(base: Report, asked: readonly SurveyPart[]): void {
  const lacking = asked.find((part) => seenBy(part, base) === null);
  if (lacking === undefined) return;
  throw new UsageError(
    `the base report ${base.run.id} lacks ${surveyId(lacking.name)}, which is played on the head`,
    'Make it with a profile: `postern run --profile pr --gateway …`.',
  );
}

import type { Violation } from '../survey/survey.ts';
import type { Noticed } from './noticed.ts';
import { COMPARISON, type SurveyBuild, type SurveyMutant } from './survey-mutant.ts';

/** What notices nothing, and a breach and a gain that notice something. */
export const UNNOTICED: Noticed = { gains: [], breaches: [] };
export const BREACH: Violation = {
  property: 'a-call-needs-its-scope',
  where: 'config.set',
  by: ['remote/write'],
  seen: 'allowed',
};
export const GAIN = 'weakened: config.set: write';

/** The build of a mutant that names the comparison, changed by `over`. */
export function buildOf(over: Partial<SurveyMutant> = {}): SurveyBuild {
  const mutant: SurveyMutant = {
    id: 'config-for-writers',
    says: 'The gateway lets writers write the config.',
    expects: COMPARISON,
    on: {},
    ...over,
  };
  return { mutant, release: '2026.4.1', edits: [], expected: mutant.expects };
}

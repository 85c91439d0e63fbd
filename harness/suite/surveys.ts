import { EVENTS_SURVEY } from '../events/events-survey.ts';
import { type Report, type ScenarioInfo, surveyId } from '../results/report.ts';
import { RIGHTS_SURVEY } from '../rights/rights-survey.ts';
import { ROUTES_SURVEY } from '../routes/routes-survey.ts';
import { PROFILES, SURVEY_NAMES } from '../scenario/catalogue/profile.ts';
import type { Selection } from '../scenario/catalogue/select.ts';
import { SETTINGS_SURVEY } from '../settings/settings-survey.ts';
import { type SurveyPart, surveyPart } from '../survey/survey-part.ts';
import { generatedInfo } from './property-check.ts';

/** Every survey that a run can play beside scenarios and decision table. */
export const SURVEYS: readonly SurveyPart[] = [
  surveyPart(RIGHTS_SURVEY),
  surveyPart(ROUTES_SURVEY),
  surveyPart(EVENTS_SURVEY),
  surveyPart(SETTINGS_SURVEY),
];

/**
 * The surveys that a run plays: those that the selection names; without a filter, and if they belong to the run (`isWhole`), those of its profile, or all
 * of them without a profile.
 */
export function surveysIn({ only, classes, tags, profile }: Selection, isWhole: boolean): SurveyPart[] {
  const isFiltered = only.length + classes.length + tags.length > 0;
  const ofProfile: readonly string[] = profile === null ? SURVEY_NAMES : PROFILES[profile.name].surveys;
  return SURVEYS.filter(({ name }) =>
    isFiltered ? only.includes(surveyId(name)) : isWhole && ofProfile.includes(name),
  );
}

/** The ids of the checks of a survey. */
export function checksOfSurvey({ name, properties }: SurveyPart): string[] {
  return properties.map(({ id }) => `${surveyId(name)}/${id}`);
}

/** The entry of a survey among the scenarios of a report. */
export function surveyInfo({ name, title, why, file }: SurveyPart): ScenarioInfo {
  return generatedInfo({ id: surveyId(name), title, why, file });
}

/** What a report of one gateway has of a survey; null if that was not played. */
export function seenBy({ name }: SurveyPart, { surveys = [] }: Pick<Report, 'surveys'>): unknown {
  const [seen, ...others] = surveys.filter(({ survey }) => survey === name);
  if (others.length > 0) throw new Error(`a report of one gateway has ${others.length + 1} times ${name}`);
  return seen?.seen ?? null;
}

import { createHash } from 'node:crypto';
import { EVENTS_SURVEY } from '../events/events-survey.ts';
import { OCCASIONS } from '../events/occasions.ts';
import { CALLERS } from '../rights/callers.ts';
import { PARAMETER_ROWS } from '../rights/parameter-rows.ts';
import { RIGHTS_SURVEY } from '../rights/rights-survey.ts';
import { ROUTES_SURVEY } from '../routes/routes-survey.ts';
import { SETTINGS, UNSAFE_VALUES } from '../settings/all-settings.ts';
import { KNOCKS } from '../settings/knocks.ts';
import { prepareSettings, SETTINGS_SURVEY } from '../settings/settings-survey.ts';
import { configurationsShowing } from '../settings/showing.ts';
import { mutantSurvey } from './mutant-survey.ts';

/** The digest of what is played: tables of callers, calls, settings or knocks. */
const digestOf = (...played: readonly unknown[]): string =>
  createHash('sha256').update(JSON.stringify(played)).digest('hex');

/** `postern selftest --rights`: each mutant plays the rights matrix. */
export const MUTANT_RIGHTS = mutantSurvey(RIGHTS_SURVEY, digestOf(CALLERS, PARAMETER_ROWS));

/** `postern selftest --routes`: each mutant plays the HTTP routes. Each stored route has a digest of what was played. */
export const MUTANT_ROUTES = mutantSurvey(ROUTES_SURVEY, '');

/** `postern selftest --events`: each mutant lets every caller listen. */
export const MUTANT_EVENTS = mutantSurvey(
  EVENTS_SURVEY,
  digestOf(
    CALLERS,
    OCCASIONS.map(({ id }) => id),
  ),
);

/** `postern selftest --settings`: each mutant plays the access settings. */
export const MUTANT_SETTINGS = mutantSurvey(SETTINGS_SURVEY, digestOf(SETTINGS, UNSAFE_VALUES, KNOCKS), {
  prepare: prepareSettings,
  partsOf: ({ mutant: { shownBy }, release }) =>
    shownBy === undefined ? null : configurationsShowing(shownBy, release),
  sameParts: (base, { configurations }) => ({
    ...base,
    configurations: base.configurations.filter(({ id }) => configurations.some((each) => each.id === id)),
  }),
});

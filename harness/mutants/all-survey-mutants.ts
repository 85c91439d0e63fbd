import type { SurveyName } from '../scenario/catalogue/profile.ts';
import { EVENTS_OF_GATEWAYS } from './events-of-gateways.ts';
import { RIGHTS_BY_PARAMETERS } from './rights-by-parameters.ts';
import { RIGHTS_OF_ROLES } from './rights-of-roles.ts';
import { RIGHTS_OF_SCOPES } from './rights-of-scopes.ts';
import { RIGHTS_OVER_HTTP } from './rights-over-http.ts';
import { ROUTES_OF_CREDENTIALS } from './routes-of-credentials.ts';
import { ROUTES_OF_REQUESTS } from './routes-of-requests.ts';
import { SETTINGS_OF_GATEWAYS } from './settings-of-gateways.ts';
import type { SurveyMutant } from './survey-mutant.ts';

/** Every mutant that `postern selftest --rights` plays, in the order of its table. */
export const RIGHTS_MUTANTS: readonly SurveyMutant[] = [
  ...RIGHTS_OF_SCOPES,
  ...RIGHTS_BY_PARAMETERS,
  ...RIGHTS_OF_ROLES,
  ...RIGHTS_OVER_HTTP,
];

/** Every mutant that `postern selftest --routes` plays, in the order of its table. */
export const ROUTES_MUTANTS: readonly SurveyMutant[] = [...ROUTES_OF_CREDENTIALS, ...ROUTES_OF_REQUESTS];

/** Every mutant that `postern selftest --settings` plays, in the order of its table. */
export const SETTINGS_MUTANTS: readonly SurveyMutant[] = SETTINGS_OF_GATEWAYS;

/** Every mutant that `postern selftest --events` plays, in the order of its table. */
export const EVENTS_MUTANTS: readonly SurveyMutant[] = EVENTS_OF_GATEWAYS;

/** The mutants of each survey. */
export const MUTANTS_OF_SURVEY: Readonly<Record<SurveyName, readonly SurveyMutant[]>> = {
  rights: RIGHTS_MUTANTS,
  routes: ROUTES_MUTANTS,
  events: EVENTS_MUTANTS,
  settings: SETTINGS_MUTANTS,
};

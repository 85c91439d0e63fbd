import { compareRoutes } from '../routes/compare.ts';
import { findingsOf, type RouteFinding } from '../routes/findings.ts';
import type { PlayedRoutes } from '../routes/played-routes.ts';
import { ROUTES } from '../routes/report.ts';
import { ROUTES_SURVEY } from '../routes/routes-survey.ts';
import { sayRequests } from '../routes/say-requests.ts';
import { fromStored, storedRoutesSchema, toStored } from '../routes/stored-routes.ts';
import type { MutantSurvey } from './mutant-survey.ts';
import { type Breach, type Noticed, newBreaches } from './noticed.ts';

const asBreach = ({ property, where, requests, seen }: RouteFinding): Breach => ({
  property,
  where,
  by: requests,
  seen,
});

/** What the HTTP routes show of a mutant in comparison with its unchanged release. */
export function noticedInRoutes(base: PlayedRoutes, mutant: PlayedRoutes): Noticed {
  const more = compareRoutes(base, mutant).routes.filter(
    ({ kind }) => kind === 'weakened' || kind === 'new' || kind === 'wider',
  );
  return {
    gains: more.map(({ kind, route, gained }) => `${kind}: ${route}: ${sayRequests(gained)}`),
    breaches: newBreaches(findingsOf(base).map(asBreach), findingsOf(mutant).map(asBreach)),
  };
}

/** `postern selftest --routes`: each mutant plays the HTTP routes. */
export const MUTANT_ROUTES: MutantSurvey<PlayedRoutes> = {
  name: ROUTES,
  prepare: ROUTES_SURVEY.prepare,
  noticed: noticedInRoutes,
  // Each stored route has a digest of what was played.
  digest: '',
  toStored,
  fromStored(value) {
    const stored = storedRoutesSchema.safeParse(value);
    if (!stored.success) return null;
    const { played, stale } = fromStored(stored.data);
    return stale.length === 0 ? played : null;
  },
};

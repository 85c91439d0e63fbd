import { z } from 'zod';
import { inRangeOrNewest } from '../scenario/releases/range.ts';
import { routesOf } from './all-routes.ts';
import type { PlayedRoutes } from './played-routes.ts';
import { ROUTE_PROPERTIES } from './properties.ts';

/** A breach of a property on a gateway: on which route, by which requests, and what was seen. */
export const routeFindingSchema = z.strictObject({
  property: z.string(),
  statement: z.string(),
  /** The id of a route, or a path that no route plays. */
  where: z.string(),
  requests: z.array(z.string()),
  seen: z.string(),
});
export type RouteFinding = z.infer<typeof routeFindingSchema>;

const UNWRITTEN = {
  property: 'every-route-is-written-down',
  statement: 'Every path in the sources of a release is played, or is known not to be a route.',
};

/**
 * Gives the breaches of all properties that are claimed for the version, and the paths that nobody wrote down. A version that cannot be read,
 * such as "dev", counts as the newest.
 */
export function findingsOf({ version, routes, unwritten }: PlayedRoutes): RouteFinding[] {
  const known = new Map(routesOf(version).map((route) => [route.id, route]));
  const claimed = ROUTE_PROPERTIES.filter(({ releases }) => inRangeOrNewest(version, releases));
  const breaches = claimed.flatMap(({ id, statement, breaches: breachesOn }) =>
    routes.flatMap((played) => {
      const route = known.get(played.id);
      if (route === undefined) return [];
      return breachesOn(route, played).map(
        ({ requests, seen }): RouteFinding => ({
          property: id,
          statement,
          where: played.id,
          requests: [...requests],
          seen,
        }),
      );
    }),
  );
  const paths = (unwritten ?? []).map(
    ({ path, module }): RouteFinding => ({ ...UNWRITTEN, where: path, requests: [], seen: module }),
  );
  return [...breaches, ...paths];
}

/** What was seen without the routes and paths that findings are about, for output that others may read. */
export function withoutFindings(played: PlayedRoutes, findings: readonly RouteFinding[]): PlayedRoutes {
  const named = new Set(findings.map(({ where }) => where));
  return {
    ...played,
    routes: played.routes.filter(({ id }) => !named.has(id)),
    unwritten: played.unwritten?.filter(({ path }) => !named.has(path)) ?? null,
  };
}

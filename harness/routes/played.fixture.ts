import { ALL_ROUTES, routesOf } from './all-routes.ts';
import type { HttpRoute } from './http-route.ts';
import type { Outcome } from './outcome.ts';
import type { Fault, PlayedRoute, PlayedRoutes } from './played-routes.ts';
import { requestId, requestsFor } from './request-cell.ts';

/** A route by its id, as a release has it. */
export function routeOn(version: string, id: string): HttpRoute {
  const found = routesOf(version).find((route) => route.id === id);
  if (found === undefined) throw new Error(`${version} has no route ${id}; there are ${ALL_ROUTES.length}`);
  return found;
}

/** A played route that keeps its promise, but for these outcomes and faults. */
export function playedRoute(
  route: HttpRoute,
  but: Readonly<Record<string, Outcome>> = {},
  faults: readonly Fault[] = [],
): PlayedRoute {
  const outcomes = requestsFor(route).map((cell): [string, Outcome] => {
    const opens = route.opensTo.includes(cell.credential);
    const isPlain = cell.method === 'own-method' && cell.form === 'plain-path';
    return [requestId(cell), opens && isPlain ? 'served' : 'denied-401'];
  });
  return { id: route.id, outcomes: { ...Object.fromEntries(outcomes), ...but }, faults };
}

/** A gateway with these routes. */
export const gatewayWith = (version: string, ...routes: readonly PlayedRoute[]): PlayedRoutes => ({
  version,
  routes,
  unwritten: [],
});

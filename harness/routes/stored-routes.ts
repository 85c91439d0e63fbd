import { createHash } from 'node:crypto';
import { z } from 'zod';
import { routesOf } from './all-routes.ts';
import type { HttpRoute } from './http-route.ts';
import { OUTCOMES, type Outcome, outcomeSchema } from './outcome.ts';
import { FAULT_KINDS, type PlayedRoute, type PlayedRoutes } from './played-routes.ts';
import { requestId, requestsFor } from './request-cell.ts';

const storedRouteSchema = z.strictObject({
  id: z.string(),
  /** What the route is and which requests it gets. If that changes, its outcomes can no longer be read, and it must be played again. */
  digest: z.string(),
  /** The most frequent outcome, which all requests have that `but` does not name: by their place in the list of the route's requests. */
  mostly: outcomeSchema,
  but: z.partialRecord(outcomeSchema, z.array(z.int())),
  faults: z.array(z.strictObject({ kind: z.enum(FAULT_KINDS), request: z.string(), what: z.string() })),
});
type StoredRoute = z.infer<typeof storedRouteSchema>;

/** What was seen on one gateway, in the form in which it is stored. */
export const storedRoutesSchema = z.strictObject({
  version: z.string(),
  unwritten: z.array(z.strictObject({ path: z.string(), module: z.string() })).nullable(),
  routes: z.array(storedRouteSchema),
});
export type StoredRoutes = z.infer<typeof storedRoutesSchema>;

const DIGEST_CHARACTERS = 12;

function digestOf(route: HttpRoute): string {
  const { path, method, body, answers } = route;
  const text = JSON.stringify([path, method, body, answers, requestsFor(route).map(requestId)]);
  return createHash('sha256').update(text).digest('hex').slice(0, DIGEST_CHARACTERS);
}

/** Gives what is stored. Routes that the version cannot have are left out. */
export function toStored({ version, routes, unwritten }: PlayedRoutes): StoredRoutes {
  const known = new Map(routesOf(version).map((route) => [route.id, route]));
  return {
    version,
    unwritten: unwritten === null ? null : unwritten.map(({ path, module }) => ({ path, module })),
    routes: routes.flatMap((played) => {
      const route = known.get(played.id);
      return route === undefined ? [] : [storedOf(played, route)];
    }),
  };
}

function storedOf({ id, outcomes, faults }: PlayedRoute, route: HttpRoute): StoredRoute {
  const inOrder = requestsFor(route).flatMap((cell, index) => {
    const outcome = outcomes[requestId(cell)];
    return outcome === undefined ? [] : [{ index, outcome }];
  });
  const groups = Map.groupBy(inOrder, ({ outcome }) => outcome);
  const sizeOf = (outcome: Outcome): number => groups.get(outcome)?.length ?? 0;
  const [mostly] = OUTCOMES.toSorted((a, b) => sizeOf(b) - sizeOf(a));
  const but = [...groups].filter(([outcome]) => outcome !== mostly);
  return {
    id,
    digest: digestOf(route),
    mostly: mostly ?? 'unread',
    but: Object.fromEntries(but.map(([outcome, of]) => [outcome, of.map(({ index }) => index)])),
    faults: faults.map((fault) => ({ ...fault })),
  };
}

/** Reads what is stored. `stale` has the ids of routes that were played with other requests, and must be played again. */
export function fromStored({ version, unwritten, routes }: StoredRoutes): { played: PlayedRoutes; stale: string[] } {
  const known = new Map(routesOf(version).map((route) => [route.id, route]));
  const stale: string[] = [];
  const read = routes.flatMap(({ id, digest, mostly, but, faults }): PlayedRoute[] => {
    const route = known.get(id);
    if (route === undefined || digestOf(route) !== digest) {
      stale.push(id);
      return [];
    }
    const others = new Map(OUTCOMES.flatMap((outcome) => (but[outcome] ?? []).map((index) => [index, outcome])));
    const outcomes = requestsFor(route).map((cell, index): [string, Outcome] => [
      requestId(cell),
      others.get(index) ?? mostly,
    ]);
    return [{ id, outcomes: Object.fromEntries(outcomes), faults }];
  });
  return { played: { version, unwritten, routes: read }, stale };
}

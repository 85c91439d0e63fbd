import { z } from 'zod';
import { type Outcome, provenBy } from './outcome.ts';
import type { PlayedRoute, PlayedRoutes } from './played-routes.ts';

const ids = z.array(z.string());

/**
 * How a route differs on the head. `weakened`: requests open it that do not on the base (`gained`); `lost` has those that no longer do.
 * `tightened`: it has only such. `new`: nothing opens it on the base, which does not have it. `gone`: the head does not have it.
 * `undecided`: what these requests (`gained`) lead to is not known on one of the gateways.
 */
const routeChangeSchema = z.strictObject({
  route: z.string(),
  kind: z.enum(['weakened', 'undecided', 'new', 'tightened', 'gone']),
  gained: ids,
  lost: ids,
});
export type RouteChange = z.infer<typeof routeChangeSchema>;

export const routesComparisonSchema = z.strictObject({
  base: z.string(),
  head: z.string(),
  routes: z.array(routeChangeSchema),
});
export type RoutesComparison = z.infer<typeof routesComparisonSchema>;

/** The order in which changes are shown: the one that matters most first. */
const ORDER: readonly RouteChange['kind'][] = ['weakened', 'undecided', 'new', 'tightened', 'gone'];

/** Compares which requests open which route on two gateways. Only requests that both got are compared. */
export function compareRoutes(base: PlayedRoutes, head: PlayedRoutes): RoutesComparison {
  const [before, after] = [byId(base), byId(head)];
  const all = [...new Set([...before.keys(), ...after.keys()])];
  const routes = all.flatMap((id) => changesOf(id, before.get(id), after.get(id)));
  return {
    base: base.version,
    head: head.version,
    routes: routes.sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind)),
  };
}

const byId = ({ routes }: PlayedRoutes): Map<string, PlayedRoute> => new Map(routes.map((route) => [route.id, route]));

/** Whether the gateway has the route: one request at least leads to more than "not found", the page, or a socket of the gateway. */
export function isThere({ outcomes }: PlayedRoute): boolean {
  return Object.values(outcomes).some((outcome) => shows(outcome));
}

function shows(outcome: Outcome): boolean {
  switch (outcome) {
    case 'served':
    case 'past':
    case 'denied-401':
    case 'limited':
      return true;
    case 'denied-403': // also the answer to a header of a proxy that the gateway does not trust, on any path
    case 'not-found':
    case 'method-refused':
    case 'rejected':
    case 'page':
    case 'redirected':
    case 'upgraded':
    case 'error':
    case 'closed':
    case 'timeout':
    case 'unread':
      return false;
  }
}

const openOn = ({ outcomes }: PlayedRoute): string[] =>
  Object.entries(outcomes).flatMap(([request, outcome]) => (provenBy(outcome) === 'open' ? [request] : []));

function changesOf(route: string, base: PlayedRoute | undefined, head: PlayedRoute | undefined): RouteChange[] {
  const was = base !== undefined && isThere(base);
  const is = head !== undefined && isThere(head);
  if (!was) return is ? [{ route, kind: 'new', gained: openOn(head), lost: [] }] : [];
  if (!is) return [{ route, kind: 'gone', gained: [], lost: openOn(base) }];
  const pairs = Object.entries(head.outcomes).flatMap(([request, outcome]) => {
    const before = base.outcomes[request];
    return before === undefined ? [] : [{ request, was: provenBy(before), is: provenBy(outcome) }];
  });
  const where = (from: string, to: string): string[] =>
    pairs.filter((pair) => pair.was === from && pair.is === to).map(({ request }) => request);
  const [gained, lost] = [where('shut', 'open'), where('open', 'shut')];
  const unknown = pairs
    .filter((pair) => pair.was !== pair.is && (pair.was === 'undecided' || pair.is === 'undecided'))
    .map(({ request }) => request);
  const changes: RouteChange[] = [];
  if (gained.length + lost.length > 0)
    changes.push({ route, kind: gained.length > 0 ? 'weakened' : 'tightened', gained, lost });
  if (unknown.length > 0) changes.push({ route, kind: 'undecided', gained: unknown, lost: [] });
  return changes;
}

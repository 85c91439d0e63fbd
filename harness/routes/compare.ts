import { z } from 'zod';
import { routesOf } from './all-routes.ts';
import type { Credential } from './dimensions.ts';
import { type Outcome, provenBy } from './outcome.ts';
import type { PlayedRoute, PlayedRoutes } from './played-routes.ts';

const ids = z.array(z.string());

/**
 * How a route differs on the head. `weakened`: requests open it that do not on the base (`gained`), one at least with a credential that is not
 * promised to there; `lost` has those that no longer do. `wider`: the same with promised credentials alone. `tightened`: it has only lost ones. `new`: nothing opens it on the base, which does not have it. `gone`: the head does not have it.
 * `undecided`: what these requests (`gained`) lead to is not known on one of the gateways.
 */
const routeChangeSchema = z.strictObject({
  route: z.string(),
  kind: z.enum(['weakened', 'undecided', 'new', 'wider', 'tightened', 'gone']),
  gained: ids,
  lost: ids,
});
export type RouteChange = z.infer<typeof routeChangeSchema>;

export const routesComparisonSchema = z.strictObject({
  base: z.string(),
  head: z.string(),
  routes: z.array(routeChangeSchema),
  /** Paths that only the sources of the head have, and that no request was made to. */
  unplayed: ids.default([]),
});
export type RoutesComparison = z.infer<typeof routesComparisonSchema>;

/** The order in which changes are shown: the one that matters most first. */
const ORDER: readonly RouteChange['kind'][] = ['weakened', 'undecided', 'new', 'wider', 'tightened', 'gone'];

/** Compares which requests open which route on two gateways. Only requests that both got are compared. */
export function compareRoutes(base: PlayedRoutes, head: PlayedRoutes): RoutesComparison {
  const [before, after] = [byId(base), byId(head)];
  const all = [...new Set([...before.keys(), ...after.keys()])];
  const promises = new Map(routesOf(base.version).map((route) => [route.id, route.opensTo]));
  const routes = all.flatMap((id) => changesOf(id, before.get(id), after.get(id), promises.get(id) ?? []));
  return {
    base: base.version,
    head: head.version,
    routes: routes.sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind)),
    unplayed: pathsOf(head).filter((path) => !pathsOf(base).includes(path)),
  };
}

const pathsOf = ({ unwritten }: PlayedRoutes): string[] => (unwritten ?? []).map(({ path }) => path);

const byId = ({ routes }: PlayedRoutes): Map<string, PlayedRoute> => new Map(routes.map((route) => [route.id, route]));

/** Whether the gateway has the route: one request at least leads to more than "not found", the page, or a socket of the gateway. */
export function isThere({ outcomes }: PlayedRoute): boolean {
  return Object.values(outcomes).some((outcome) => shows(outcome));
}

/**
 * Whether it is not known if the gateway has the route: nothing shows it, and no plain request, which is one of a credential and a place alone, got
 * an answer that decides. Source: 2026.3.31 answers each request that comes past its first handlers with 500 (openclaw/openclaw#58762).
 */
export function isUnknown(route: PlayedRoute): boolean {
  const plain = Object.entries(route.outcomes).filter(([request]) => request.split(' ').length === PLAIN_WORDS);
  return !isThere(route) && plain.every(([, outcome]) => provenBy(outcome) === 'undecided');
}

/** The words in the id of a plain request: credential and place. */
const PLAIN_WORDS = 2;

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

/** Whether a request shows a credential that opens the route by promise; its id begins with the credential. */
const isPromised = (request: string, promised: readonly Credential[]): boolean =>
  promised.some((credential) => request.startsWith(`${credential} `));

function changesOf(
  route: string,
  base: PlayedRoute | undefined,
  head: PlayedRoute | undefined,
  promised: readonly Credential[],
): RouteChange[] {
  const was = base !== undefined && isThere(base);
  const is = head !== undefined && isThere(head);
  if (!was) {
    const kind = base !== undefined && isUnknown(base) ? 'undecided' : 'new';
    return is ? [{ route, kind, gained: openOn(head), lost: [] }] : [];
  }
  if (!is) {
    if (head !== undefined && isUnknown(head)) return [{ route, kind: 'undecided', gained: openOn(base), lost: [] }];
    return [{ route, kind: 'gone', gained: [], lost: openOn(base) }];
  }
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
  if (gained.length + lost.length > 0) changes.push({ route, kind: kindOf(gained, promised), gained, lost });
  if (unknown.length > 0) changes.push({ route, kind: 'undecided', gained: unknown, lost: [] });
  return changes;
}

function kindOf(gained: readonly string[], promised: readonly Credential[]): RouteChange['kind'] {
  if (gained.length === 0) return 'tightened';
  return gained.every((request) => isPromised(request, promised)) ? 'wider' : 'weakened';
}

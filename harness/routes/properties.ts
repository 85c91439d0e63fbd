import { quoted } from '../properties/documentation.ts';
import { EVERY_RELEASE } from '../properties/property.ts';
import { NOTHING_LEAKS } from '../properties/shared.ts';
import type { HttpRoute } from './http-route.ts';
import { type Outcome, provenBy } from './outcome.ts';
import type { Fault, PlayedRoute } from './played-routes.ts';
import { PLAIN_REQUEST, type RequestCell, requestId, requestsFor, sameBut } from './request-cell.ts';
import type { Breach, RouteProperty } from './route-property.ts';

/** A request with its outcome. */
type Seen = { cell: RequestCell; outcome: Outcome };

const isOpen = (played: PlayedRoute, cell: RequestCell): boolean => {
  const outcome = played.outcomes[requestId(cell)];
  return outcome !== undefined && provenBy(outcome) === 'open';
};

/** The same request in the plain way: same credential, same place. Every route gets it. */
const plainOf = ({ credential, place }: RequestCell): RequestCell => ({ ...PLAIN_REQUEST, credential, place });

const isPlain = (cell: RequestCell): boolean => sameBut(cell, PLAIN_REQUEST, ['credential', 'place']);

/** One breach for each outcome of the requests that satisfy `isBreach`. */
function breachesWhere(route: HttpRoute, played: PlayedRoute, isBreach: (seen: Seen) => boolean): Breach[] {
  const seen = requestsFor(route).flatMap((cell): Seen[] => {
    const outcome = played.outcomes[requestId(cell)];
    return outcome !== undefined && isBreach({ cell, outcome }) ? [{ cell, outcome }] : [];
  });
  const groups = Map.groupBy(seen, ({ outcome }) => outcome);
  return [...groups].map(([outcome, of]) => ({ requests: of.map(({ cell }) => requestId(cell)), seen: outcome }));
}

/** Requests that open the route with a credential that must not, in the plain way. */
const opensPlainly = (route: HttpRoute, played: PlayedRoute, isOne: (cell: RequestCell) => boolean): Breach[] =>
  breachesWhere(
    route,
    played,
    ({ cell, outcome }) =>
      isPlain(cell) && isOne(cell) && !route.opensTo.includes(cell.credential) && provenBy(outcome) === 'open',
  );

/** Requests that open the route with a credential that must not, while the plain way does not. */
const opensOtherwise = (route: HttpRoute, played: PlayedRoute, isOne: (cell: RequestCell) => boolean): Breach[] =>
  breachesWhere(
    route,
    played,
    ({ cell, outcome }) =>
      isOne(cell) &&
      !route.opensTo.includes(cell.credential) &&
      provenBy(outcome) === 'open' &&
      !isOpen(played, plainOf(cell)),
  );

const faultsOf = ({ faults }: PlayedRoute, kind: Fault['kind']): Breach[] => {
  const groups = Map.groupBy(
    faults.filter((fault) => fault.kind === kind),
    ({ what }) => what,
  );
  return [...groups].map(([what, of]) => ({ requests: of.map(({ request }) => request), seen: what }));
};

const hasHeaders = (cell: RequestCell): boolean =>
  !sameBut(cell, PLAIN_REQUEST, ['credential', 'place', 'form', 'method']);

const TOOLS_PAGE = 'docs/gateway/tools-invoke-http-api.md';
const HOOKS_PAGE = 'docs/gateway/config-hooks.md';
const ROUTES_PAGE = 'docs/plugins/architecture-internals/gateway-routes.md';
const AUTHENTICATED = quoted(
  TOOLS_PAGE,
  'shared-secret bearer auth is treated as trusted operator access for the whole gateway',
  'The page speaks of the routes for tools and agents. It does not speak of every other route.',
);
const ONE_PATH = quoted(
  ROUTES_PAGE,
  'Canonically equivalent paths with the same `match` mode occupy one route.',
  'The page speaks of routes of plugins. It does not say that authorisation reads the same path.',
);

/** The properties of HTTP routes; the breach that is worst comes first. */
export const ROUTE_PROPERTIES: readonly RouteProperty[] = [
  {
    id: 'a-secret-is-needed',
    statement: 'A route that is not public opens to nobody who shows nothing or a wrong secret.',
    sources: [AUTHENTICATED],
    releases: EVERY_RELEASE,
    breaches: (route, played) =>
      opensPlainly(route, played, ({ credential }) => credential === 'no-credential' || credential === 'wrong-secret'),
  },
  {
    id: 'other-tokens-are-no-secret',
    statement:
      'A device token, the token of the hooks and the shared secret each open only the routes that are promised to them.',
    sources: [
      quoted(
        HOOKS_PAGE,
        '`hooks.token` should be distinct from active Gateway shared-secret auth',
        'The page advises it. It does not say what each of the two opens.',
      ),
    ],
    releases: EVERY_RELEASE,
    breaches: (route, played) =>
      opensPlainly(
        route,
        played,
        ({ credential }) =>
          credential === 'device-token' || credential === 'hook-token' || credential === 'shared-secret',
      ),
  },
  {
    id: 'no-secret-in-the-query',
    statement: 'A secret in the query opens no route.',
    sources: [
      quoted(
        HOOKS_PAGE,
        'A `token` query parameter is rejected with `400`',
        'The page speaks of hooks. The pages of other routes name only the header.',
      ),
    ],
    releases: EVERY_RELEASE,
    breaches: (route, played) => opensPlainly(route, played, ({ credential }) => credential === 'secret-in-query'),
  },
  {
    id: 'no-path-form-opens',
    statement: 'No way to write a path opens what the plain path refuses.',
    sources: [ONE_PATH],
    releases: EVERY_RELEASE,
    breaches: (route, played) => opensOtherwise(route, played, ({ form }) => form !== PLAIN_REQUEST.form),
  },
  {
    id: 'no-header-opens',
    statement: 'No Host, no Origin and no header of a proxy opens what a request without it is refused.',
    sources: [
      quoted(
        TOOLS_PAGE,
        'Uses the Gateway auth configuration.',
        'The page names no header that a client could send in place of the secret.',
      ),
    ],
    releases: EVERY_RELEASE,
    breaches: (route, played) =>
      opensOtherwise(route, played, (cell) => cell.form === PLAIN_REQUEST.form && hasHeaders(cell)),
  },
  {
    id: 'no-method-opens',
    statement: 'No other method opens what the method of the route refuses.',
    sources: [AUTHENTICATED],
    releases: EVERY_RELEASE,
    breaches: (route, played) =>
      opensOtherwise(
        route,
        played,
        (cell) =>
          cell.method !== PLAIN_REQUEST.method && sameBut(cell, PLAIN_REQUEST, ['credential', 'place', 'method']),
      ),
  },
  {
    id: 'local-is-no-credential',
    statement:
      'Without a right credential, a request from the machine of the gateway reaches no more than one from another.',
    sources: [
      quoted(
        TOOLS_PAGE,
        'Uses the Gateway auth configuration.',
        'The page makes no exception for clients on the same machine.',
      ),
    ],
    releases: EVERY_RELEASE,
    breaches: (route, played) =>
      breachesWhere(
        route,
        played,
        ({ cell, outcome }) =>
          cell.place === 'from-loopback' &&
          !route.opensTo.includes(cell.credential) &&
          provenBy(outcome) === 'open' &&
          !isOpen(played, { ...cell, place: 'from-lan' }) &&
          played.outcomes[requestId({ ...cell, place: 'from-lan' })] !== undefined,
      ),
  },
  {
    id: 'the-promised-credential-opens',
    statement: 'A route that a release has opens to each credential that is promised to it.',
    sources: [AUTHENTICATED],
    releases: EVERY_RELEASE,
    breaches: (route, played) =>
      breachesWhere(
        route,
        played,
        ({ cell, outcome }) =>
          isPlain(cell) &&
          route.opensTo.includes(cell.credential) &&
          (outcome === 'denied-401' || outcome === 'denied-403'),
      ),
  },
  {
    id: 'no-secret-in-an-answer',
    statement: 'No answer shows a secret, also not one that the request showed.',
    sources: NOTHING_LEAKS.sources,
    releases: EVERY_RELEASE,
    breaches: (_, played) => faultsOf(played, 'secret'),
  },
  {
    id: 'trace-is-refused',
    statement: 'TRACE is refused on every route.',
    sources: ['CVE-2004-2320'],
    releases: EVERY_RELEASE,
    breaches: (_, played) => faultsOf(played, 'trace'),
  },
  {
    id: 'foreign-pages-read-nothing',
    statement: 'No answer lets a foreign page read what a credential opened.',
    sources: [
      quoted(
        'docs/gateway/config-gateway.md',
        'explicit browser-origin allowlist for Gateway WebSocket connects',
        'The page speaks of WebSockets. It does not speak of plain requests.',
      ),
    ],
    releases: EVERY_RELEASE,
    breaches: (_, played) => faultsOf(played, 'foreign-origin'),
  },
  {
    id: 'sockets-are-not-compressed',
    statement: 'An upgrade agrees on no compression, also if the client offers one.',
    sources: [quoted('docs/gateway/protocol/transport.md', 'The Gateway does not negotiate `permessage-deflate`.')],
    releases: EVERY_RELEASE,
    breaches: (_, played) => faultsOf(played, 'compression'),
  },
];

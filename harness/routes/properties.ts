import { quoted } from '../properties/documentation.ts';
import { EVERY_RELEASE } from '../properties/property.ts';
import { NOTHING_LEAKS } from '../properties/shared.ts';
import { deniesPromised, faultsOf, opensOnlyLocally, opensOtherwise, opensPlainly } from './breaches.ts';
import { PLAIN_REQUEST, type RequestCell, sameBut } from './request-cell.ts';
import type { RouteProperty } from './route-property.ts';

const hasHeaders = (cell: RequestCell): boolean =>
  !sameBut(cell, PLAIN_REQUEST, ['credential', 'place', 'form', 'method']);

const TOOLS_PAGE = 'docs/gateway/tools-invoke-http-api.md';
const HOOKS_PAGE = 'docs/gateway/config-hooks.md';
const ROUTES_PAGE = 'docs/plugins/architecture-internals/gateway-routes.md';
const AUTHENTICATED = quoted(
  TOOLS_PAGE,
  'shared-secret bearer auth is treated as trusted operator access',
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
    breaches: opensOnlyLocally,
  },
  {
    id: 'the-promised-credential-opens',
    statement: 'A route that a release has opens to each credential that is promised to it.',
    sources: [AUTHENTICATED],
    releases: EVERY_RELEASE,
    breaches: deniesPromised,
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

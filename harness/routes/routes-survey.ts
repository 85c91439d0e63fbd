import { shippedPaths } from '../gateway/image/shipped-paths.ts';
import { orderFor } from '../order.ts';
import type { PreparedSurvey, Survey, SurveyMeans } from '../survey/survey.ts';
import { count } from '../text/format.ts';
import { compareRoutes, type RoutesComparison } from './compare.ts';
import { PLACES } from './dimensions.ts';
import { findingsOf, type RouteFinding, withoutFindings } from './findings.ts';
import { makeSecrets } from './make-secrets.ts';
import { playRoutes } from './play-routes.ts';
import type { PlayedRoutes } from './played-routes.ts';
import { ROUTE_PROPERTIES } from './properties.ts';
import { writePublishedRoutes } from './published.ts';
import { currentRoutes, readBase } from './read-base.ts';
import { exitCodeOf, gapOf, ROUTES, type RoutesReport, THIS_VERSION } from './report.ts';
import { routesGateway } from './routes-gateway.ts';
import { renderRoutes } from './routes-markdown.ts';
import { printRoutes } from './routes-text.ts';
import { sayRequests } from './say-requests.ts';
import { type StoredRoutes, storedRoutesSchema, toStored } from './stored-routes.ts';
import { unwrittenPaths } from './unwritten.ts';

/** The survey of what opens which HTTP route of a gateway: routes.json and routes.md. */
export const ROUTES_SURVEY: Survey<PlayedRoutes, StoredRoutes, RouteFinding, RoutesComparison, RoutesReport> = {
  name: ROUTES,
  title: 'Properties of every HTTP route, requested in every way',
  why: 'A route can answer what the WebSocket refuses. Each route is requested with each credential, in each form of its path.',
  file: 'harness/routes/properties.ts',
  properties: ROUTE_PROPERTIES,
  prepare,
  readBase,
  judge(head, base) {
    const comparison = base === null ? null : compareRoutes(base, head);
    const findings = findingsOf(head);
    return { findings, introduced: [], comparison, exitCode: exitCodeOf(findings, comparison, head) };
  },
  findingsOf,
  violationOf: ({ property, where, requests, seen }) => ({ property, where, by: requests, seen }),
  sayBy: sayRequests,
  withoutFindings,
  changesOf: ({ routes, unplayed }) => [
    ...routes.map(({ route, kind, gained, lost }) => ({
      kind,
      where: route,
      gained: sayRequests(gained),
      lost: sayRequests(lost),
    })),
    ...unplayed.map((path) => ({
      kind: 'undecided' as const,
      where: path,
      gained: 'requests that nobody made',
      lost: '',
    })),
  ],
  report: (basics, played) => ({ ...THIS_VERSION, ...basics, played: toStored(played) }),
  markdown: renderRoutes,
  terminal: printRoutes,
  amountOf: ({ routes }) =>
    `${count(
      routes.reduce((sum, { outcomes }) => sum + Object.keys(outcomes).length, 0),
      'request',
    )} to ${count(routes.length, 'route')}`,
  gapOf,
  // 2026.3.31 and 2026.4.8 answer most requests with 500 wherever they run; an error is an outcome of its own.
  publishesGaps: true,
  stored: storedRoutesSchema,
  toStored,
  fromStored: (stored) => currentRoutes(stored, 'the report of the base'),
  write: (root, { seen, ...about }) => writePublishedRoutes(root, { ...about, played: toStored(seen) }),
};

async function prepare(means: SurveyMeans): Promise<PreparedSurvey<PlayedRoutes>> {
  const { engine, image, version, secretRegistry, seed, out } = means;
  const shipped = await shippedPaths(engine, image.id);
  const hookToken = secretRegistry.mint('hook token');
  return {
    gateway: routesGateway(version, hookToken),
    routes: Object.values(PLACES),
    async work(stage) {
      let requests = 0;
      const routes = await playRoutes({
        stage,
        version,
        secretRegistry,
        secrets: await makeSecrets(stage, secretRegistry, hookToken),
        order: orderFor(seed, ROUTES),
        told(more) {
          requests += more;
          out.progress(`openclaw ${version}: ${requests} requests`);
        },
      });
      return { version, routes, unwritten: shipped === null ? null : unwrittenPaths(version, shipped) };
    },
  };
}

import { markdownTable } from '../report/markdown/markdown-table.ts';
import { code, prose } from '../report/markdown/markdown-text.ts';
import { comparisonChapter, findingsChapter } from '../survey/survey-markdown.ts';
import { routesOf } from './all-routes.ts';
import type { RouteChange, RoutesComparison } from './compare.ts';
import { countsOf, sayOpenedBy } from './opened-by.ts';
import type { PlayedRoutes } from './played-routes.ts';
import type { RoutesReport } from './report.ts';
import { sayRequests } from './say-requests.ts';
import { fromStored } from './stored-routes.ts';

/** What opens each route of a gateway. */
export function routesTable({ version, routes }: PlayedRoutes): string[] {
  const known = new Map(routesOf(version).map((route) => [route.id, route]));
  return markdownTable(
    ['route', 'request', 'what it is', 'opened by', 'outcomes'],
    routes.map((played) => {
      const route = known.get(played.id);
      return [
        code(played.id),
        route === undefined ? '' : code(`${route.method} ${route.path}`),
        prose(route?.what ?? ''),
        prose(sayOpenedBy(played)),
        prose(
          countsOf(played)
            .map(([outcome, requests]) => `${requests} ${outcome}`)
            .join(', '),
        ),
      ];
    }),
  );
}

const TITLES: Readonly<Record<RouteChange['kind'], string>> = {
  weakened: 'more requests open it',
  undecided: 'not known on one of the two',
  new: 'new',
  wider: 'more requests with a promised credential open it',
  tightened: 'fewer requests open it',
  gone: 'gone',
};

/** The differences of a comparison. */
export function comparisonTable({ routes }: RoutesComparison): string[] {
  return markdownTable(
    ['route', 'change', 'opened now by', 'no longer by'],
    routes.map(({ route, kind, gained, lost }) => [
      code(route),
      TITLES[kind],
      prose(sayRequests(gained)),
      prose(sayRequests(lost)),
    ]),
  );
}

/** routes.md: the report of one gateway, to read. */
export function renderRoutes({ played: stored, findings, withheld, comparison }: RoutesReport): string {
  const { played } = fromStored(stored);
  const rows = findings.map(({ statement, where, requests, seen }) => [
    prose(statement),
    code(where),
    prose(sayRequests(requests)),
    prose(seen),
  ]);
  return [
    `# HTTP routes: openclaw ${prose(played.version)}`,
    '',
    ...findingsChapter(['property', 'route', 'requests', 'seen'], rows, { withheld, parts: 'routes' }),
    ...(comparison === null ? [] : comparisonChapter(comparison, comparisonTable(comparison))),
    '## Routes',
    '',
    ...routesTable(played),
  ].join('\n');
}

import { differenceLines, findingLines } from '../survey/survey-text.ts';
import { count } from '../text/format.ts';
import type { RoutesComparison } from './compare.ts';
import { sayOpenedBy } from './opened-by.ts';
import type { RoutesReport } from './report.ts';
import { sayRequests } from './say-requests.ts';
import { fromStored } from './stored-routes.ts';

/** The result of `postern routes` for a terminal: what opens each route, the findings, and the comparison. */
export function printRoutes(report: RoutesReport): string {
  const { played } = fromStored(report.played);
  const requests = played.routes.reduce((sum, { outcomes }) => sum + Object.keys(outcomes).length, 0);
  const width = Math.max(...played.routes.map(({ id }) => id.length));
  return [
    `openclaw ${played.version}: ${count(requests, 'request')} to ${count(played.routes.length, 'route')} in ${Math.round(report.seconds)} s, seed ${report.seed}`,
    ...played.routes.map((route) => `  ${route.id.padEnd(width)}  ${sayOpenedBy(route)}`),
    ...(played.unwritten === null ? ['', 'Its package has no sources that can be searched for routes.'] : []),
    ...findingLines(
      report.findings.map(({ property, where, requests, seen }) =>
        [`${property}: ${where}: ${seen}`, sayRequests(requests)].filter((part) => part !== '').join(': '),
      ),
      report.withheld,
    ),
    ...(report.comparison === null ? [] : comparisonLines(report.comparison)),
  ].join('\n');
}

function comparisonLines(comparison: RoutesComparison): string[] {
  const differences = comparison.routes.map(({ kind, route, gained, lost }) => [
    `  ${kind.padEnd(9)}  ${route}`,
    ...(gained.length > 0 && kind !== 'new'
      ? [`             ${kind === 'undecided' ? 'not known' : 'now'}: ${sayRequests(gained)}`]
      : []),
    ...(lost.length > 0 && kind !== 'gone' ? [`             no longer: ${sayRequests(lost)}`] : []),
  ]);
  return differenceLines(comparison, differences);
}

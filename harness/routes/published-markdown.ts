import { ownProse } from '../report/markdown/own-markdown.ts';
import { changesChapters, propertiesChapter, withheldLines } from '../survey/survey-markdown.ts';
import { compareRoutes } from './compare.ts';
import { ROUTE_PROPERTIES } from './properties.ts';
import type { PublishedRoutes } from './published.ts';
import { comparisonTable, routesTable } from './routes-markdown.ts';
import { fromStored } from './stored-routes.ts';

/** results/routes.md: what opens which HTTP route on the published releases, and what changed from one to the next. */
export function renderPublishedRoutes(published: readonly PublishedRoutes[]): string {
  const all = published.map(({ played }) => fromStored(played).played);
  return [
    '# What opens which HTTP route',
    '',
    'Postern sends each route of a release requests that differ in credential, place, method, form of the path, Host, Origin and headers of a',
    'proxy, and reads whether the request got past the authorisation. "opened by" has the credentials that open the route in the plain way: with',
    'the method and the path of the route and no other header. Generated from `results/routes/*.json`, which `postern routes --publish` writes.',
    '',
    ...withheldLines(published, 'the routes that show them'),
    ...all.toReversed().flatMap((played) => [`## ${ownProse(played.version)}`, '', ...routesTable(played)]),
    ...changesChapters(all, (base, head) => comparisonTable(compareRoutes(base, head))),
    ...propertiesChapter('route', ROUTE_PROPERTIES),
  ].join('\n');
}

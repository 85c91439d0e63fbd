import { UsageError } from '../exit.ts';
import { makeAgain, readSurveyReport } from '../survey/read-report.ts';
import type { PlayedRoutes } from './played-routes.ts';
import { ROUTES, routesReportSchema } from './report.ts';
import { fromStored } from './stored-routes.ts';

/**
 * Reads the routes of a report folder, to compare with. Gives null, and throws, as `readSurveyReport` does. Throws UsageError, too, for a report that
 * has other requests.
 */
export function readBase(given: string): PlayedRoutes | null {
  const read = readSurveyReport(given, { name: ROUTES, schema: routesReportSchema, parts: 'routes' });
  if (read === null) return null;
  const { played, stale } = fromStored(read.report.played);
  if (stale.length > 0)
    throw new UsageError(
      `${read.file} was made with other requests to ${stale.join(', ')} than are sent now`,
      makeAgain(ROUTES),
    );
  return played;
}

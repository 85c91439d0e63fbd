import { UsageError } from '../exit.ts';
import { makeAgain, readSurveyReport } from '../survey/read-report.ts';
import type { PlayedRoutes } from './played-routes.ts';
import { ROUTES, routesReportSchema } from './report.ts';
import { fromStored, type StoredRoutes } from './stored-routes.ts';

/**
 * Reads the routes of a report folder, to compare with. Gives null, and throws, as `readSurveyReport` does. Throws UsageError, too, for a report that
 * has other requests.
 */
export function readBase(given: string): PlayedRoutes | null {
  const read = readSurveyReport(given, { name: ROUTES, schema: routesReportSchema, parts: 'routes' });
  return read === null ? null : currentRoutes(read.report.played, read.file);
}

/** What was stored of the routes of a gateway in `file`. Throws UsageError if it has other requests than are made now. */
export function currentRoutes(stored: StoredRoutes, file: string): PlayedRoutes {
  const { played, stale } = fromStored(stored);
  if (stale.length === 0) return played;
  throw new UsageError(
    `${file} was made with other requests to ${stale.join(', ')} than are sent now`,
    makeAgain(ROUTES),
  );
}

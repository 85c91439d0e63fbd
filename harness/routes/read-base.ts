import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { UsageError } from '../exit.ts';
import { parseJson } from '../text/json.ts';
import type { PlayedRoutes } from './played-routes.ts';
import { ROUTES_JSON, routesReportSchema } from './report.ts';
import { fromStored } from './stored-routes.ts';

const AGAIN = 'Make it again: `postern routes --gateway …`.';

/**
 * Reads the routes of a report folder, to compare with. Gives null if `given` is no folder with a report, so that it is the reference of a
 * gateway. Throws UsageError for a report that cannot be read, that has other requests, or from which something was left out.
 */
export function readBase(given: string): PlayedRoutes | null {
  const file = path.join(given, ROUTES_JSON);
  if (!existsSync(given) || !statSync(given).isDirectory() || !existsSync(file)) return null;
  const report = routesReportSchema.safeParse(parseJson(readFileSync(file, 'utf8')));
  if (!report.success)
    throw new UsageError(`${file} is not a report of this version: ${z.prettifyError(report.error)}`, AGAIN);
  if (report.data.withheld > 0)
    throw new UsageError(
      `${file} lacks the routes of ${report.data.withheld} findings, which were left out because others may read it`,
      'Make the base again with `--disclosure full`, where only maintainers can read it.',
    );
  const { played, stale } = fromStored(report.data.played);
  if (stale.length > 0)
    throw new UsageError(`${file} was made with other requests to ${stale.join(', ')} than are sent now`, AGAIN);
  return played;
}

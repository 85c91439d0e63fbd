import { z } from 'zod';
import { EXIT, type ExitCode } from '../exit.ts';
import { count } from '../text/format.ts';
import { isUnknown, type RoutesComparison, routesComparisonSchema } from './compare.ts';
import { type RouteFinding, routeFindingSchema } from './findings.ts';
import type { PlayedRoutes } from './played-routes.ts';
import { storedRoutesSchema } from './stored-routes.ts';

/** The name of this survey: of its command, its reports and its folder of published files. */
export const ROUTES = 'routes';

/** The version of the form of routes.json. */
const ROUTES_SCHEMA_VERSION = 1;

/** routes.json: what opens which route of one gateway, what is wrong about it, and how it differs from a base. */
export const routesReportSchema = z.strictObject({
  schemaVersion: z.literal(ROUTES_SCHEMA_VERSION),
  /** The command line, the seed of the order, and the version of Postern. */
  command: z.string(),
  seed: z.number(),
  postern: z.string(),
  gateway: z.string(),
  /** Seconds from the first request to the last answer, without image and boot. */
  seconds: z.number(),
  played: storedRoutesSchema,
  findings: z.array(routeFindingSchema),
  /** How many findings are left out, because others may read the output. */
  withheld: z.number(),
  comparison: routesComparisonSchema.nullable(),
  exitCode: z.number(),
});
export type RoutesReport = z.infer<typeof routesReportSchema>;

/** The version that every report of this code has. */
export const THIS_VERSION = { schemaVersion: ROUTES_SCHEMA_VERSION } as const;

/** The exit code: 4 if the head is weaker than the base, 1 if there are findings, 3 if a request cannot be compared or there is a gap, else 0. */
export function exitCodeOf(
  findings: readonly RouteFinding[],
  comparison: RoutesComparison | null,
  played: PlayedRoutes,
): ExitCode {
  const has = (kind: string): boolean => comparison?.routes.some((change) => change.kind === kind) === true;
  if (has('weakened')) return EXIT.weakened;
  if (findings.length > 0) return EXIT.failed;
  return has('undecided') || gapOf(played) !== null ? EXIT.environment : EXIT.holds;
}

/** Which routes nothing is known about, so that no property of them is shown, as a clause; null for none. */
export function gapOf({ routes }: PlayedRoutes): string | null {
  const [first, ...others] = routes.filter(isUnknown);
  if (first === undefined) return null;
  const more = others.length === 0 ? '' : ` and ${count(others.length, 'other route')}`;
  return `each plain request to ${first.id}${more} ended with an error or without an answer`;
}

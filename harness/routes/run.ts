import type { ExitCode } from '../exit.ts';
import { runSurvey } from '../survey/run-survey.ts';
import type { Survey, SurveyRequest } from '../survey/survey.ts';
import { compareRoutes, type RoutesComparison } from './compare.ts';
import { findingsOf, type RouteFinding, withoutFindings } from './findings.ts';
import type { PlayedRoutes } from './played-routes.ts';
import { writePublishedRoutes } from './published.ts';
import { readBase } from './read-base.ts';
import { exitCodeOf, ROUTES, type RoutesReport, THIS_VERSION } from './report.ts';
import { renderRoutes } from './routes-markdown.ts';
import { printRoutes } from './routes-text.ts';
import { toStored } from './stored-routes.ts';
import { surveyRoutes } from './survey-routes.ts';

const SURVEY: Survey<PlayedRoutes, RouteFinding, RoutesComparison, RoutesReport> = {
  name: ROUTES,
  play: surveyRoutes,
  readBase,
  judge(head, base) {
    const comparison = base === null ? null : compareRoutes(base, head);
    const findings = findingsOf(head);
    return { findings, introduced: [], comparison, exitCode: exitCodeOf(findings, comparison) };
  },
  findingsOf,
  withoutFindings,
  report: (basics, played) => ({ ...THIS_VERSION, ...basics, played: toStored(played) }),
  markdown: renderRoutes,
  terminal: printRoutes,
  versionOf: ({ version }) => version,
  // A request without an answer is an outcome of its own, and is published as such.
  requireWhole: () => {},
  write: (root, { seen, ...about }) => writePublishedRoutes(root, { ...about, played: toStored(seen) }),
};

/** Plays what opens which HTTP route of a gateway: routes.json and routes.md. Gives the exit code. Throws as `runSurvey` does. */
export function runRoutes(request: SurveyRequest): Promise<ExitCode> {
  return runSurvey(request, SURVEY);
}

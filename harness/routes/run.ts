import type { ExitCode } from '../exit.ts';
import { shippedPaths } from '../gateway/image/shipped-paths.ts';
import { orderFor } from '../order.ts';
import { onSurveyedStage, runSurvey } from '../survey/run-survey.ts';
import type { Survey, Surveyed, SurveyMeans, SurveyRequest } from '../survey/survey.ts';
import { compareRoutes, type RoutesComparison } from './compare.ts';
import { PLACES } from './dimensions.ts';
import { findingsOf, type RouteFinding, withoutFindings } from './findings.ts';
import { makeSecrets } from './make-secrets.ts';
import { playRoutes } from './play-routes.ts';
import type { PlayedRoutes } from './played-routes.ts';
import { writePublishedRoutes } from './published.ts';
import { readBase } from './read-base.ts';
import { exitCodeOf, ROUTES, type RoutesReport, THIS_VERSION } from './report.ts';
import { routesGateway } from './routes-gateway.ts';
import { renderRoutes } from './routes-markdown.ts';
import { printRoutes } from './routes-text.ts';
import { toStored } from './stored-routes.ts';
import { unwrittenPaths } from './unwritten.ts';

const SURVEY: Survey<PlayedRoutes, RouteFinding, RoutesComparison, RoutesReport> = {
  name: ROUTES,
  play,
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

async function play(means: SurveyMeans): Promise<Surveyed<PlayedRoutes>> {
  const { bed, image, secretRegistry } = means;
  const { out, seed } = means.request;
  const shipped = await shippedPaths(bed.engine, image.id);
  const hookToken = secretRegistry.mint('hook token');
  const asked = {
    name: ROUTES,
    gateway: routesGateway(image.version, hookToken),
    routes: Object.values(PLACES),
  };
  return onSurveyedStage(means, asked, async (stage) => {
    let requests = 0;
    const routes = await playRoutes({
      stage,
      secretRegistry,
      secrets: await makeSecrets(stage, secretRegistry, hookToken),
      order: orderFor(seed, ROUTES),
      told(more) {
        requests += more;
        out.progress(`openclaw ${stage.version()}: ${requests} requests`);
      },
    });
    const version = stage.version();
    return { version, routes, unwritten: shipped === null ? null : unwrittenPaths(version, shipped) };
  });
}

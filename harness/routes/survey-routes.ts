import { shippedPaths } from '../gateway/image/shipped-paths.ts';
import { orderFor } from '../order.ts';
import { onSurveyedStage } from '../survey/run-survey.ts';
import type { Surveyed, SurveyMeans } from '../survey/survey.ts';
import { PLACES } from './dimensions.ts';
import { makeSecrets } from './make-secrets.ts';
import { playRoutes } from './play-routes.ts';
import type { PlayedRoutes } from './played-routes.ts';
import { ROUTES } from './report.ts';
import { routesGateway } from './routes-gateway.ts';
import { unwrittenPaths } from './unwritten.ts';

/**
 * Boots a stage for a gateway and plays what opens which HTTP route. Throws EnvironmentError if the engine or the boot fails, or if the gateway gives no
 * device token.
 */
export async function surveyRoutes(means: SurveyMeans): Promise<Surveyed<PlayedRoutes>> {
  const { bed, image, secretRegistry, seed, out } = means;
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

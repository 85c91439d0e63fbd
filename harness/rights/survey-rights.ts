import { shippedMethods } from '../gateway/image/shipped-methods.ts';
import { orderFor } from '../order.ts';
import { PATIENT_GATEWAY } from '../scenario/schema/scenario.ts';
import { onSurveyedStage } from '../survey/run-survey.ts';
import type { Surveyed, SurveyMeans } from '../survey/survey.ts';
import type { Matrix } from './matrix.ts';
import { playMatrix } from './play-matrix.ts';
import { RIGHTS } from './report.ts';
import { NO_TABLES } from './rows.ts';

/**
 * Boots a stage for a gateway and plays who may call what. Throws EnvironmentError if the engine or the boot fails, or if the pairing list cannot
 * be read.
 */
export async function surveyRights(means: SurveyMeans): Promise<Surveyed<Matrix>> {
  const { bed, image, reference, secretRegistry, seed, out } = means;
  const shipped = await shippedMethods(bed.engine, image.id);
  if (shipped === null)
    out.say(`${reference}: its package has no method tables; only methods that hello-ok lists are called`);
  const asked = { name: RIGHTS, gateway: PATIENT_GATEWAY, routes: [{ from: 'lan', through: 'documented' } as const] };
  return onSurveyedStage(means, asked, (stage) => {
    let calls = 0;
    return playMatrix({
      stage,
      secretRegistry,
      shipped: shipped ?? NO_TABLES,
      order: orderFor(seed, RIGHTS),
      told(more) {
        calls += more;
        out.progress(`openclaw ${stage.version()}: ${calls} calls`);
      },
    });
  });
}

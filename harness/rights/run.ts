import { EnvironmentError, type ExitCode } from '../exit.ts';
import { shippedMethods } from '../gateway/image/shipped-methods.ts';
import { orderFor } from '../order.ts';
import { PATIENT_GATEWAY } from '../scenario/schema/scenario.ts';
import { onSurveyedStage, runSurvey } from '../survey/run-survey.ts';
import type { Survey, Surveyed, SurveyMeans, SurveyRequest } from '../survey/survey.ts';
import { compareMatrices, type RightsComparison } from './compare.ts';
import { type Finding, findingsOf, newOpenMethods, withoutFindings } from './findings.ts';
import { type Matrix, toStored } from './matrix.ts';
import { playMatrix } from './play-matrix.ts';
import { writePublishedRights } from './published.ts';
import { readBase } from './read-base.ts';
import { exitCodeOf, isComplete, RIGHTS, type RightsReport, THIS_VERSION } from './report.ts';
import { renderRights } from './rights-markdown.ts';
import { printRights } from './rights-text.ts';
import { NO_TABLES } from './rows.ts';

const SURVEY: Survey<Matrix, Finding, RightsComparison, RightsReport> = {
  name: RIGHTS,
  play,
  readBase,
  judge(head, base) {
    const comparison = base === null ? null : compareMatrices(base, head);
    const introduced = comparison === null ? [] : newOpenMethods(comparison, head);
    const findings = [...findingsOf(head), ...introduced];
    return { findings, introduced, comparison, exitCode: exitCodeOf(head, findings, comparison) };
  },
  findingsOf,
  withoutFindings,
  report: (basics, matrix) => ({ ...THIS_VERSION, ...basics, matrix: toStored(matrix) }),
  markdown: renderRights,
  terminal: printRights,
  versionOf: ({ version }) => version,
  requireWhole(matrix) {
    if (!isComplete(matrix))
      throw new EnvironmentError(
        `the matrix of ${matrix.version} is incomplete, and was not published: a caller could not be made, or a call got no answer`,
        'Run it again while the machine has less to do.',
      );
  },
  write: (root, { seen, ...about }) => writePublishedRights(root, { ...about, matrix: toStored(seen) }),
};

/** Plays who may call what on a gateway: rights.json and rights.md. Gives the exit code. Throws as `runSurvey` does. */
export function runRights(request: SurveyRequest): Promise<ExitCode> {
  return runSurvey(request, SURVEY);
}

async function play(means: SurveyMeans): Promise<Surveyed<Matrix>> {
  const { bed, image, reference, secretRegistry } = means;
  const { out, seed } = means.request;
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

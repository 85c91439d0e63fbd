import { EnvironmentError, type ExitCode } from '../exit.ts';
import { runSurvey } from '../survey/run-survey.ts';
import type { Survey, SurveyRequest } from '../survey/survey.ts';
import { compareMatrices, type RightsComparison } from './compare.ts';
import { type Finding, findingsOf, newOpenMethods, withoutFindings } from './findings.ts';
import { type Matrix, toStored } from './matrix.ts';
import { writePublishedRights } from './published.ts';
import { readBase } from './read-base.ts';
import { exitCodeOf, isComplete, RIGHTS, type RightsReport, THIS_VERSION } from './report.ts';
import { renderRights } from './rights-markdown.ts';
import { printRights } from './rights-text.ts';
import { surveyRights } from './survey-rights.ts';

const SURVEY: Survey<Matrix, Finding, RightsComparison, RightsReport> = {
  name: RIGHTS,
  play: surveyRights,
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

import { shippedMethods } from '../gateway/image/shipped-methods.ts';
import { orderFor } from '../order.ts';
import type { SurveyChange } from '../results/comparison.ts';
import { PATIENT_GATEWAY } from '../scenario/schema/scenario.ts';
import type { PreparedSurvey, Survey, SurveyMeans } from '../survey/survey.ts';
import { count } from '../text/format.ts';
import type { CallerFinding } from './caller-property.ts';
import { compareMatrices, type RightsComparison, type RowChange } from './compare.ts';
import { findingsOf, newOpenMethods, withoutFindings } from './findings.ts';
import { withHttpCalls } from './http-calls.ts';
import { fromStored, type Matrix, type StoredMatrix, storedMatrixSchema, toStored } from './matrix.ts';
import { playMatrix } from './play-matrix.ts';
import { RIGHTS_PROPERTIES } from './properties.ts';
import { writePublishedRights } from './published.ts';
import { readBase } from './read-base.ts';
import { exitCodeOf, isComplete, RIGHTS, type RightsReport, THIS_VERSION } from './report.ts';
import { renderRights } from './rights-markdown.ts';
import { printRights } from './rights-text.ts';
import { NO_TABLES } from './rows.ts';
import { sayCallers } from './say-callers.ts';

/** The survey of who may call what on a gateway: rights.json and rights.md. */
export const RIGHTS_SURVEY: Survey<Matrix, StoredMatrix, CallerFinding, RightsComparison, RightsReport> = {
  name: RIGHTS,
  title: 'Properties of every method, called by every kind of caller',
  why: 'A fix at the door can let a caller call more behind it. Each method is called by callers with each scope and without.',
  file: 'harness/rights/properties.ts',
  properties: RIGHTS_PROPERTIES,
  prepare,
  readBase,
  judge(head, base) {
    const comparison = base === null ? null : compareMatrices(base, head);
    const introduced = comparison === null ? [] : newOpenMethods(comparison, head);
    const findings = [...findingsOf(head), ...introduced];
    return { findings, introduced, comparison, exitCode: exitCodeOf(head, findings, comparison) };
  },
  findingsOf,
  violationOf: ({ property, where, callers, seen }) => ({ property, where, by: callers, seen }),
  sayBy: sayCallers,
  withoutFindings,
  changesOf: ({ rows, admitted, notAdmitted }, introduced) => [
    ...admitted.map((id) => callerChange('weakened', id)),
    ...rows.map((change) => rowChange(change, introduced)),
    ...notAdmitted.map((id) => callerChange('tightened', id)),
  ],
  report: (basics, matrix) => ({ ...THIS_VERSION, ...basics, matrix: toStored(matrix) }),
  markdown: renderRights,
  terminal: printRights,
  amountOf: ({ rows }) =>
    `${count(
      rows.reduce((sum, { answers }) => sum + Object.keys(answers).length, 0),
      'call',
    )} of ${count(rows.length, 'row')}`,
  gapOf: (matrix) =>
    isComplete(matrix) ? null : 'a caller could not be made, no remote caller was admitted, or a call got no answer',
  publishesGaps: false,
  stored: storedMatrixSchema,
  toStored,
  fromStored,
  write: (root, { seen, ...about }) => writePublishedRights(root, { ...about, matrix: toStored(seen) }),
};

async function prepare(means: SurveyMeans): Promise<PreparedSurvey<Matrix>> {
  const { engine, image, version, reference, secretRegistry, seed, out } = means;
  const shipped = await shippedMethods(engine, image.id);
  if (shipped === null)
    out.say(`${reference}: its package has no method tables; only methods that hello-ok lists are called`);
  return {
    gateway: withHttpCalls(PATIENT_GATEWAY, version),
    routes: [{ from: 'lan', through: 'documented' }],
    work(stage) {
      let calls = 0;
      return playMatrix({
        stage,
        version,
        secretRegistry,
        shipped: shipped ?? NO_TABLES,
        order: orderFor(seed, RIGHTS),
        told(more) {
          calls += more;
          out.progress(`openclaw ${version}: ${calls} calls`);
        },
      });
    },
  };
}

type Change = Omit<SurveyChange, 'survey' | 'isOfBase' | 'accepted'>;

function callerChange(kind: 'weakened' | 'tightened', id: string): Change {
  const [gained, lost] = kind === 'weakened' ? ['is admitted', ''] : ['', 'is admitted'];
  return { kind, where: `the caller ${id}`, gained, lost };
}

function rowChange({ row, kind, gained, lost }: RowChange, introduced: readonly CallerFinding[]): Change {
  const isOpen = introduced.some(({ where }) => where === row);
  return { kind: isOpen ? 'open' : kind, where: row, gained: sayCallers(gained), lost: sayCallers(lost) };
}

import { countsOf } from './counts.ts';
import type { Finding } from './finding.ts';
import { type CheckResult, type Report, surveyId, type TableCell } from './report.ts';

/**
 * What the output of a run may tell. `public`: nothing that a released gateway may have and that nobody has published; that goes into a private
 * file. `full`: everything.
 */
export const DISCLOSURES = ['public', 'full'] as const;
export type Disclosure = (typeof DISCLOSURES)[number];

/** Public on CI, whose logs and artefacts others may read, and full on a machine of one's own. */
export function defaultDisclosure(env: Readonly<Record<string, string | undefined>>): Disclosure {
  return env.CI === 'true' ? 'public' : 'full';
}

/** What public output leaves out: checks on their gateways, cells of the decision table on all of them, and findings of a comparison. */
export type Withheld = {
  checks: readonly Pick<CheckResult, 'gateway' | 'id'>[];
  /** Ids of cells. */
  cells: ReadonlySet<string>;
  findings: readonly Finding[];
};

export const NOTHING_WITHHELD: Withheld = { checks: [], cells: new Set(), findings: [] };

/**
 * Whether a check shows a violation that nobody has published: a remote client got what it should not have, and it is neither the symptom of a
 * reported failure nor a known deviation. A flaky one may be such a violation.
 */
export function isUnpublished({ verdict, local }: CheckResult): boolean {
  return !local && (verdict === 'fail' || verdict === 'flaky');
}

/** A report in two parts: what may be public, with the number of what is not, and the checks and cells that are withheld. */
export function withhold(
  report: Report,
  { checks, cells, findings }: Withheld,
): { shown: Report; checks: CheckResult[]; table: TableCell[] } {
  const named = new Set(checks.map(({ gateway, id }) => JSON.stringify([gateway, id])));
  const isWithheld = ({ gateway, id }: CheckResult): boolean => named.has(JSON.stringify([gateway, id]));
  const left = report.checks.filter((check) => !isWithheld(check));
  // What a survey saw shows each violation of its properties.
  const surveys = report.surveys?.filter(
    ({ survey, gateway }) =>
      !checks.some((check) => check.gateway === gateway && check.id.startsWith(`${surveyId(survey)}/`)),
  );
  return {
    shown: {
      ...report,
      counts: countsOf(left.map(({ verdict }) => verdict)),
      checks: left,
      table: report.table.filter(({ id }) => !cells.has(id)),
      ...(surveys === undefined ? {} : { surveys }),
      withheld: checks.length + findings.length,
    },
    checks: report.checks.filter(isWithheld),
    table: report.table.filter(({ id }) => cells.has(id)),
  };
}

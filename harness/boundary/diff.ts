import { UsageError } from '../exit.ts';
import type { CheckResult, Report } from '../report/report.ts';
import { CHANGES, type Change, changeBetween } from './change.ts';

/** One check on both gateways. */
export type Pair = { id: string; base: CheckResult; head: CheckResult };

/**
 * What became of one check. `local`: whoever it is about came from the gateway's own machine. A step that is nobody's, such as a
 * count of rows, is not local: nothing says that only local clients are touched.
 */
export type CheckChange = Pair & { change: Change; local: boolean };

/** Two gateways, check by check, worst first. */
export type Diff = {
  base: Report['subjects'][number];
  head: Report['subjects'][number];
  changes: CheckChange[];
  /** Checks that were seen on one of them alone: what only one was asked is no comparison. */
  onlyBase: string[];
  onlyHead: string[];
};

function subjectOf(report: Report, which: string): Report['subjects'][number] {
  const [subject, ...others] = report.subjects;
  if (subject !== undefined && others.length === 0) return subject;
  const names = report.subjects.map(({ reference }) => reference).join(', ');
  throw new UsageError(
    `the ${which} report is about ${report.subjects.length} gateways${names === '' ? '' : ` (${names})`}`,
    'Give a report of one gateway: run each with `postern run --gateway …` of its own.',
  );
}

/** A red verdict was seen as well as a green one; what was skipped, or makes no sense on a release, was not. */
function seenIn(report: Report): Map<string, CheckResult> {
  return new Map(report.checks.filter(({ observation }) => observation !== null).map((check) => [check.id, check]));
}

/**
 * Compares two reports of one gateway each, check by check, by what was seen and not by what was expected. Throws UsageError where
 * a report is about several gateways, or where they were made by different versions of the suite: another text of a scenario is
 * another knock.
 */
export function diffReports(base: Report, head: Report): Diff {
  const subjects = { base: subjectOf(base, 'base'), head: subjectOf(head, 'head') };
  const [of, than] = [base.run.suite, head.run.suite].map(
    ({ version, commit }) => `${version} (${commit ?? 'no commit'})`,
  );
  if (of !== than)
    throw new UsageError(
      `the base report was made by suite ${of}, the head report by suite ${than}`,
      'Run both gateways with the same checkout.',
    );
  const [before, after] = [seenIn(base), seenIn(head)];
  const changes = [...before].flatMap(([id, was]): CheckChange[] => {
    const is = after.get(id);
    if (is === undefined || was.observation === null || is.observation === null) return [];
    const change = changeBetween(was.observation, is.observation);
    return [{ id, base: was, head: is, change, local: was.vantage === 'loopback' && is.vantage === 'loopback' }];
  });
  const rank = ({ change, local }: CheckChange): number => CHANGES.indexOf(change) * 2 + (local ? 1 : 0);
  return {
    ...subjects,
    changes: changes.sort((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1)),
    onlyBase: [...before.keys()].filter((id) => !after.has(id)),
    onlyHead: [...after.keys()].filter((id) => !before.has(id)),
  };
}

/** The changes that let somebody further in who is not on the gateway's own machine: each of them is exit 4. */
export function weakeningsOf({ changes }: Diff): CheckChange[] {
  return changes.filter(({ change, local }) => change === 'weakened' && !local);
}

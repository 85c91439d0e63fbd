import { EnvironmentError, type ExitCode, UsageError } from '../exit.ts';
import { connectEngine } from '../gateway/engine/engine.ts';
import { isDecided, standingHolds } from '../judge/standing.ts';
import { GATE_FUZZED_KNOCKS } from '../limits.ts';
import type { TableSize } from '../pairwise/covering-array.ts';
import { declaredChecks } from '../pairwise/declared.ts';
import { createRechecks, shownBefore } from '../pairwise/recheck.ts';
import { wholeTable } from '../pairwise/table-part.ts';
import { renderComment } from '../report/ci/comment.ts';
import { renderSarif } from '../report/ci/sarif.ts';
import { printDiff, renderDiff } from '../report/diff.ts';
import { comparisonHtml } from '../report/html/html-diff.ts';
import { COMMENT_FILE } from '../report/write.ts';
import type { Report } from '../results/report.ts';
import { ROOT } from '../root.ts';
import { loadScenariosWith } from '../scenario/catalogue/load.ts';
import type { Conclusion } from '../suite/conclusion.ts';
import { runSuite } from '../suite/run.ts';
import type { RunRequest } from '../suite/run-request.ts';
import { type Accepted, accept, loadAccepted } from './accepted-weakenings.ts';
import { diffReports } from './diff.ts';
import { findingsOf } from './findings.ts';
import { readStoredBase } from './stored-base.ts';

/** The base of a gate: a gateway that is played at the same time as the head, or the stored report of an earlier run. */
export type Base = { kind: 'gateway'; reference: string } | { kind: 'report'; report: Report };

export type GateRequest = Omit<
  RunRequest,
  'gateways' | 'files' | 'table' | 'purpose' | 'prune' | 'whileKept' | 'leavesOut' | 'evidenceIn' | 'comparison'
> & {
  base: Base;
  head: string;
  /** The size of the decision table; null for scenarios alone. */
  table: TableSize | null;
};

/**
 * Plays scenarios and decision table on two gateways at the same time, and compares them check by check and cell by cell. A cell that
 * differs is observed once more on both gateways before it counts. With a stored base, only the head is played.
 *
 * Gives exit 0 only if every check that holds on the base holds on the head, remote clients get no more access on the head, and nothing is
 * undecided. The report, the comparison and the last line of the terminal say the same. Throws UsageError if the two cannot be compared.
 */
export async function runGate({ base, head, table, ...request }: GateRequest): Promise<ExitCode> {
  if (base.kind === 'gateway' && base.reference === head)
    throw new UsageError(
      `base and head are both ${head}`,
      'Name two gateways; to see noise, compare two reports with `postern diff`.',
    );
  if (base.kind === 'report') {
    request.out.say(await readStoredBase(base.report, await connectEngine(), new Date()));
  }
  const accepted = loadAccepted(ROOT, declaredChecks(loadScenariosWith(ROOT, request.ownScenarios)));
  const gateways = base.kind === 'gateway' ? [base.reference, head] : [head];
  const { doubted, over } = createRechecks(gateways, base.kind === 'report' ? shownBefore(base.report.table) : null);
  const { exitCode } = await runSuite({
    ...request,
    purpose: 'gate',
    gateways,
    files: [],
    table:
      table === null
        ? null
        : { part: wholeTable(table, { path: null, runs: GATE_FUZZED_KNOCKS }), doubted, over, save: false },
    prune: false,
    whileKept: null,
    leavesOut: null,
    evidenceIn: null,
    comparison: {
      judgeAtLeastAs: (versions) =>
        base.kind === 'report' ? (base.report.subjects[0]?.version ?? null) : (versions.get(base.reference) ?? null),
      conclude: (report) =>
        conclusionOf(base.kind === 'report' ? base.report : onlyOf(report, base.reference), onlyOf(report, head), {
          accepted,
          today: report.run.startedAt.slice(0, 10),
        }),
    },
  });
  return exitCode;
}

/**
 * Compares the reports of the two gateways of a gate. Takes a report of one gateway each, the entries of accepted.yaml, and the day of the run
 * (`today`, YYYY-MM-DD).
 *
 * Gives which checks hold, the findings as problems, and the comparison as HTML, Markdown and terminal text. A check of the head that is red on
 * both holds, because a gate asks only whether the head is worse. A check of the base is red only if its verdict decides nothing.
 *
 * Throws EnvironmentError if one of the gateways was never played, and UsageError if the two reports cannot be compared.
 */
export function conclusionOf(
  base: Report,
  head: Report,
  { accepted, today }: { accepted: readonly Accepted[]; today: string },
): Conclusion {
  const missing = [base, head].find(({ subjects }) => subjects.length === 0);
  if (missing !== undefined)
    throw new EnvironmentError('one of the two gateways was never played', 'Read the problems above; they say why.');
  const compared = accept(diffReports(base, head), accepted, today);
  const standings = new Map(compared.standings.map(({ id, standing }) => [id, standing]));
  return {
    holds({ id, gateway, verdict, holds }) {
      const standing = standings.get(id) ?? 'holds';
      if (gateway !== compared.head.reference) return isDecided(verdict);
      if (standing === 'untold') return holds;
      return standingHolds(standing);
    },
    problems: findingsOf(compared),
    files: {
      'comparison.html': () => comparisonHtml(compared),
      'comparison.md': () => renderDiff(compared),
      'comparison.sarif': ({ run }) => renderSarif(compared, run.suite.version),
      [COMMENT_FILE]: (report) => renderComment(report, compared),
    },
    told: printDiff(compared),
  };
}

/** The report with only the parts that are about one gateway. */
function onlyOf(report: Report, gateway: string): Report {
  return {
    ...report,
    subjects: report.subjects.filter(({ reference }) => reference === gateway),
    checks: report.checks.filter((check) => check.gateway === gateway),
    table: report.table.filter((cell) => cell.gateway === gateway),
  };
}

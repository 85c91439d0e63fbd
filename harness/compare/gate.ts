import { EnvironmentError, EXIT, type ExitCode, UsageError } from '../exit.ts';
import { connectEngine } from '../gateway/engine/engine.ts';
import { isDecided, standingHolds } from '../judge/standing.ts';
import { GATE_FUZZED_KNOCKS } from '../limits.ts';
import type { TableSize } from '../pairwise/covering-array.ts';
import { createRechecks, shownBefore } from '../pairwise/recheck.ts';
import { shareOfPart, wholeTable } from '../pairwise/table-part.ts';
import { renderComment } from '../report/ci/comment.ts';
import { renderSarif } from '../report/ci/sarif.ts';
import { renderComparisonJson } from '../report/comparison/comparison-json.ts';
import { renderComparison } from '../report/comparison/comparison-markdown.ts';
import { printComparison } from '../report/comparison/comparison-terminal.ts';
import { comparisonHtml } from '../report/html/html-comparison.ts';
import { COMMENT_FILE } from '../report/write.ts';
import { type Disclosure, NOTHING_WITHHELD } from '../results/disclosure.ts';
import type { Objection } from '../results/explained-comparison.ts';
import type { Report } from '../results/report.ts';
import { ROOT } from '../root.ts';
import { PROFILES } from '../scenario/catalogue/profile.ts';
import type { Problem } from '../suite/build-report.ts';
import type { ComparisonPlan, Conclusion } from '../suite/conclusion.ts';
import type { RunOutcome } from '../suite/report-run.ts';
import { runSuite } from '../suite/run.ts';
import type { RunRequest } from '../suite/run-request.ts';
import { surveysIn } from '../suite/surveys.ts';
import { posternCommit } from '../version.ts';
import { type AskedTable, askedPart, askedTable } from './asked-part.ts';
import { compareReports, type Known, readKnown } from './compare-reports.ts';
import { readStoredBase } from './stored-base.ts';
import { requireSurveys } from './survey-changes.ts';
import { publicComparison, withheldFrom } from './withheld.ts';

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
 * Gives the report, its folder and the exit code. That is 0 only if every check that holds on the base holds on the head, remote clients get no more
 * access on the head, and nothing is undecided. The report, the comparison and the last line of the terminal say the same. Throws UsageError if the two cannot be compared.
 */
export async function runGate({ base, head, table, ...request }: GateRequest): Promise<RunOutcome> {
  if (base.kind === 'gateway' && base.reference === head)
    throw new UsageError(
      `base and head are both ${head}`,
      'Name two gateways; to see noise, compare two reports with `postern diff`.',
    );
  if (base.kind === 'report') {
    request.out.say(
      await readStoredBase(base.report, await connectEngine(), { now: new Date(), commit: posternCommit() }),
    );
    requireSurveys(base.report, surveysIn(request.selection, request.surveys));
  }
  const { profile } = request.selection;
  const runs = profile === null ? GATE_FUZZED_KNOCKS : PROFILES[profile.name].randomKnocks;
  const part = table === null ? null : wholeTable(table, { path: null, runs });
  const mine = part === null || request.shard === null ? part : shareOfPart(part, request.shard);
  const known = readKnown(ROOT, request.ownScenarios);
  const gateways = base.kind === 'gateway' ? [base.reference, head] : [head];
  const { doubted, over } = createRechecks(gateways, base.kind === 'report' ? shownBefore(base.report.table) : null);
  return runSuite({
    ...request,
    purpose: 'gate',
    gateways,
    files: [],
    table: part === null ? null : { part, doubted, over, save: false },
    prune: false,
    whileKept: null,
    leavesOut: null,
    evidenceIn: null,
    comparison: {
      judgeAtLeastAs: (versions) =>
        base.kind === 'report' ? (base.report.subjects[0]?.version ?? null) : (versions.get(base.reference) ?? null),
      conclude: concludeGate(base, head, known, { disclosure: request.disclosure, asked: askedTable(mine) }),
    },
  });
}

/**
 * Makes the function that compares the gateways of a gate by the report of its run: the base, and the head by its reference. `asked` is what was asked
 * of the table, `disclosure` what the output may tell.
 */
export function concludeGate(
  base: Base,
  head: string,
  known: Known,
  { disclosure, asked }: { disclosure: Disclosure; asked: AskedTable },
): ComparisonPlan['conclude'] {
  return (report, problems) => {
    const played = onlyOf(report, head);
    const before = base.kind === 'report' ? askedPart(base.report, played, asked) : onlyOf(report, base.reference);
    const today = report.run.startedAt.slice(0, 10);
    return conclusionOf(before, played, known, { today, problems, disclosure });
  };
}

/**
 * Compares the reports of the two gateways of a gate. Takes a report of one gateway each, what the comparison is explained by, the day of the run
 * (`today`, YYYY-MM-DD), the problems of the run, and what its output may tell.
 *
 * Gives which checks hold, the reasons for the exit code as problems, and the comparison as JSON, HTML, Markdown and terminal text. A check of the
 * head that is red on both holds, because a gate asks only whether the head is worse. A check of the base is red only if its verdict decides nothing.
 *
 * Throws EnvironmentError if one of the gateways was never played, and UsageError if the two reports cannot be compared.
 */
export function conclusionOf(
  base: Report,
  head: Report,
  known: Known,
  { today, problems, disclosure }: { today: string; problems: readonly Problem[]; disclosure: Disclosure },
): Conclusion {
  const missing = [base, head].find(({ subjects }) => subjects.length === 0);
  if (missing !== undefined)
    throw new EnvironmentError('one of the two gateways was never played', 'Read the problems above; they say why.');
  const already = problems.map(({ text, exitCode }) => ({ text, exitCode, objection: objectionTo(exitCode) }));
  const compared = compareReports(base, head, known, { today, already });
  const unpublished = withheldFrom(compared, base, head);
  // A comment and the alerts of a code scanner are public, wherever they are made.
  const published = publicComparison(compared, unpublished);
  const shown = disclosure === 'public' ? published : compared;
  const standings = new Map(compared.standings.map(({ id, standing }) => [id, standing]));
  return {
    holds({ id, gateway, verdict, holds }) {
      const standing = standings.get(id) ?? 'holds';
      if (gateway !== compared.head.reference) return isDecided(verdict);
      if (standing === 'untold') return holds;
      return standingHolds(standing);
    },
    problems: compared.reasons.filter((reason) => !already.some((known) => known === reason)),
    files: {
      'comparison.json': () => renderComparisonJson(shown),
      'comparison.html': () => comparisonHtml(shown),
      'comparison.md': () => renderComparison(shown),
      'comparison.sarif': ({ run }) => renderSarif(published, run.suite.version),
      [COMMENT_FILE]: (report) => renderComment(report, published),
    },
    told: printComparison(shown),
    withheld: disclosure === 'public' ? unpublished : NOTHING_WITHHELD,
  };
}

/** What a problem of the run itself means for the head, by its exit code. */
function objectionTo(exitCode: ExitCode): Objection {
  if (exitCode === EXIT.weakened) return 'weaker';
  if (exitCode === EXIT.stale) return 'stale';
  return exitCode === EXIT.failed ? 'broken' : 'untold';
}

/** The report with only the parts that are about one gateway. */
export function onlyOf(report: Report, gateway: string): Report {
  return {
    ...report,
    subjects: report.subjects.filter(({ reference }) => reference === gateway),
    checks: report.checks.filter((check) => check.gateway === gateway),
    table: report.table.filter((cell) => cell.gateway === gateway),
    surveys: (report.surveys ?? []).filter((each) => each.gateway === gateway),
  };
}

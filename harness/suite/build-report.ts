import { EXIT, type ExitCode } from '../exit.ts';
import { exitCodeOf, type Purpose } from '../judge/verdict.ts';
import { reportWithinBudget } from '../results/budget.ts';
import { countsOf } from '../results/counts.ts';
import { REPORT_SCHEMA_VERSION, type Report, type ReportedShard, type ScenarioInfo } from '../results/report.ts';
import type { LoadedScenario } from '../scenario/catalogue/load.ts';
import { posternCommit, posternVersion } from '../version.ts';
import type { GatewayRunResult } from './gateway-run-result.ts';

/** A problem outside of checks: one line of text, and the exit code that it causes. */
export type Problem = { text: string; exitCode: ExitCode };

/** What a report has of one gateway. */
export type JudgedGateway = Pick<GatewayRunResult, 'subject' | 'checks' | 'table' | 'surveys' | 'stages'>;

/** The results of a run, from which its report is made. */
export type RunResult = {
  id: string;
  purpose: Purpose;
  command: string;
  seed: number;
  startedAt: Date;
  /** In milliseconds. */
  wallMs: number;
  engine: Report['run']['engine'];
  problems: readonly Problem[];
  /** What the report says about the shard; null for a whole run. */
  shard: ReportedShard | null;
  effort: Report['effort'];
  scenarios: ScenarioInfo[];
  results: readonly JudgedGateway[];
};

/** The number of scenarios that a report lists as the slowest. */
const SLOWEST = 5;
type Slow = Report['effort']['slowest'][number];

/** What a run took on its gateways. `peakMemoryBytes` is that of the process. */
export function effortOf(results: readonly GatewayRunResult[], peakMemoryBytes: number): Report['effort'] {
  return {
    boots: sum(results, ({ boots }) => boots),
    bootMs: sum(results, ({ bootMs }) => bootMs),
    longestChainMs: Math.max(0, ...results.map(({ longestChainMs }) => longestChainMs)),
    knocks: sum(results, ({ knocks }) => knocks),
    peakMemoryBytes,
    slowest: slowestOf(results.flatMap(({ slowest }) => slowest)),
  };
}

/** The slowest scenarios among these, slowest first. */
export function slowestOf(all: readonly Slow[]): Slow[] {
  return all.toSorted((a, b) => b.ms - a.ms).slice(0, SLOWEST);
}

/** Makes the report of a run. The exit code is that of `exitCodeOf`. */
export function reportOf({ results, problems: others, startedAt, shard, ...run }: RunResult): Report {
  // The checks are in the order of the scenarios; the order of play was another one.
  const rank = new Map(run.scenarios.map(({ id }, index) => [id, index]));
  const { checks, table, leftOut } = reportWithinBudget({
    checks: results.flatMap((result) =>
      result.checks.toSorted((a, b) => (rank.get(a.scenario) ?? 0) - (rank.get(b.scenario) ?? 0)),
    ),
    table: results.flatMap((result) => result.table),
  });
  const problems = leftOut === 0 ? others : [...others, tooLong(leftOut)];
  const verdicts = checks.map(({ verdict }) => verdict);
  return {
    schemaVersion: REPORT_SCHEMA_VERSION,
    run: {
      id: run.id,
      purpose: run.purpose,
      command: run.command,
      seed: run.seed,
      startedAt: startedAt.toISOString(),
      wallMs: run.wallMs,
      suite: { version: posternVersion(), commit: posternCommit() },
      engine: run.engine,
      exitCode: exitCodeOf(
        checks,
        problems.map((problem) => problem.exitCode),
      ),
      problems: problems.map(({ text }) => text),
      ...(shard === null ? {} : { shard }),
    },
    subjects: results.map(({ subject }) => subject),
    counts: countsOf(verdicts),
    effort: run.effort,
    stages: results.flatMap(({ stages }) => stages),
    scenarios: run.scenarios,
    checks,
    table,
    ...surveysOf(results),
    withheld: 0,
    transcripts: null,
  };
}

/** What the surveys of all gateways saw; nothing if none was played. */
function surveysOf(results: readonly JudgedGateway[]): Pick<Report, 'surveys'> {
  const surveys = results.flatMap((result) => result.surveys);
  return surveys.length === 0 ? {} : { surveys };
}

function tooLong(leftOut: number): Problem {
  const text = `the report would be too long: it lacks the observations of ${leftOut} checks and probes`;
  return { text, exitCode: EXIT.environment };
}

/** A scenario as a report describes it. */
export function infoOf({ scenario, file }: LoadedScenario): ScenarioInfo {
  const { id, title, why, level, blocker, reported, affected, tags } = scenario;
  return { id, title, why, class: scenario.class, level, blocker, reported, affected, tags, file };
}

/**
 * A problem for each gateway on which declared checks have no verdict, with their number and the first of them. A scenario without verdicts must
 * not look like one that holds.
 */
export function lostChecks(
  gateways: readonly string[],
  declared: readonly string[],
  judged: readonly { gateway: string; id: string }[],
): Problem[] {
  return gateways.flatMap((gateway): Problem[] => {
    const there = new Set(judged.flatMap((check) => (check.gateway === gateway ? [check.id] : [])));
    const lost = declared.filter((id) => !there.has(id));
    if (lost.length === 0) return [];
    const text = `${lost.length} of ${declared.length} declared checks have no verdict on ${gateway}, first ${lost[0]}`;
    return [{ text, exitCode: EXIT.environment }];
  });
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}

import path from 'node:path';
import { EXIT, type ExitCode } from '../exit.ts';
import { staleDeviations } from '../judge/deviation.ts';
import { setStepOutputs } from '../report/ci/step-outputs.ts';
import { writeReports } from '../report/write.ts';
import { NOTHING_WITHHELD } from '../results/disclosure.ts';
import { type Report, TABLE_ID } from '../results/report.ts';
import {
  effortOf,
  infoOf,
  type JudgedGateway,
  lostChecks,
  type Problem,
  type RunResult,
  reportOf,
} from './build-report.ts';
import { type ComparisonPlan, type Conclusion, concluded } from './conclusion.ts';
import type { PlayedRun } from './play-run.ts';
import type { RunPlan } from './prepare-run.ts';
import type { RunRecord } from './run-record.ts';
import type { RunRequest } from './run-request.ts';
import { surveyInfo } from './surveys.ts';
import { TABLE_INFO } from './table-run.ts';
import { withheldFromRun } from './withheld-run.ts';

/** A finished run: its report as written (redacted), the exit code, and the report folder. */
export type RunOutcome = { report: Report; exitCode: ExitCode; folder: string };

/** A run that was played and judged, on this machine or as shards on several. */
export type JudgedRun = Pick<RunRequest, 'disclosure' | 'evidenceIn' | 'out'> & {
  comparison: Pick<ComparisonPlan, 'conclude'> | null;
  about: Pick<RunResult, 'purpose' | 'command' | 'seed' | 'engine' | 'scenarios'>;
  results: readonly JudgedGateway[];
  /** What the report says about the shard, without its problems; null for a whole run. */
  shard: RunPlan['shard'];
  /** The problems so far that are about this shard alone, and not about the whole run. */
  ofShard: readonly Problem[];
  /** What the run has taken by now. */
  taken(): Pick<RunResult, 'wallMs' | 'effort'>;
};

/**
 * Compares the gateways of a run that was played, if it has a comparison, and writes all reports. `peakMemory` gives the peak so far in bytes.
 * Does not throw: a report that cannot be written is a problem, and decides the exit code.
 */
export function reportRun(
  request: RunRequest,
  plan: RunPlan,
  record: RunRecord,
  { results, engine, isInterrupted }: PlayedRun,
  peakMemory: () => number,
): RunOutcome {
  const { gateways, purpose, command, seed, out, disclosure, evidenceIn } = request;
  results.sort((a, b) => gateways.indexOf(a.subject.reference) - gateways.indexOf(b.subject.reference));
  const judged = results.flatMap(({ checks }) => checks);
  // Whether a deviation of the table still shows itself is known once the cells of all shards are judged together.
  const shown = plan.shard === null ? judged : judged.filter(({ scenario }) => scenario !== TABLE_ID);
  const stale = addAll(record, staleDeviations(plan.deviations, shown, record.today));
  const begun = results.map(({ subject }) => subject.reference);
  // An interrupted run, and a gateway that was never begun, have a problem of their own.
  const lost = addAll(record, isInterrupted ? [] : lostChecks(begun, plan.checks, judged));
  const scenarios = [
    ...plan.scenarios.map(infoOf),
    ...(request.table === null ? [] : [TABLE_INFO]),
    ...plan.surveys.map(surveyInfo),
  ];
  return concludeRun(record, {
    about: {
      ...{ purpose, command, seed, scenarios },
      engine: engine === null ? null : { kind: engine.kind, version: engine.version },
    },
    ...{ results, out, disclosure, evidenceIn },
    comparison: isInterrupted ? null : request.comparison,
    shard: plan.shard,
    ofShard: [...stale, ...lost],
    taken: () => ({ wallMs: Date.now() - record.startedAt.getTime(), effort: effortOf(results, peakMemory()) }),
  });
}

/** Adds problems to the record, and gives them as they were added. */
function addAll(record: RunRecord, problems: readonly Problem[]): Problem[] {
  return problems.map(({ text, exitCode }) => record.problem(text, exitCode));
}

/** Compares the gateways of a judged run, if it has a comparison, and writes all reports, as `reportRun` does. */
export function concludeRun(record: RunRecord, run: JudgedRun): RunOutcome {
  const { about, results, out } = run;
  const { id, startedAt, problems, redact } = record;
  const ofShard = new Set(run.ofShard);
  const shardNow = (): RunResult['shard'] =>
    run.shard === null ? null : { ...run.shard, problems: problems.filter((problem) => !ofShard.has(problem)) };
  const reportNow = (): Report =>
    reportOf({ ...about, ...run.taken(), id, startedAt, problems, results, shard: shardNow() });

  const problem = (text: string, exitCode: ExitCode): void => {
    ofShard.add(record.problem(text, exitCode));
  };
  const conclusion = concluded(run.comparison, reportNow(), { results, problems, problem, redact, out });
  const isPublic = run.disclosure === 'public';
  const withheld = isPublic ? (conclusion?.withheld ?? withheldFromRun(reportNow())) : NOTHING_WITHHELD;
  const { exitCode, wallMs } = reportNow().run;
  record.emit({ at: new Date().toISOString(), event: 'run-finished', exitCode, wallMs });
  record.closeLog();
  return writeAll(run, record, reportNow, { files: conclusion?.files ?? {}, withheld });
}

/** Writes the reports, and shows the end of the run on the terminal. */
function writeAll(
  { out, evidenceIn }: JudgedRun,
  { folder, redact, problems, progress }: RunRecord,
  reportNow: () => Report,
  { files, withheld }: Pick<Conclusion, 'files' | 'withheld'>,
): RunOutcome {
  // A replay is about a part of an earlier run, to which `latest` goes on pointing.
  const context = { redact, env: process.env, out, files, withheld, isLatest: evidenceIn === null };
  let written = writeReports(folder, reportNow(), context);
  if (written.problems.length > 0) {
    // If a report could not be written, the exit code is not 0, and the reports that could be written are written again with that problem.
    for (const text of written.problems) problems.push({ text, exitCode: EXIT.environment });
    written = writeReports(folder, reportNow(), { ...context, env: {} });
  }
  const { report, shown, digest } = written;
  const outputs = { report: path.resolve(folder), counts: JSON.stringify(shown.counts), digest: digest ?? '' };
  const failure = setStepOutputs(outputs, process.env);
  if (failure !== null) out.complain(failure);
  if (evidenceIn !== null) out.say(evidenceIn(shown));
  const pages = ['index.html', ...Object.keys(files).filter((file) => file.endsWith('.html'))];
  progress.finish(
    shown,
    pages.map((file) => path.relative(process.cwd(), path.join(folder, file))),
  );
  const exitCode = Object.values(EXIT).find((code) => code === report.run.exitCode) ?? EXIT.environment;
  return { report, exitCode, folder };
}

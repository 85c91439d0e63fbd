import path from 'node:path';
import { EXIT, type ExitCode } from '../exit.ts';
import { staleDeviations } from '../judge/deviation.ts';
import { setStepOutputs } from '../report/ci/step-outputs.ts';
import { writeReports } from '../report/write.ts';
import { NOTHING_WITHHELD } from '../results/disclosure.ts';
import type { Report } from '../results/report.ts';
import { infoOf, lostChecks, reportOf } from './build-report.ts';
import { type Conclusion, concluded } from './conclusion.ts';
import type { PlayedRun } from './play-run.ts';
import type { RunPlan } from './prepare-run.ts';
import type { RunRecord } from './run-record.ts';
import type { RunRequest } from './run-request.ts';
import { TABLE_INFO } from './table-run.ts';
import { withheldFromRun } from './withheld-run.ts';

/** A finished run: its report as written (redacted), the exit code, and the report folder. */
export type RunOutcome = { report: Report; exitCode: ExitCode; folder: string };

/**
 * Compares the gateways of a run that was played, if it has a comparison, and writes all reports. `peakMemory` gives the peak so far in bytes.
 * Does not throw: a report that cannot be written is a problem, and decides the exit code.
 */
export function reportRun(
  request: RunRequest,
  plan: RunPlan,
  record: RunRecord,
  played: PlayedRun,
  peakMemory: () => number,
): RunOutcome {
  const { out, gateways } = request;
  const { problem, redact } = record;
  const { results } = played;
  results.sort((a, b) => gateways.indexOf(a.subject.reference) - gateways.indexOf(b.subject.reference));
  addProblemsOfChecks(plan, record, played);
  const { purpose, command, seed } = request;
  const { id, startedAt, problems } = record;
  const scenarios = [...plan.scenarios.map(infoOf), ...(request.table === null ? [] : [TABLE_INFO])];
  const about = { id, purpose, command, seed, startedAt, engine: played.engine, scenarios };
  const reportNow = (): Report => reportOf({ ...about, problems, peakMemoryBytes: peakMemory(), results });

  const comparison = played.isInterrupted ? null : request.comparison;
  const conclusion = concluded(comparison, reportNow(), { results, problems, problem, redact, out });
  const isPublic = request.disclosure === 'public';
  const withheld = isPublic ? (conclusion?.withheld ?? withheldFromRun(reportNow())) : NOTHING_WITHHELD;
  const { exitCode, wallMs } = reportNow().run;
  record.emit({ at: new Date().toISOString(), event: 'run-finished', exitCode, wallMs });
  record.closeLog();
  return writeAll(request, record, reportNow, { files: conclusion?.files ?? {}, withheld });
}

/** Adds the problems that only the checks of the whole run show: stale deviations, and checks without a verdict. */
function addProblemsOfChecks({ checks, deviations }: RunPlan, record: RunRecord, played: PlayedRun): void {
  const judged = played.results.flatMap((result) => result.checks);
  const begun = played.results.map(({ subject }) => subject.reference);
  // An interrupted run, and a gateway that was never begun, have a problem of their own.
  const lost = played.isInterrupted ? [] : lostChecks(begun, checks, judged);
  for (const { text, exitCode } of [...staleDeviations(deviations, judged, record.today), ...lost])
    record.problem(text, exitCode);
}

/** Writes the reports, and shows the end of the run on the terminal. */
function writeAll(
  { out, evidenceIn }: RunRequest,
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

import { availableParallelism } from 'node:os';
import path from 'node:path';
import { EXIT, type ExitCode, InterruptedError, isPosternError, messageOf, UsageError } from '../exit.ts';
import { removeImagesOf } from '../gateway/built-images.ts';
import { connectEngine, type Engine } from '../gateway/engine.ts';
import { parseReference } from '../gateway/reference.ts';
import type { Stage } from '../gateway/stage.ts';
import { openTestBed, type TestBed } from '../gateway/test-bed.ts';
import { loadDeviations, staleDeviations } from '../judge/deviation.ts';
import type { Purpose } from '../judge/verdict.ts';
import { LIVE_STAGES, runDeadlineMs } from '../limits.ts';
import { cellsOf, type TableSize } from '../pairwise/covering-array.ts';
import { declaredChecks } from '../pairwise/declared.ts';
import type { Cell } from '../pairwise/dimensions.ts';
import { TABLE_CHECKS, TABLE_ID } from '../pairwise/properties.ts';
import { createSemaphore } from '../play/semaphore.ts';
import { createSecretRegistry } from '../redaction/redactor.ts';
import type { Output } from '../report/terminal/output.ts';
import { createProgress } from '../report/terminal/terminal.ts';
import { writeReports } from '../report/write.ts';
import { openEventLog } from '../results/events.ts';
import { openReportFolder } from '../results/folder.ts';
import type { Report, RunEvent } from '../results/report.ts';
import { ROOT } from '../root.ts';
import { everyStepOf } from '../scenario/checks.ts';
import { type LoadedScenario, loadGiven, loadScenarios } from '../scenario/load.ts';
import { type Selection, select, whyLeftOut } from '../scenario/select.ts';
import { onSignal } from '../signals.ts';
import { infoOf, lostChecks, type Problem, reportOf } from './build-report.ts';
import { type ComparisonPlan, concluded } from './conclusion.ts';
import { type GatewayRunResult, runGateway } from './gateway-run.ts';
import { TABLE_INFO, type TablePlan } from './table-run.ts';
import { startTimeLimit } from './time-limit.ts';

/** The decision table of a run. */
export type TableAsked = {
  size: TableSize;
  /** The fuzzing beyond the table; its seed is that of the run. */
  search: Omit<TablePlan['search'], 'seed'>;
  /** Gives, for a gateway, the function that names the cells to observe a second time. */
  doubted(gateway: string): TablePlan['doubted'];
  /** Called when the run of a gateway has ended, with or without a table. */
  over(gateway: string): void;
  /** Whether a violation that fuzzing finds is written as a scenario file. */
  save: boolean;
};

/** What a run plays, where it writes, and how. */
export type RunRequest = {
  purpose: Purpose;
  /** References of gateways, each once. */
  gateways: readonly string[];
  /** Scenario files to play in place of those below `scenarios/`; empty to play those. */
  files: readonly string[];
  selection: Selection;
  /** The decision table to play in addition to the scenarios; null for none. */
  table: TableAsked | null;
  /** Decides the order of play and the random knocks. All gateways of a run have the same seed. */
  seed: number;
  /** The folder in which the run creates its report folder. */
  reports: string;
  /** How the gateways are compared, if they are played at the same time; null to play them one after the other and judge each alone. */
  comparison: ComparisonPlan | null;
  /** Whether the stages stay up after the run until `whileKept` settles. */
  keep: boolean;
  /** Whether the images that were built of a gateway are removed once it has been played. */
  prune: boolean;
  /** Gets the stages that stay up with `keep`; the run removes them when the promise settles. */
  whileKept(stages: readonly Stage[]): Promise<void>;
  /** The command line, for the report. */
  command: string;
  out: Output;
};

/** A finished run: its report as written (redacted), the exit code, and the report folder. */
export type RunOutcome = { report: Report; exitCode: ExitCode; folder: string };

/**
 * Plays the selected scenarios, and the decision table if one is asked for, on each gateway, and writes all reports. Throws a PosternError before
 * anything boots if scenarios, lists, references, filters or the report folder cannot be read. A later failure is a problem in the report and
 * decides its exit code.
 */
export async function runSuite(request: RunRequest): Promise<RunOutcome> {
  const catalogue = loadScenarios(ROOT);
  const given = loadGiven(ROOT, request.files, catalogue);
  const isGiven = request.files.length > 0;
  const scenarios = chosen(isGiven ? given : catalogue, request);
  const deviations = loadDeviations(ROOT, declaredChecks([...catalogue, ...given]));
  for (const gateway of request.gateways) parseReference(gateway);
  const twice = request.gateways.find((gateway, index) => request.gateways.indexOf(gateway) !== index);
  if (twice !== undefined)
    throw new UsageError(
      `--gateway ${twice} is given twice`,
      'Reports distinguish gateways by their reference: give each one once.',
    );

  const runId = newRunId();
  const folder = openReportFolder(request.reports, runId);
  const secretRegistry = createSecretRegistry();
  const redact = (text: string): string => secretRegistry.redact(text);
  const log = openEventLog(path.join(folder, 'events.ndjson'), redact);
  const { out } = request;
  out.clearWith(redact);
  const progress = createProgress(out);
  const emit = (event: RunEvent): void => {
    log.append(event);
    progress.on(event);
  };
  const startedAt = new Date();
  const today = startedAt.toISOString().slice(0, 10);
  const problems: Problem[] = [];
  const problem = (text: string, exitCode: ExitCode): void => {
    problems.push({ text, exitCode });
    emit({ at: new Date().toISOString(), event: 'problem', text });
  };
  emit({
    at: startedAt.toISOString(),
    event: 'run-started',
    run: runId,
    purpose: request.purpose,
    command: request.command,
    seed: request.seed,
    scenarios: scenarios.length,
    checks: checksIn(scenarios, request.table) * request.gateways.length,
    gateways: [...request.gateways],
  });

  const memory = watchMemory();
  const results: GatewayRunResult[] = [];
  const interrupted = onSignal();
  const cells = request.table === null ? [] : cellsOf(request.table.size);
  const deadline = startTimeLimit(runDeadlineMs(scenarios.length, request.gateways.length, cells.length));
  const stopped = (): boolean => interrupted.signal !== null || deadline.passed();
  const stray = (error: unknown): void => {
    const why = error instanceof Error ? (error.stack ?? error.message) : `${error}`;
    problem(`an unhandled promise rejection, which is a defect of Postern: ${why}`, EXIT.environment);
  };
  process.on('unhandledRejection', stray);
  let engine: Engine | null = null;
  let bed: TestBed | null = null;
  try {
    engine = await connectEngine();
    const { say } = out;
    const opened = await openTestBed(engine, { runId, secretRegistry, say });
    bed = opened;
    say(opened.base.why);
    if (scenarios.some(opensBrowser)) await opened.prepareBrowser();
    const room = { boots: createSemaphore(availableParallelism()), live: createSemaphore(LIVE_STAGES) };
    const versions = new Map<string, string>();
    const playOn = async (gateway: string): Promise<void> => {
      const session = runGateway(
        {
          root: ROOT,
          folder,
          bed: opened,
          secretRegistry,
          purpose: request.purpose,
          judgeAtLeastAs: request.comparison?.judgeAtLeastAs(versions) ?? null,
          scenarios,
          whyLeftOut: (scenario) => (isGiven ? null : whyLeftOut(scenario, request.selection)),
          deviations,
          today,
          table: planOf(request, cells, gateway),
          seed: request.seed,
          room,
          beside: request.comparison !== null,
          // Vitest takes no files from outside of its root.
          emit,
          problem,
          say,
          stopped,
          keep: request.keep,
        },
        gateway,
        (result) => results.push(result),
      );
      // After a signal, or when the time limit is over, the report has what was judged so far. The containers of the rest are removed below.
      await Promise.race([session, interrupted.promise, deadline.over]).finally(() => request.table?.over(gateway));
      session.catch(() => {});
      const played = results.find(({ subject }) => subject.reference === gateway)?.subject;
      if (request.prune && played !== undefined && !stopped())
        for (const { tag, kept } of await removeImagesOf(opened.engine, played.image))
          say(kept === null ? `Removed ${tag}.` : `Left ${tag}: ${kept}.`);
    };
    if (request.comparison !== null) {
      // The images are built one after the other, and before any gateway boots.
      for (const gateway of request.gateways) versions.set(gateway, (await opened.image(gateway)).version);
      await Promise.all(request.gateways.map(playOn));
    } else {
      for (const gateway of request.gateways) if (!stopped()) await playOn(gateway);
    }
    if (deadline.passed()) {
      for (const result of results) result.giveUp(`${deadline.why}, and the check was not judged by then`);
      problem(`${deadline.why}. Select fewer scenarios, or find what hangs: see harness/limits.ts.`, EXIT.environment);
    } else if (request.keep && interrupted.signal === null) {
      interrupted.stop(); // from now on Ctrl-C ends the wait in `whileKept` and does not interrupt the run
      await request.whileKept(results.flatMap(({ kept }) => kept));
    }
  } catch (error) {
    if (!isPosternError(error)) throw error;
    problem(`${error.message.replace(/\.$/, '')}. ${error.next}`, error.exitCode);
  } finally {
    deadline.stop();
    await takeDown(bed, problem);
  }
  if (interrupted.signal !== null) {
    problem(new InterruptedError(`interrupted by ${interrupted.signal}`, '').message, EXIT.interrupted);
  }
  interrupted.stop();
  process.off('unhandledRejection', stray);

  results.sort((a, b) => request.gateways.indexOf(a.subject.reference) - request.gateways.indexOf(b.subject.reference));
  const checks = results.flatMap((result) => result.checks);
  for (const stale of staleDeviations(deviations, checks, today)) problem(stale.text, stale.exitCode);
  // A declared check without a verdict is a problem. Not in an interrupted run, and not for a gateway that was never played: both have their own.
  if (interrupted.signal === null) {
    const played = results.map(({ subject }) => subject.reference);
    const declaredHere = [
      ...scenarios.flatMap((scenario) => scenario.checks.map(({ id }) => id)),
      ...tableChecks(request.table),
    ];
    for (const lost of lostChecks(played, declaredHere, checks)) problem(lost.text, lost.exitCode);
  }
  const infos = [...scenarios.map(infoOf), ...(request.table === null ? [] : [TABLE_INFO])];
  const { purpose, command, seed } = request;
  const about = { id: runId, purpose, command, seed, startedAt, engine, scenarios: infos };
  const reportWith = (): Report => reportOf({ ...about, problems, peakMemoryBytes: memory.stop(), results });
  const comparison = interrupted.signal === null ? request.comparison : null;
  const files = { ...concluded(comparison, reportWith(), { results, problem, redact, out }) };
  let report = reportWith();
  emit({
    at: new Date().toISOString(),
    event: 'run-finished',
    exitCode: report.run.exitCode,
    wallMs: report.run.wallMs,
  });
  for (const text of log.close()) problems.push({ text, exitCode: EXIT.environment });
  const context = { redact, env: process.env, out, files };
  report = reportWith();
  let result = writeReports(folder, report, context);
  if (result.problems.length > 0) {
    // If a report could not be written, the exit code is not 0, and the reports that could be written are written again with that problem.
    for (const text of result.problems) problems.push({ text, exitCode: EXIT.environment });
    result = writeReports(folder, reportWith(), { ...context, env: {} });
  }
  // The report as written: redacted.
  report = result.report;
  progress.finish(
    report,
    ['index.html', ...Object.keys(files).filter((file) => file.endsWith('.html'))].map((file) =>
      path.relative(process.cwd(), path.join(folder, file)),
    ),
  );
  const exitCode = Object.values(EXIT).find((code) => code === report.run.exitCode) ?? EXIT.environment;
  return { report, exitCode, folder };
}

function planOf({ table, seed }: RunRequest, cells: readonly Cell[], gateway: string): TablePlan | null {
  if (table === null) return null;
  const { size, search, save } = table;
  return { size, cells, search: { ...search, seed }, save, doubted: table.doubted(gateway) };
}

/** The scenarios that the selection names; none if it names only the decision table. Throws UsageError if a filter selects nothing. */
function chosen(all: readonly LoadedScenario[], { selection, table }: RunRequest): LoadedScenario[] {
  const ofTable = selection.only.find((id) => id === TABLE_ID || id.startsWith(`${TABLE_ID}/`));
  if (ofTable !== undefined && table === null)
    throw new UsageError(
      `--only ${ofTable} is a check of the decision table, which this run does not play`,
      `Add --table quick, and give --only ${TABLE_ID}.`,
    );
  if (ofTable !== undefined && ofTable !== TABLE_ID)
    throw new UsageError(
      `--only ${ofTable} is one check of the decision table, which can only be played as a whole`,
      `Give --only ${TABLE_ID}.`,
    );
  if (table === null) return select(all, selection);
  const only = selection.only.filter((id) => id !== TABLE_ID);
  const isAlone = selection.only.length > 0 && only.length === 0;
  return isAlone ? [] : select(all, { ...selection, only });
}

function tableChecks(table: TableAsked | null): readonly string[] {
  return table === null ? [] : TABLE_CHECKS;
}

function checksIn(scenarios: readonly LoadedScenario[], table: TableAsked | null): number {
  return scenarios.reduce((sum, { checks }) => sum + checks.length, tableChecks(table).length);
}

/** Whether a scenario has a `browser` step, and so needs the browser image. */
export function opensBrowser({ scenario }: LoadedScenario): boolean {
  return everyStepOf(scenario).some(({ kind }) => kind === 'browser');
}

async function takeDown(bed: TestBed | null, problem: (text: string, exitCode: ExitCode) => void): Promise<void> {
  try {
    await bed?.close();
  } catch (error) {
    problem(
      `containers of this run could not be removed: ${messageOf(error)}. The next run tries again.`,
      EXIT.environment,
    );
  }
}

/** Samples the memory of this process every 250 ms; `stop` gives the peak of its resident set in bytes. */
function watchMemory(): { stop(): number } {
  let peak = process.memoryUsage.rss();
  const timer = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 250);
  timer.unref();
  return {
    stop: () => {
      clearInterval(timer);
      return Math.max(peak, process.memoryUsage.rss());
    },
  };
}

/** A run id that sorts by time and is unique on this machine: date and time in UTC, then the process id in base 36. */
function newRunId(): string {
  const stamp = new Date().toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-');
  return `${stamp}-${process.pid.toString(36)}`;
}

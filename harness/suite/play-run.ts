import { availableParallelism } from 'node:os';
import { EXIT, InterruptedError, isPosternError, messageOf } from '../exit.ts';
import { connectEngine, type Engine } from '../gateway/engine/engine.ts';
import { removeImagesOf } from '../gateway/image/built-images.ts';
import { openTestBed, type TestBed } from '../gateway/stage/test-bed.ts';
import { LIVE_STAGES, runDeadlineMs } from '../limits.ts';
import type { ConcurrencyLimits } from '../play/run-stages.ts';
import { createSemaphore } from '../play/semaphore.ts';
import { ROOT } from '../root.ts';
import { onSignal, type Signalled } from '../signals.ts';
import { runGateway } from './gateway-run.ts';
import type { GatewayRunResult } from './gateway-run-result.ts';
import { opensBrowser, type RunPlan } from './prepare-run.ts';
import type { RunRecord } from './run-record.ts';
import type { RunRequest } from './run-request.ts';
import type { TablePlan } from './table-run.ts';
import { startTimeLimit, type TimeLimit } from './time-limit.ts';

/** What was played: the engine, null if it did not answer; a result for each gateway that was begun; and whether a signal ended the play. */
export type PlayedRun = { engine: Engine | null; results: GatewayRunResult[]; isInterrupted: boolean };

/** A run while it is played. `results` gets a result when a gateway is begun. */
type RunInPlay = {
  request: RunRequest;
  plan: RunPlan;
  record: RunRecord;
  results: GatewayRunResult[];
  interrupted: Signalled;
  deadline: TimeLimit;
};

/**
 * Plays the plan on all gateways, until they are done, a signal comes, or the time limit of the run is over; then removes every container. Gives
 * what was judged by then. A failure of the environment is a problem in the record. Rejects only with a defect of Postern.
 */
export async function playRun(request: RunRequest, plan: RunPlan, record: RunRecord): Promise<PlayedRun> {
  const interrupted = onSignal();
  const deadline = startTimeLimit(
    runDeadlineMs(plan.scenarios.length, request.gateways.length, plan.table?.cells.length ?? 0),
  );
  const strays = recordStrayRejections(record);
  const run: RunInPlay = { request, plan, record, results: [], interrupted, deadline };
  let engine: Engine | null = null;
  let bed: TestBed | null = null;
  try {
    engine = await connectEngine();
    bed = await openBed(run, engine);
    await playGateways(run, bed);
    await endPlay(run);
  } catch (error) {
    if (!isPosternError(error)) throw error;
    record.problem(`${error.message.replace(/\.$/, '')}. ${error.next}`, error.exitCode);
  } finally {
    deadline.stop();
    await takeDown(bed, record);
    if (interrupted.signal !== null)
      record.problem(new InterruptedError(`interrupted by ${interrupted.signal}`, '').message, EXIT.interrupted);
    interrupted.stop();
    strays.stop();
  }
  return { engine, results: run.results, isInterrupted: interrupted.signal !== null };
}

async function openBed({ request, plan, record }: RunInPlay, engine: Engine): Promise<TestBed> {
  const { say } = request.out;
  const bed = await openTestBed(engine, { runId: record.id, secretRegistry: record.secretRegistry, say });
  say(bed.base.why);
  if (plan.scenarios.some(opensBrowser)) await bed.prepareBrowser();
  return bed;
}

/** Plays the gateways at the same time if they are compared, else one after the other. */
async function playGateways(run: RunInPlay, bed: TestBed): Promise<void> {
  const { gateways, comparison } = run.request;
  const room = { boots: createSemaphore(availableParallelism()), live: createSemaphore(LIVE_STAGES) };
  if (comparison === null) {
    for (const gateway of gateways)
      if (!isStopped(run)) await playGateway(run, { bed, room, judgeAtLeastAs: null }, gateway);
    return;
  }
  // The images are built one after the other, and before any gateway boots.
  const versions = new Map<string, string>();
  for (const gateway of gateways) versions.set(gateway, (await bed.image(gateway)).version);
  const judgeAtLeastAs = comparison.judgeAtLeastAs(versions);
  await Promise.all(gateways.map((gateway) => playGateway(run, { bed, room, judgeAtLeastAs }, gateway)));
}

type Means = { bed: TestBed; room: ConcurrencyLimits; judgeAtLeastAs: string | null };

async function playGateway(run: RunInPlay, { bed, room, judgeAtLeastAs }: Means, gateway: string): Promise<void> {
  const { request, plan, record, results, interrupted, deadline } = run;
  const { say } = request.out;
  const session = runGateway(
    {
      root: ROOT,
      folder: record.folder,
      bed,
      secretRegistry: record.secretRegistry,
      purpose: request.purpose,
      judgeAtLeastAs,
      scenarios: plan.scenarios,
      whyLeftOut: (scenario) => plan.whyLeftOut(scenario) ?? request.leavesOut?.(scenario.scenario.id, gateway) ?? null,
      deviations: plan.deviations,
      today: record.today,
      table: tableOn(run, gateway),
      surveys: plan.surveys,
      seed: request.seed,
      room,
      beside: request.comparison !== null,
      emit: record.emit,
      problem: record.problem,
      say,
      stopped: () => isStopped(run),
      keep: request.whileKept !== null,
    },
    gateway,
    (result) => results.push(result),
  );
  // After a signal, or when the time limit is over, the report has what was judged so far. The containers of the rest are removed at the end.
  await Promise.race([session, interrupted.promise, deadline.over]).finally(() => request.table?.over(gateway));
  session.catch(() => {});
  const played = results.find(({ subject }) => subject.reference === gateway)?.subject;
  if (request.prune && played !== undefined && !isStopped(run))
    for (const { tag, kept } of await removeImagesOf(bed.engine, played.image))
      say(kept === null ? `Removed ${tag}.` : `Left ${tag}: ${kept}.`);
}

/** Gives the checks without a verdict up if the time limit is over; else waits for as long as the stages are kept. */
async function endPlay({ request, record, results, interrupted, deadline }: RunInPlay): Promise<void> {
  if (deadline.passed()) {
    for (const result of results) result.giveUp(`${deadline.why}, and the check was not judged by then`);
    record.problem(
      `${deadline.why}. Select fewer scenarios, or find what hangs: see harness/limits.ts.`,
      EXIT.environment,
    );
  } else if (request.whileKept !== null && interrupted.signal === null) {
    interrupted.stop(); // from now on Ctrl-C ends the wait in `whileKept` and does not interrupt the run
    await request.whileKept(results.flatMap(({ kept }) => kept));
  }
}

function isStopped({ interrupted, deadline }: RunInPlay): boolean {
  return interrupted.signal !== null || deadline.passed();
}

function tableOn({ request: { table, seed }, plan: { table: part } }: RunInPlay, gateway: string): TablePlan | null {
  return table === null || part === null ? null : { part, seed, save: table.save, doubted: table.doubted(gateway) };
}

/** Records each promise that is rejected and that nobody awaits, until `stop`. It would end the process, and leave containers behind. */
function recordStrayRejections(record: RunRecord): { stop(): void } {
  const onStray = (error: unknown): void => {
    const why = error instanceof Error ? (error.stack ?? error.message) : `${error}`;
    record.problem(`an unhandled promise rejection, which is a defect of Postern: ${why}`, EXIT.environment);
  };
  process.on('unhandledRejection', onStray);
  return { stop: () => process.off('unhandledRejection', onStray) };
}

async function takeDown(bed: TestBed | null, record: RunRecord): Promise<void> {
  try {
    await bed?.close();
  } catch (error) {
    record.problem(
      `containers of this run could not be removed: ${messageOf(error)}. The next run tries again.`,
      EXIT.environment,
    );
  }
}

import { isDeepStrictEqual } from 'node:util';
import { EnvironmentError, messageOf } from '../exit.ts';
import {
  needed,
  type Readiness,
  type Stage,
  type StageInPlay,
  type VersionMismatch,
  whyNotReady,
} from '../gateway/stage/stage.ts';
import { PARTS_AT_ONCE } from '../limits.ts';
import type { SecretRegistry } from '../redaction/redactor.ts';
import { createMutex, type Timeouts } from './context.ts';
import { type PlannedStage, unitsOf } from './planned-stage.ts';
import { failedPlayback, type Playback, playScenario, playWorkaround } from './play.ts';
import type { PlayUnit } from './play-unit.ts';
import { createSemaphore, type Semaphore } from './semaphore.ts';
import { resetCommandIdentity } from './steps/reset-command-identity.ts';

/** Receives the events of a run: stages that boot and end, scenarios that are played. */
export type StageListener = {
  stageBooting(stage: PlannedStage): void;
  stageReady(stage: PlannedStage, version: string, ms: number): void;
  stageFailed(stage: PlannedStage, why: string): void;
  knocked(): void;
  /** The play of a unit begins. */
  playing(unit: PlayUnit): void;
  /** A unit was played, or could not be. `ms` is the time of its knocks, commands and boots in milliseconds, without waits for a mutex. */
  played(unit: PlayUnit, playback: Playback, ms: number): void;
  /** The gateway of a stage reported other versions than its package has. */
  stageMisnamed(stage: PlannedStage, names: readonly VersionMismatch[]): void;
  /** The log of a stage contains secrets: the name of each, and the first line that contains it (counted from 0). */
  stageLeaked(stage: PlannedStage, leaks: ReadonlyMap<string, number>): void;
  /** A stage has ended; `boots` has the duration of each of its boots in milliseconds. */
  stageDone(stage: PlannedStage, boots: readonly number[]): void;
};

/** Two semaphores: how many gateways boot at once, and how many stages are up at once. Runs that play at the same time share them. */
export type ConcurrencyLimits = { boots: Semaphore; live: Semaphore };

/** Runs a boot as soon as the semaphore for boots permits it. */
export type BootTurn = <T>(boot: () => Promise<T>) => Promise<T>;

/** A stage, and the work on it, for stages that play no scenarios. */
export type StageJob = { planned: PlannedStage; play(stage: StageInPlay): Promise<void> };

export type RunStagesRequest = {
  stages: readonly PlannedStage[];
  others: readonly StageJob[];
  secretRegistry: SecretRegistry;
  timeouts: Timeouts;
  /** Boots a stage. Every boot of a gateway on it, the first and the later ones, goes through `turn`. */
  boot(planned: PlannedStage, turn: BootTurn): Promise<{ stage: Stage; readiness: Readiness }>;
  listener: StageListener;
  room: ConcurrencyLimits;
  /** The seed of the run: it decides the order of operations whose order does not matter. */
  seed: number;
  /** True once the run was interrupted; then no stage boots and no batch begins. */
  stopped(): boolean;
  /** True to leave every stage up at the end. */
  keep: boolean;
};

const INTERRUPTED = 'the run was interrupted';

/**
 * Boots every planned stage, as many at once as `room` permits, and plays its batches on it.
 * Resolves when all units are played. Does not reject: a failure is in the records of the units that it affects.
 */
export async function runStages(request: RunStagesRequest): Promise<void> {
  const { live, boots } = request.room;
  const played = request.stages.map(
    (planned): StageJob => ({ planned, play: (stage) => playBatches(request, planned, stage) }),
  );
  // The plan is sorted by length, longest first. The rank gives longer stages the next free slot of a semaphore.
  await Promise.all(
    [...request.others, ...played].map((other, rank) =>
      live(() => runStage(request, other, (work) => boots(work, rank)), rank),
    ),
  );
}

async function runStage(request: RunStagesRequest, { planned, play }: StageJob, turn: BootTurn): Promise<void> {
  const { listener } = request;
  if (request.stopped()) {
    failUnits(request, unitsOf(planned), INTERRUPTED);
    return;
  }
  listener.stageBooting(planned);
  let stage: Stage | null = null;
  try {
    const booted = await request.boot(planned, turn);
    stage = booted.stage;
    const { readiness } = booted;
    if (readiness.kind === 'ready') {
      listener.stageReady(planned, readiness.version, readiness.afterMs);
      await play(stage);
    } else {
      failStage(request, planned, whyNotReady(readiness));
    }
  } catch (error) {
    failStage(request, planned, messageOf(error));
  } finally {
    const leaks = stage?.gatewayLog.leaks() ?? new Map();
    if (leaks.size > 0) listener.stageLeaked(planned, leaks);
    if (stage !== null && stage.misnamed.length > 0) listener.stageMisnamed(planned, stage.misnamed);
    listener.stageDone(planned, stage?.boots ?? []);
    if (!request.keep) await stage?.close();
  }
}

/**
 * Plays the batches of a stage, one after the other, and the units of a batch at the same time. Units share no device, and the mutex of the
 * stage makes their knocks happen one after the other. Each batch finds the stage in its first state, except for rows of devices that the
 * batch does not use: between two batches, the command in the gateway's home loses its identity.
 */
async function playBatches(request: RunStagesRequest, planned: PlannedStage, stage: StageInPlay): Promise<void> {
  const { secretRegistry, timeouts, listener, seed } = request;
  const runExclusive = createMutex();
  const slots = createSemaphore(PARTS_AT_ONCE);
  const playUnit = async (unit: PlayUnit): Promise<void> => {
    listener.playing(unit);
    // Only the time inside the mutex counts; the time in its queue belongs to other units.
    let ms = 0;
    const timed: typeof runExclusive = (work) =>
      runExclusive(async () => {
        const began = performance.now();
        return work().finally(() => {
          ms += performance.now() - began;
        });
      });
    const { scenario } = unit.loaded;
    const play = { scenario, stage, secretRegistry, timeouts, seed, runExclusive: timed, knocked: listener.knocked };
    const playback = unit.workaround === null ? await playScenario(play) : await playWorkaround(play, unit.workaround);
    listener.played(unit, playback, Math.round(ms));
  };
  for (const [index, batch] of planned.batches.entries()) {
    const isNew = index === 0;
    const prepared = isNew ? Promise.resolve() : prepareFor(stage, planned, index, secretRegistry);
    const notPrepared = await prepared.then(() => null, messageOf);
    const why = request.stopped() ? INTERRUPTED : notPrepared;
    if (why === null) await Promise.all(batch.map((unit, rank) => slots(() => playUnit(unit), rank)));
    else failUnits(request, batch, why);
  }
}

/** Puts a stage into the first state of a further batch, by its index. Rejects with EnvironmentError if that fails. */
async function prepareFor(
  stage: StageInPlay,
  { batches }: PlannedStage,
  index: number,
  secretRegistry: SecretRegistry,
): Promise<void> {
  await resetCommandIdentity(stage, secretRegistry);
  const [before, gateway] = [index - 1, index].map((at) => batches[at]?.[0]?.loaded.scenario.gateway);
  if (gateway === undefined || isDeepStrictEqual(before, gateway)) return;
  const readiness = await needed(stage, 'lifecycle').adopt(gateway);
  if (readiness.kind !== 'ready')
    throw new EnvironmentError(
      `the gateway does not apply the config of the next scenarios: ${whyNotReady(readiness)}`,
      'Its log, which lies in the report folder, has the change. See harness/play/applied-settings.ts.',
    );
}

function failStage(request: RunStagesRequest, planned: PlannedStage, why: string): void {
  request.listener.stageFailed(planned, why);
  failUnits(request, unitsOf(planned), why);
}

function failUnits({ listener }: RunStagesRequest, units: readonly PlayUnit[], why: string): void {
  for (const unit of units) listener.played(unit, failedPlayback(unit, why), 0);
}

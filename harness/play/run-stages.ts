import { messageOf } from '../exit.ts';
import { type Misnamed, type Readiness, type Stage, whyNotReady } from '../gateway/stage.ts';
import { PARTS_AT_ONCE } from '../limits.ts';
import type { SecretRegistry } from '../redaction/redactor.ts';
import { createMutex, type Timeouts } from './context.ts';
import { type PlannedStage, type PlayUnit, unitsOf } from './plan-stages.ts';
import { failedPlayback, type Playback, playScenario, playWorkaround } from './play.ts';
import { resetCommandIdentity } from './reset-command-identity.ts';
import { createSemaphore, type Semaphore } from './semaphore.ts';

/** What happens while stages are booted and scenarios played, for whoever watches. */
export type StageListener = {
  stageBooting(stage: PlannedStage): void;
  stageReady(stage: PlannedStage, version: string, ms: number): void;
  stageFailed(stage: PlannedStage, why: string): void;
  knocked(): void;
  /** A part is being played from now on. */
  playing(part: PlayUnit): void;
  /** A part was played, or could not be; its knocks, commands and boots took so many milliseconds. */
  played(part: PlayUnit, playback: Playback, ms: number): void;
  /** The gateway of a stage called itself by other versions than its package says. */
  stageMisnamed(stage: PlannedStage, names: readonly Misnamed[]): void;
  /** Secrets, by name, stood in the log of a stage, each first in this line (the first line is 0). */
  stageLeaked(stage: PlannedStage, leaks: ReadonlyMap<string, number>): void;
  /** A stage is done with, after `boots` boots of so many milliseconds each. */
  stageDone(stage: PlannedStage, boots: readonly number[]): void;
};

/** How many gateways may boot, and how many stages may be up, at once. Whoever plays beside others on this machine shares it with them. */
export type ConcurrencyLimits = { boots: Semaphore; live: Semaphore };

/** Waits until a boot may begin, and does it. */
export type BootTurn = <T>(boot: () => Promise<T>) => Promise<T>;

/** A stage on which something else than parts of scenarios is played. */
export type StageJob = { planned: PlannedStage; play(stage: Stage): Promise<void> };

export type RunStagesRequest = {
  stages: readonly PlannedStage[];
  others: readonly StageJob[];
  secretRegistry: SecretRegistry;
  timeouts: Timeouts;
  /** Boots a stage; each boot of a gateway on it, the first and later ones, takes a turn. */
  boot(planned: PlannedStage, turn: BootTurn): Promise<{ stage: Stage; readiness: Readiness }>;
  listener: StageListener;
  room: ConcurrencyLimits;
  /** Of the run: decides what is done in an order that says nothing. */
  seed: number;
  /** True once the run was interrupted: nothing new is begun. */
  stopped(): boolean;
  /** Leaves every stage up. */
  keep: boolean;
};

const INTERRUPTED = 'the run was interrupted';

/**
 * Boots every planned stage, as many at once as there are slots, and plays on each what was planned for it.
 * Settles when all is played. Never rejects: what fails is in the records.
 */
export async function runStages(request: RunStagesRequest): Promise<void> {
  const { live, boots } = request.room;
  const played = request.stages.map(
    (planned): StageJob => ({ planned, play: (stage) => playActs(request, planned, stage) }),
  );
  // Longer stages come first in the plan, and first whenever something is scarce.
  await Promise.all(
    [...request.others, ...played].map((other, rank) =>
      live(() => conductStage(request, other, (work) => boots(work, rank)), rank),
    ),
  );
}

async function conductStage(request: RunStagesRequest, { planned, play }: StageJob, turn: BootTurn): Promise<void> {
  const { listener } = request;
  if (request.stopped()) {
    failParts(request, unitsOf(planned), INTERRUPTED);
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
 * Side by side, parts are strangers to each other and their knocks queue. Each act finds the stage as the first one did, but for
 * rows of devices that it does not know.
 */
async function playActs(request: RunStagesRequest, planned: PlannedStage, stage: Stage): Promise<void> {
  const { secretRegistry, timeouts, listener, seed } = request;
  const runExclusive = createMutex();
  const places = createSemaphore(PARTS_AT_ONCE);
  const playPart = async (part: PlayUnit): Promise<void> => {
    listener.playing(part);
    // Time in the queue is that of others.
    let ms = 0;
    const timed: typeof runExclusive = (work) =>
      runExclusive(async () => {
        const began = performance.now();
        return work().finally(() => {
          ms += performance.now() - began;
        });
      });
    const { scenario } = part.loaded;
    const play = { scenario, stage, secretRegistry, timeouts, seed, runExclusive: timed, knocked: listener.knocked };
    const playback = part.remedy === null ? await playScenario(play) : await playWorkaround(play, part.remedy);
    listener.played(part, playback, Math.round(ms));
  };
  for (const [index, act] of planned.batches.entries()) {
    const isNew = index === 0;
    const forgotten = isNew ? null : await resetCommandIdentity(stage, secretRegistry).then(() => null, messageOf);
    const why = request.stopped() ? INTERRUPTED : forgotten;
    if (why === null) await Promise.all(act.map((part, rank) => places(() => playPart(part), rank)));
    else failParts(request, act, why);
  }
}

function failStage(request: RunStagesRequest, planned: PlannedStage, why: string): void {
  request.listener.stageFailed(planned, why);
  failParts(request, unitsOf(planned), why);
}

function failParts({ listener }: RunStagesRequest, parts: readonly PlayUnit[], why: string): void {
  for (const part of parts) listener.played(part, failedPlayback(part, why), 0);
}

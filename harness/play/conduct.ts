import type { Readiness, Stage } from '../gateway/stage.ts';
import { checksOf } from '../scenario/checks.ts';
import type { Vault } from '../secrets.ts';
import { forgetCommand } from './forget.ts';
import type { Part, PlannedStage } from './plan.ts';
import { type Playback, playRemedy, playScenario } from './play.ts';
import { showing } from './record.ts';
import { createQueue, type Patience } from './scene.ts';
import { createSlots, type Slots } from './slots.ts';

/** What happens while stages are booted and scenarios played, for whoever watches. */
export type Watcher = {
  stageBooting(stage: PlannedStage): void;
  stageReady(stage: PlannedStage, version: string, ms: number): void;
  stageFailed(stage: PlannedStage, why: string): void;
  knocked(): void;
  /** A part was played; `stage` is null where it never came up. */
  played(part: Part, planned: PlannedStage, playback: Playback, ms: number): void;
  /** Secrets, by name, stood in the log of a stage, each first in this line (the first line is 0). */
  stageLeaked(stage: PlannedStage, leaks: ReadonlyMap<string, number>): void;
  /** A stage is done with, after `boots` boots of so many milliseconds each. */
  stageDone(stage: PlannedStage, boots: readonly number[]): void;
};

export type ConductRequest = {
  stages: readonly PlannedStage[];
  vault: Vault;
  patience: Patience;
  /** Boots a stage; each boot of a gateway on it, the first and later ones, takes a turn. */
  boot(planned: PlannedStage, turn: Slots): Promise<{ stage: Stage; readiness: Readiness }>;
  watcher: Watcher;
  /** How many gateways may boot at once. */
  boots: number;
  /** How many stages may be up at once. */
  live: number;
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
export async function conduct(request: ConductRequest): Promise<void> {
  const live = createSlots(request.live);
  const turn = createSlots(request.boots);
  await Promise.all(request.stages.map((planned) => live(() => conductStage(request, planned, turn))));
}

async function conductStage(request: ConductRequest, planned: PlannedStage, turn: Slots): Promise<void> {
  const { watcher } = request;
  if (request.stopped()) {
    failParts(request, planned, planned.parts, INTERRUPTED);
    return;
  }
  watcher.stageBooting(planned);
  let stage: Stage | null = null;
  try {
    const booted = await request.boot(planned, turn);
    stage = booted.stage;
    const { readiness } = booted;
    if (readiness.kind === 'ready') {
      watcher.stageReady(planned, readiness.version, readiness.afterMs);
      await playParts(request, planned, stage);
    } else {
      failStage(request, planned, whyNotReady(readiness));
    }
  } catch (error) {
    failStage(request, planned, messageOf(error));
  } finally {
    const leaks = stage?.journal.leaks() ?? new Map();
    if (leaks.size > 0) watcher.stageLeaked(planned, leaks);
    watcher.stageDone(planned, stage?.boots ?? []);
    if (!request.keep) await stage?.close();
  }
}

/**
 * Side by side, parts are strangers to each other and their knocks queue. In turn, each finds the stage as the first one did,
 * but for rows of devices that it does not know.
 */
async function playParts(request: ConductRequest, planned: PlannedStage, stage: Stage): Promise<void> {
  const { vault, patience, watcher } = request;
  const alone = createQueue();
  const playPart = async (part: Part): Promise<void> => {
    const began = performance.now();
    const play = { loaded: part.loaded, stage, vault, patience, alone, knocked: watcher.knocked };
    const playback = part.remedy === null ? await playScenario(play) : await playRemedy(play, part.remedy);
    watcher.played(part, planned, playback, Math.round(performance.now() - began));
  };
  if (!planned.inTurn) {
    await Promise.all(planned.parts.map(playPart));
    return;
  }
  for (const part of planned.parts) {
    const why = request.stopped() ? INTERRUPTED : await forgetCommand(stage, vault).then(() => null, messageOf);
    if (why === null) await playPart(part);
    else failParts(request, planned, [part], why);
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : `${error}`);

function whyNotReady(readiness: Exclude<Readiness, { kind: 'ready' }>): string {
  switch (readiness.kind) {
    case 'exited':
      return `the gateway exited with ${readiness.exitCode} instead of starting; its last words:\n${readiness.lastLines}`;
    case 'not-ready':
      return `the gateway was not ready after ${readiness.afterMs} ms: ${readiness.why}`;
  }
}

function failStage(request: ConductRequest, planned: PlannedStage, why: string): void {
  request.watcher.stageFailed(planned, why);
  failParts(request, planned, planned.parts, why);
}

function failParts({ watcher }: ConductRequest, planned: PlannedStage, parts: readonly Part[], why: string): void {
  for (const part of parts) watcher.played(part, planned, failedPlayback(part, why), 0);
}

function failedPlayback(part: Part, why: string): Playback {
  const checks = checksOf(part.loaded.scenario).filter((check) => check.remedy === part.remedy);
  const record = showing({ environmentFailed: why });
  return new Map(checks.map((check) => [check.id, record]));
}

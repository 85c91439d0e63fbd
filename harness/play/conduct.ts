import { messageOf } from '../exit.ts';
import { whyNotReady } from '../gateway/ready.ts';
import type { Misnamed, Readiness, Stage } from '../gateway/stage.ts';
import type { Vault } from '../secrets.ts';
import { forgetCommand } from './forget.ts';
import { type Part, type PlannedStage, partsOf } from './plan.ts';
import { failedPlayback, type Playback, playRemedy, playScenario } from './play.ts';
import { createQueue, type Patience } from './scene.ts';
import { createSlots, type Slots } from './slots.ts';

/** What happens while stages are booted and scenarios played, for whoever watches. */
export type Watcher = {
  stageBooting(stage: PlannedStage): void;
  stageReady(stage: PlannedStage, version: string, ms: number): void;
  stageFailed(stage: PlannedStage, why: string): void;
  knocked(): void;
  /** A part is being played from now on. */
  playing(part: Part): void;
  /** A part was played, or could not be; its knocks, commands and boots took so many milliseconds. */
  played(part: Part, playback: Playback, ms: number): void;
  /** The gateway of a stage called itself by other versions than its package says. */
  stageMisnamed(stage: PlannedStage, names: readonly Misnamed[]): void;
  /** Secrets, by name, stood in the log of a stage, each first in this line (the first line is 0). */
  stageLeaked(stage: PlannedStage, leaks: ReadonlyMap<string, number>): void;
  /** A stage is done with, after `boots` boots of so many milliseconds each. */
  stageDone(stage: PlannedStage, boots: readonly number[]): void;
};

/** How many gateways may boot, and how many stages may be up, at once. Whoever plays beside others on this machine shares it with them. */
export type Room = { boots: Slots; live: Slots };

/** Waits until a boot may begin, and does it. */
export type Turn = <T>(boot: () => Promise<T>) => Promise<T>;

/** A stage on which something else than parts of scenarios is played. */
export type OtherStage = { planned: PlannedStage; play(stage: Stage): Promise<void> };

export type ConductRequest = {
  stages: readonly PlannedStage[];
  others: readonly OtherStage[];
  vault: Vault;
  patience: Patience;
  /** Boots a stage; each boot of a gateway on it, the first and later ones, takes a turn. */
  boot(planned: PlannedStage, turn: Turn): Promise<{ stage: Stage; readiness: Readiness }>;
  watcher: Watcher;
  room: Room;
  /** Of the run: decides what is done in an order that says nothing. */
  seed: number;
  /** True once the run was interrupted: nothing new is begun. */
  stopped(): boolean;
  /** Leaves every stage up. */
  keep: boolean;
};

/**
 * How many parts of an act play side by side. Their knocks queue, so more would only draw each of them out; and a release of 2026.7 or
 * later forgets a silently paired device after a minute when another of its kind is paired.
 */
const PARTS_AT_ONCE = 3;

const INTERRUPTED = 'the run was interrupted';

/**
 * Boots every planned stage, as many at once as there are slots, and plays on each what was planned for it.
 * Settles when all is played. Never rejects: what fails is in the records.
 */
export async function conduct(request: ConductRequest): Promise<void> {
  const { live, boots } = request.room;
  const played = request.stages.map(
    (planned): OtherStage => ({ planned, play: (stage) => playActs(request, planned, stage) }),
  );
  // Longer stages come first in the plan, and first whenever something is scarce.
  await Promise.all(
    [...request.others, ...played].map((other, rank) =>
      live(() => conductStage(request, other, (work) => boots(work, rank)), rank),
    ),
  );
}

async function conductStage(request: ConductRequest, { planned, play }: OtherStage, turn: Turn): Promise<void> {
  const { watcher } = request;
  if (request.stopped()) {
    failParts(request, partsOf(planned), INTERRUPTED);
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
      await play(stage);
    } else {
      failStage(request, planned, whyNotReady(readiness));
    }
  } catch (error) {
    failStage(request, planned, messageOf(error));
  } finally {
    const leaks = stage?.journal.leaks() ?? new Map();
    if (leaks.size > 0) watcher.stageLeaked(planned, leaks);
    if (stage !== null && stage.misnamed.length > 0) watcher.stageMisnamed(planned, stage.misnamed);
    watcher.stageDone(planned, stage?.boots ?? []);
    if (!request.keep) await stage?.close();
  }
}

/**
 * Side by side, parts are strangers to each other and their knocks queue. Each act finds the stage as the first one did, but for
 * rows of devices that it does not know.
 */
async function playActs(request: ConductRequest, planned: PlannedStage, stage: Stage): Promise<void> {
  const { vault, patience, watcher, seed } = request;
  const alone = createQueue();
  const places = createSlots(PARTS_AT_ONCE);
  const playPart = async (part: Part): Promise<void> => {
    watcher.playing(part);
    // Time in the queue is that of others.
    let ms = 0;
    const timed: typeof alone = (work) =>
      alone(async () => {
        const began = performance.now();
        return work().finally(() => {
          ms += performance.now() - began;
        });
      });
    const { scenario } = part.loaded;
    const play = { scenario, stage, vault, patience, seed, alone: timed, knocked: watcher.knocked };
    const playback = part.remedy === null ? await playScenario(play) : await playRemedy(play, part.remedy);
    watcher.played(part, playback, Math.round(ms));
  };
  for (const [index, act] of planned.acts.entries()) {
    const isNew = index === 0;
    const forgotten = isNew ? null : await forgetCommand(stage, vault).then(() => null, messageOf);
    const why = request.stopped() ? INTERRUPTED : forgotten;
    if (why === null) await Promise.all(act.map((part, rank) => places(() => playPart(part), rank)));
    else failParts(request, act, why);
  }
}

function failStage(request: ConductRequest, planned: PlannedStage, why: string): void {
  request.watcher.stageFailed(planned, why);
  failParts(request, partsOf(planned), why);
}

function failParts({ watcher }: ConductRequest, parts: readonly Part[], why: string): void {
  for (const part of parts) watcher.played(part, failedPlayback(part, why), 0);
}

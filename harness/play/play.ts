import { messageOf } from '../exit.ts';
import type { Stage } from '../gateway/stage.ts';
import { checksOf } from '../scenario/checks.ts';
import type { LoadedScenario } from '../scenario/load.ts';
import type { Remedy } from '../scenario/scenario.ts';
import type { Step } from '../scenario/step.ts';
import type { Vault } from '../secrets.ts';
import { castOf } from './cast.ts';
import { ALONE } from './meeting.ts';
import type { Part } from './plan.ts';
import { type StepRecord, showing } from './record.ts';
import { rowsOf } from './rows.ts';
import type { Patience, Scene } from './scene.ts';
import { playStep } from './step.ts';
import { playTogether } from './together.ts';

/** What playing left behind, by check id. A check that was never reached is absent. */
export type Playback = Map<string, StepRecord>;

export type PlayRequest = {
  loaded: LoadedScenario;
  stage: Stage;
  vault: Vault;
  patience: Patience;
  /** See Scene.alone: one queue per stage. */
  alone: Scene['alone'];
  knocked(): void;
};

/** Plays the steps and the boundary of a scenario, in order, on a stage that is up. Never rejects: what fails is in the records. */
export function playScenario(request: PlayRequest): Promise<Playback> {
  const { scenario } = request.loaded;
  return onScene(request, null, async (scene, playback) => {
    await playAll(scene, playback, request.loaded, [...scenario.steps, ...scenario.boundary]);
  });
}

/** Plays the steps of a scenario once more with new clients, to stand where users stood, and then what they are told to do. */
export function playRemedy(request: PlayRequest, remedy: Remedy): Promise<Playback> {
  return onScene(request, remedy, async (scene, playback) => {
    await playAll(scene, new Map(), request.loaded, request.loaded.scenario.steps);
    await playAll(scene, playback, request.loaded, remedy.steps);
  });
}

/** What is left of a part that could not be played. Steps and remedies are played apart: what failed in one says nothing of the others. */
export function failedPlayback({ loaded, remedy }: Part, why: string): Playback {
  const checks = checksOf(loaded.scenario).filter((check) => check.remedy === remedy);
  return new Map(checks.map((check) => [check.id, showing({ environmentFailed: why })]));
}

async function onScene(
  request: PlayRequest,
  remedy: Remedy | null,
  work: (scene: Scene, playback: Playback) => Promise<void>,
): Promise<Playback> {
  const { loaded, stage, vault, patience, alone, knocked } = request;
  const playback: Playback = new Map();
  const cast = castOf(loaded.scenario);
  try {
    const rowsBefore = rowsOf(await stage.operator().list());
    const owner = loaded.scenario.id;
    await work({ owner, stage, cast, vault, patience, alone, seat: ALONE, knocked, rowsBefore }, playback);
  } catch (error) {
    // Everything that a step can rightly run into is an observation; what is thrown is the engine's or ours.
    return new Map([...failedPlayback({ loaded, remedy }, messageOf(error)), ...playback]);
  } finally {
    const players = [...cast.values()];
    await Promise.all(players.flatMap(({ connection, person }) => [connection?.close(), person?.close()]));
  }
  return playback;
}

async function playAll(
  scene: Scene,
  playback: Playback,
  { scenario }: LoadedScenario,
  steps: readonly Step[],
): Promise<void> {
  const checks = checksOf(scenario);
  for (const step of steps) {
    const began = performance.now();
    const records = await recordsOf(scene, step);
    const durationMs = Math.round(performance.now() - began);
    for (const check of checks) {
      const record = records.get(check.step);
      if (record !== undefined) playback.set(check.id, { ...record, durationMs });
    }
  }
}

/** What a step showed, and each step that it holds. */
async function recordsOf(scene: Scene, step: Step): Promise<Map<Step, StepRecord>> {
  if (!('together' in step)) return new Map([[step, await playStep(scene, step)]]);
  const { held, whole } = await playTogether(scene, step, playStep);
  return new Map([...held, [step, whole]]);
}

import { messageOf } from '../exit.ts';
import type { Stage } from '../gateway/stage.ts';
import { orderFor } from '../order.ts';
import type { Vault } from '../redaction/secrets.ts';
import { checksOf } from '../scenario/checks.ts';
import type { Remedy, Scenario } from '../scenario/scenario.ts';
import type { Step } from '../scenario/step.ts';
import { castOf } from './cast.ts';
import { withinDeadline } from './deadline.ts';
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
  scenario: Scenario;
  stage: Stage;
  vault: Vault;
  patience: Patience;
  /** See Scene.alone: one queue per stage. */
  alone: Scene['alone'];
  knocked(): void;
  /** Decides what is done in an order that says nothing; see Scene.order. */
  seed: number;
};

/** Plays the steps and the boundary of a scenario, in order, on a stage that is up. Never rejects: what fails is in the records. */
export function playScenario(request: PlayRequest): Promise<Playback> {
  const { steps, boundary } = request.scenario;
  return playChecked(request, null, [], [...steps, ...boundary]);
}

/** Plays the steps of a scenario once more with new clients, to stand where users stood, and then what they are told to do. */
export function playRemedy(request: PlayRequest, remedy: Remedy): Promise<Playback> {
  return playChecked(request, remedy, request.scenario.steps, remedy.steps);
}

/**
 * Plays the steps of a scenario, in order, whether or not they expect anything. Gives what each showed. Rejects with what the
 * engine or the pairing list failed with.
 */
export function playSteps(request: PlayRequest): Promise<StepRecord[]> {
  return onScene(request, async (scene) => {
    const records: StepRecord[] = [];
    for (const step of request.scenario.steps)
      records.push(await withinDeadline(scene, step, (within) => playStep(within, step)));
    return records;
  });
}

/** What is left of a part that could not be played. Steps and remedies are played apart: what failed in one says nothing of the others. */
export function failedPlayback({ loaded, remedy }: Part, why: string): Playback {
  return failedChecks(loaded.scenario, remedy, why);
}

/** Every check of a scenario, of its remedies too, as one that the environment failed. */
export function failedScenario(scenario: Scenario, why: string): Playback {
  return new Map(checksOf(scenario).map((check) => [check.id, showing({ environmentFailed: why })]));
}

function failedChecks(scenario: Scenario, remedy: Remedy | null, why: string): Playback {
  const checks = checksOf(scenario).filter((check) => check.remedy === remedy);
  return new Map(checks.map((check) => [check.id, showing({ environmentFailed: why })]));
}

/** Plays `before`, of which nothing is kept, and then `steps`, of which every check is. */
async function playChecked(
  request: PlayRequest,
  remedy: Remedy | null,
  before: readonly Step[],
  steps: readonly Step[],
): Promise<Playback> {
  const playback: Playback = new Map();
  try {
    await onScene(request, async (scene) => {
      await playAll(scene, new Map(), request.scenario, before);
      await playAll(scene, playback, request.scenario, steps);
    });
  } catch (error) {
    // Everything that a step can rightly run into is an observation; what is thrown is the engine's or ours.
    return new Map([...failedChecks(request.scenario, remedy, messageOf(error)), ...playback]);
  }
  return playback;
}

/** Brings the clients of a scenario on, and sends them home when the work is done or has failed. */
async function onScene<T>(request: PlayRequest, work: (scene: Scene) => Promise<T>): Promise<T> {
  const { scenario, seed, ...rest } = request;
  const cast = castOf(scenario);
  try {
    const rowsBefore = rowsOf(await request.stage.operator().list());
    return await work({
      order: orderFor(seed, scenario.id),
      ...rest,
      owner: scenario.id,
      cast,
      seat: ALONE,
      rowsBefore,
    });
  } finally {
    const players = [...cast.values()];
    await Promise.all(players.flatMap(({ connection, person }) => [connection?.close(), person?.close()]));
  }
}

async function playAll(scene: Scene, playback: Playback, scenario: Scenario, steps: readonly Step[]): Promise<void> {
  const checks = checksOf(scenario);
  for (const step of steps) {
    const began = performance.now();
    const records = await withinDeadline(scene, step, (within) => recordsOf(within, step));
    const durationMs = Math.round(performance.now() - began);
    for (const check of checks) {
      const record = records.get(check.step);
      if (record !== undefined) playback.set(check.id, { ...record, durationMs });
    }
  }
}

/** What a step showed, and each step that it holds. */
async function recordsOf(scene: Scene, step: Step): Promise<Map<Step, StepRecord>> {
  if (step.kind !== 'together') return new Map([[step, await playStep(scene, step)]]);
  const { held, whole } = await playTogether(scene, step, playStep);
  return new Map([...held, [step, whole]]);
}

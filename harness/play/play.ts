import { messageOf } from '../exit.ts';
import type { Stage } from '../gateway/stage.ts';
import { orderFor } from '../order.ts';
import type { SecretRegistry } from '../redaction/redactor.ts';
import { checksOf } from '../scenario/checks.ts';
import type { Scenario, Workaround } from '../scenario/scenario.ts';
import type { Step } from '../scenario/step.ts';
import { ALONE } from './barrier.ts';
import { clientStatesOf } from './clients.ts';
import type { PlayContext, Timeouts } from './context.ts';
import { withinDeadline } from './deadline.ts';
import { pairingRowsOf } from './pairing-rows.ts';
import type { PlayUnit } from './plan-stages.ts';
import { type StepRecord, showing } from './record.ts';
import { playStep } from './step.ts';
import { playTogether } from './together.ts';

/** What playing left behind, by check id. A check that was never reached is absent. */
export type Playback = Map<string, StepRecord>;

export type PlayRequest = {
  scenario: Scenario;
  stage: Stage;
  secretRegistry: SecretRegistry;
  timeouts: Timeouts;
  /** See Scene.alone: one queue per stage. */
  runExclusive: PlayContext['runExclusive'];
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
export function playWorkaround(request: PlayRequest, remedy: Workaround): Promise<Playback> {
  return playChecked(request, remedy, request.scenario.steps, remedy.steps);
}

/**
 * Plays the steps of a scenario, in order, whether or not they expect anything. Gives what each showed. Rejects with what the
 * engine or the pairing list failed with.
 */
export function playSteps(request: PlayRequest): Promise<StepRecord[]> {
  return onScene(request, async (context) => {
    const records: StepRecord[] = [];
    for (const step of request.scenario.steps)
      records.push(await withinDeadline(context, step, (within) => playStep(within, step)));
    return records;
  });
}

/** What is left of a part that could not be played. Steps and remedies are played apart: what failed in one says nothing of the others. */
export function failedPlayback({ loaded, remedy }: PlayUnit, why: string): Playback {
  return failedChecks(loaded.scenario, remedy, why);
}

/** Every check of a scenario, of its remedies too, as one that the environment failed. */
export function failedScenario(scenario: Scenario, why: string): Playback {
  return new Map(checksOf(scenario).map((check) => [check.id, showing({ environmentFailed: why })]));
}

function failedChecks(scenario: Scenario, remedy: Workaround | null, why: string): Playback {
  const checks = checksOf(scenario).filter((check) => check.remedy === remedy);
  return new Map(checks.map((check) => [check.id, showing({ environmentFailed: why })]));
}

/** Plays `before`, of which nothing is kept, and then `steps`, of which every check is. */
async function playChecked(
  request: PlayRequest,
  remedy: Workaround | null,
  before: readonly Step[],
  steps: readonly Step[],
): Promise<Playback> {
  const playback: Playback = new Map();
  try {
    await onScene(request, async (context) => {
      await playAll(context, new Map(), request.scenario, before);
      await playAll(context, playback, request.scenario, steps);
    });
  } catch (error) {
    // Everything that a step can rightly run into is an observation; what is thrown is the engine's or ours.
    return new Map([...failedChecks(request.scenario, remedy, messageOf(error)), ...playback]);
  }
  return playback;
}

/** Brings the clients of a scenario on, and sends them home when the work is done or has failed. */
async function onScene<T>(request: PlayRequest, work: (context: PlayContext) => Promise<T>): Promise<T> {
  const { scenario, seed, ...rest } = request;
  const clientStates = clientStatesOf(scenario);
  try {
    const rowsBefore = pairingRowsOf(await request.stage.operator().list());
    return await work({
      order: orderFor(seed, scenario.id),
      ...rest,
      owner: scenario.id,
      clientStates,
      seat: ALONE,
      rowsBefore,
    });
  } finally {
    const players = [...clientStates.values()];
    await Promise.all(players.flatMap(({ connection, person }) => [connection?.close(), person?.close()]));
  }
}

async function playAll(
  context: PlayContext,
  playback: Playback,
  scenario: Scenario,
  steps: readonly Step[],
): Promise<void> {
  const checks = checksOf(scenario);
  for (const step of steps) {
    const began = performance.now();
    const records = await withinDeadline(context, step, (within) => recordsOf(within, step));
    const durationMs = Math.round(performance.now() - began);
    for (const check of checks) {
      const record = records.get(check.step);
      if (record !== undefined) playback.set(check.id, { ...record, durationMs });
    }
  }
}

/** What a step showed, and each step that it holds. */
async function recordsOf(context: PlayContext, step: Step): Promise<Map<Step, StepRecord>> {
  if (step.kind !== 'together') return new Map([[step, await playStep(context, step)]]);
  const { held, whole } = await playTogether(context, step, playStep);
  return new Map([...held, [step, whole]]);
}

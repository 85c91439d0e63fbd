import { messageOf } from '../exit.ts';
import type { StageInPlay } from '../gateway/stage/stage.ts';
import { orderFor } from '../order.ts';
import type { SecretRegistry } from '../redaction/redactor.ts';
import { checksOf } from '../scenario/catalogue/checks.ts';
import type { Scenario, Workaround } from '../scenario/schema/scenario.ts';
import type { Step } from '../scenario/schema/step.ts';
import { ALONE } from './barrier.ts';
import { clientStatesOf } from './clients.ts';
import type { PlayContext, Timeouts } from './context.ts';
import { withinDeadline } from './deadline.ts';
import type { PlayUnit } from './play-unit.ts';
import { recordOf, type StepRecord } from './record.ts';
import { pairingRowsOf } from './steps/pairing-rows.ts';
import { playStep } from './steps/step.ts';
import { playTogether } from './steps/together.ts';

/** The records of a unit that was played, by check id. A check whose step was not reached is absent. */
export type Playback = Map<string, StepRecord>;

export type PlayRequest = {
  scenario: Scenario;
  stage: StageInPlay;
  secretRegistry: SecretRegistry;
  timeouts: Timeouts;
  /** The mutex of the stage; see PlayContext.runExclusive. */
  runExclusive: PlayContext['runExclusive'];
  knocked(): void;
  /** The seed of the run; it decides PlayContext.order. */
  seed: number;
};

/**
 * Plays the steps and the boundary of a scenario, in order, on a stage that is up. Does not reject: if a step throws, the record of each
 * check that was not reached gives the reason.
 */
export function playScenario(request: PlayRequest): Promise<Playback> {
  const { steps, boundary } = request.scenario;
  return playChecked(request, null, [], [...steps, ...boundary]);
}

/**
 * Plays the steps of a scenario once more with new clients, to bring the gateway to the broken state, and then the steps of the workaround.
 * Does not reject, as playScenario.
 */
export function playWorkaround(request: PlayRequest, workaround: Workaround): Promise<Playback> {
  return playChecked(request, workaround, request.scenario.steps, workaround.steps);
}

/**
 * Plays the steps of a scenario, in order, with or without expectations. Gives the record of each step. Rejects with the error of the
 * engine or of the pairing list.
 */
export function playSteps(request: PlayRequest): Promise<StepRecord[]> {
  return withClients(request, async (context) => {
    const records: StepRecord[] = [];
    for (const step of request.scenario.steps)
      records.push(await withinDeadline(context, step, (within) => playStep(within, step)));
    return records;
  });
}

/** Gives the records of the checks of a unit that could not be played. The other units of its scenario may still be played. */
export function failedPlayback({ loaded, workaround }: PlayUnit, why: string): Playback {
  return failedChecks(loaded.scenario, workaround, why);
}

/** Gives a record for each check of a scenario, including its workarounds, that says that the environment failed, and why. */
export function failedScenario(scenario: Scenario, why: string): Playback {
  return new Map(checksOf(scenario).map((check) => [check.id, recordOf({ environmentFailed: why })]));
}

function failedChecks(scenario: Scenario, workaround: Workaround | null, why: string): Playback {
  const checks = checksOf(scenario).filter((check) => check.workaround === workaround);
  return new Map(checks.map((check) => [check.id, recordOf({ environmentFailed: why })]));
}

/** Plays `before`, and discards its records; then plays `steps`, and gives the records of their checks. */
async function playChecked(
  request: PlayRequest,
  workaround: Workaround | null,
  before: readonly Step[],
  steps: readonly Step[],
): Promise<Playback> {
  const playback: Playback = new Map();
  try {
    await withClients(request, async (context) => {
      await playAll(context, new Map(), request.scenario, before);
      await playAll(context, playback, request.scenario, steps);
    });
  } catch (error) {
    // What a gateway does is an observation. An error that is thrown is one of the engine, of the pairing list or of the harness.
    return new Map([...failedChecks(request.scenario, workaround, messageOf(error)), ...playback]);
  }
  return playback;
}

/** Does work with new clients of a scenario, and closes their connections and browser sessions when the work has ended or failed. */
async function withClients<T>(request: PlayRequest, work: (context: PlayContext) => Promise<T>): Promise<T> {
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
    const states = [...clientStates.values()];
    await Promise.all(states.flatMap(({ connection, person }) => [connection?.close(), person?.close()]));
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

/** Carries out a step. Gives its record, and for a `together` also the record of each step in it. */
async function recordsOf(context: PlayContext, step: Step): Promise<Map<Step, StepRecord>> {
  if (step.kind !== 'together') return new Map([[step, await playStep(context, step)]]);
  const { held, whole } = await playTogether(context, step, playStep);
  return new Map([...held, [step, whole]]);
}

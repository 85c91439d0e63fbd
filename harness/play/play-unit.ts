import { appliesOn } from '../scenario/catalogue/applies.ts';
import { placedSteps } from '../scenario/catalogue/checks.ts';
import type { LoadedScenario } from '../scenario/catalogue/load.ts';
import { rangeOf } from '../scenario/catalogue/workaround.ts';
import { inRange } from '../scenario/releases/range.ts';
import type { Workaround } from '../scenario/schema/scenario.ts';
import type { Step, StepKind } from '../scenario/schema/step.ts';

/** What is played and reported as one unit: a scenario, or one of its workarounds (`workaround`). */
export type PlayUnit = { loaded: LoadedScenario; workaround: Workaround | null };

/** The units of a scenario on a gateway of this version: itself, and its workarounds there; none if it does not apply. */
export function unitsOn(loaded: LoadedScenario, version: string): PlayUnit[] {
  const { scenario } = loaded;
  if (!appliesOn(scenario, version)) return [];
  const workarounds = scenario.workarounds.filter((workaround) => inRange(version, rangeOf(scenario, workaround)));
  return [{ loaded, workaround: null }, ...workarounds.map((workaround) => ({ loaded, workaround }))];
}

/** Gives the steps of a unit, in order, including those in a `together`. A workaround begins with the steps of its scenario. */
export function stepsOf({ loaded: { scenario }, workaround }: PlayUnit): Step[] {
  const steps =
    workaround === null ? [...scenario.steps, ...scenario.boundary] : [...scenario.steps, ...workaround.steps];
  return placedSteps(steps, []).map(({ step }) => step);
}

/** The kinds of step that boot the gateway again. A stage with many such steps takes long, so it must begin early. */
const BOOTS: readonly StepKind[] = ['restart', 'recreate', 'upgrade', 'configure'];

/**
 * Estimates the duration of a unit, in boots. A first release of its own counts as two boots, because old releases boot slowly; a command
 * or a page counts as a third.
 */
export function lengthOf(unit: PlayUnit): number {
  const kinds = stepsOf(unit).map(({ kind }) => kind);
  const programs = kinds.filter((kind) => kind === 'cli' || kind === 'bootstrap' || kind === 'browser').length;
  return bootsIn(unit) + programs / 3 + (unit.loaded.scenario.gateway.release === undefined ? 0 : 2);
}

/** How often the steps of a unit boot the gateway again. */
export function bootsIn(unit: PlayUnit): number {
  return stepsOf(unit).filter(({ kind }) => BOOTS.includes(kind)).length;
}

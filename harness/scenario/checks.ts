import type { Expectation } from './expectation.ts';
import { inRange } from './range.ts';
import type { Scenario, Workaround } from './scenario.ts';
import type { Step } from './step.ts';
import type { Vantage } from './vantage.ts';

export type Part = 'steps' | 'boundary' | 'remedies';

/** A step that expects something, with its stable id and the place where it is written. */
export type CheckDeclaration = {
  id: string;
  name: string;
  part: Part;
  remedy: Workaround | null;
  step: Step;
  expect: Expectation;
  /** Path of the step inside the YAML document. */
  path: (string | number)[];
};

/** A step and the path at which it is written. */
export type PlacedStep = { step: Step; path: (string | number)[] };

/** Every step below a path, in the order of the file; what a `together` step holds comes before it, for it tells of them all. */
export function placedSteps(steps: readonly Step[], base: (string | number)[]): PlacedStep[] {
  return steps.flatMap((step, index): PlacedStep[] => {
    const path = [...base, index];
    const held = step.kind === 'together' ? placedSteps(step.body, [...path, 'together']) : [];
    return [...held, { step, path }];
  });
}

/** Every step of a scenario, its boundary and its remedies; what a `together` step holds is in it. */
export function everyStepOf({ steps, boundary, remedies }: Scenario): Step[] {
  return [...steps, ...boundary, ...remedies.flatMap((remedy) => remedy.steps)];
}

/** Every check of a scenario, in the order of the file. A check in a remedy is called `remedy-name.check-name`. */
export function checksOf(scenario: Scenario): CheckDeclaration[] {
  const declare = (steps: readonly Step[], part: Part, remedy: Workaround | null, base: (string | number)[]) =>
    placedSteps(steps, base).flatMap(({ step, path }): CheckDeclaration[] => {
      if (step.expect === undefined || step.name === undefined) return [];
      const name = remedy === null ? step.name : `${remedy.name}.${step.name}`;
      return [{ id: `${scenario.id}/${name}`, name, part, remedy, step, expect: step.expect, path }];
    });
  return [
    ...declare(scenario.steps, 'steps', null, ['steps']),
    ...declare(scenario.boundary, 'boundary', null, ['boundary']),
    ...scenario.remedies.flatMap((remedy, index) =>
      declare(remedy.steps, 'remedies', remedy, ['remedies', index, 'steps']),
    ),
  ];
}

/** The check as it is meant on a release: with the refusal that later releases rightly give, where this is one of them. */
export function onRelease<C extends CheckDeclaration>(check: C, version: string): C {
  const { hardened } = check.step;
  return hardened !== undefined && inRange(version, hardened.range) ? { ...check, expect: hardened.expect } : check;
}

/** The client that a step is about, where it is about one. */
export function clientOf(step: Step): string | null {
  switch (step.kind) {
    case 'knock':
    case 'browser':
    case 'call':
    case 'turn':
      return step.body.as;
    default:
      return null;
  }
}

/** Where a step tries to get in from, where it does. */
function vantageOf(step: Step): Vantage | null {
  return step.kind === 'knock' || step.kind === 'browser' ? step.body.from : null;
}

/**
 * The check that shows the door of a refusal open: the one that is named, else one that admits the same client,
 * else one that admits somebody from the same vantage. A refusal without it proves nothing: a gateway that refuses everyone would pass.
 */
export function controlOf(refusal: CheckDeclaration, checks: readonly CheckDeclaration[]): CheckDeclaration | null {
  const named = refusal.step.control;
  const admitting = checks.filter(
    (check) => check !== refusal && check.expect.admitted !== undefined && check.remedy === null,
  );
  if (named !== undefined) return admitting.find((check) => check.name === named) ?? null;
  const client = clientOf(refusal.step);
  const vantage = vantageOf(refusal.step);
  return (
    admitting.find((check) => clientOf(check.step) === client) ??
    admitting.find((check) => vantage !== null && vantageOf(check.step) === vantage) ??
    null
  );
}

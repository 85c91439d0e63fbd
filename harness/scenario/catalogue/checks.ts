import { inRange } from '../releases/range.ts';
import type { Expectation } from '../schema/expectation.ts';
import type { Scenario, Workaround } from '../schema/scenario.ts';
import type { Step } from '../schema/step.ts';
import type { Vantage } from '../schema/vantage.ts';

export type Part = 'steps' | 'boundary' | 'workarounds';

/** A check as a scenario declares it: a step with an expectation, its stable id and its place in the file. */
export type CheckDeclaration = {
  id: string;
  name: string;
  part: Part;
  workaround: Workaround | null;
  step: Step;
  expect: Expectation;
  /** Path of the step inside the YAML document. */
  path: (string | number)[];
};

/** A step and its path in the YAML document. */
export type PlacedStep = { step: Step; path: (string | number)[] };

/** Every step below a path, in the order of the file. The steps in a `together` step come before it, because it summarizes them. */
export function placedSteps(steps: readonly Step[], base: (string | number)[]): PlacedStep[] {
  return steps.flatMap((step, index): PlacedStep[] => {
    const path = [...base, index];
    const held = step.kind === 'together' ? placedSteps(step.body, [...path, 'together']) : [];
    return [...held, { step, path }];
  });
}

/** The steps of a scenario, its boundary and its workarounds. The steps in a `together` step are not listed separately. */
export function everyStepOf({ steps, boundary, workarounds }: Scenario): Step[] {
  return [...steps, ...boundary, ...workarounds.flatMap((workaround) => workaround.steps)];
}

/** Every check of a scenario, in the order of the file. The name of a check in a workaround is `workaround-name.check-name`. */
export function checksOf(scenario: Scenario): CheckDeclaration[] {
  const declare = (steps: readonly Step[], part: Part, workaround: Workaround | null, base: (string | number)[]) =>
    placedSteps(steps, base).flatMap(({ step, path }): CheckDeclaration[] => {
      if (step.expect === undefined || step.name === undefined) return [];
      const name = workaround === null ? step.name : `${workaround.name}.${step.name}`;
      return [{ id: `${scenario.id}/${name}`, name, part, workaround, step, expect: step.expect, path }];
    });
  return [
    ...declare(scenario.steps, 'steps', null, ['steps']),
    ...declare(scenario.boundary, 'boundary', null, ['boundary']),
    ...scenario.workarounds.flatMap((workaround, index) =>
      declare(workaround.steps, 'workarounds', workaround, ['workarounds', index, 'steps']),
    ),
  ];
}

/** The check on a release: with its hardened expectation if `version` is in the range of `hardened`. */
export function onRelease<C extends CheckDeclaration>(check: C, version: string): C {
  const { hardened } = check.step;
  return hardened !== undefined && inRange(version, hardened.releases) ? { ...check, expect: hardened.expect } : check;
}

/** The client that acts in a step; null if the step has none. */
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

/** The vantage of a step that tries to connect; null for other steps. */
function vantageOf(step: Step): Vantage | null {
  return step.kind === 'knock' || step.kind === 'browser' ? step.body.from : null;
}

/**
 * The control of a refusal: the check that `control` names, else one that admits the same client, else one that admits a client from the
 * same vantage; null if there is none. A refusal without a control proves nothing: a gateway that refuses every client would pass.
 */
export function controlOf(refusal: CheckDeclaration, checks: readonly CheckDeclaration[]): CheckDeclaration | null {
  const named = refusal.step.control;
  const admitting = checks.filter(
    (check) => check !== refusal && check.expect.admitted !== undefined && check.workaround === null,
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

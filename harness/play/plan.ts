import { kindOf } from '../scenario/checks.ts';
import type { LoadedScenario } from '../scenario/load.ts';
import { inRange } from '../scenario/range.ts';
import type { Remedy, Scenario } from '../scenario/scenario.ts';
import type { Step } from '../scenario/step.ts';
import { STEP_KINDS, type StepKind } from '../scenario/step.ts';

/** One play: a scenario, or one of its remedies. */
export type Part = { loaded: LoadedScenario; remedy: Remedy | null };

/** A stage to boot, and what is played on it. */
export type PlannedStage = {
  id: string;
  gateway: Scenario['gateway'];
  parts: Part[];
};

/** Kinds of step that leave a mark on more than the scenario's own clients: what is played with them has its stage alone. */
const ALONE: Record<StepKind, boolean> = {
  knock: false,
  call: false,
  approve: false,
  reject: false,
  rotate: false,
  revoke: false,
  remove: false,
  wait: false,
  http: false,
  cli: true,
  bootstrap: true,
  rows: true,
  files: true,
  restart: true,
  recreate: true,
  upgrade: true,
  configure: true,
};

/** Kinds of step that boot the gateway again: the longer such a chain, the sooner it must begin. */
const BOOTS: readonly StepKind[] = STEP_KINDS.filter((kind) =>
  ['restart', 'recreate', 'upgrade', 'configure'].includes(kind),
);

/** How many boots the steps of a part take after the first. A first release of its own counts twice: old ones are slow. */
function bootsOf(part: Part): number {
  const again = stepsOf(part).filter((step) => BOOTS.includes(kindOf(step))).length;
  return again + (part.loaded.scenario.gateway.release === undefined ? 0 : 2);
}

function stepsOf({ loaded: { scenario }, remedy }: Part): Step[] {
  return remedy === null ? [...scenario.steps, ...scenario.boundary] : [...scenario.steps, ...remedy.steps];
}

/**
 * The stages that these scenarios need on a gateway of this version, longest chain first. Scenarios with the same config
 * share one; a remedy is planned only where something is broken.
 */
export function planStages(scenarios: readonly LoadedScenario[], version: string): PlannedStage[] {
  const parts = scenarios.flatMap((loaded): Part[] => {
    const { scenario } = loaded;
    if (scenario.applies !== undefined && !inRange(version, scenario.applies.range)) return [];
    const remedies = inRange(version, scenario.affected) ? scenario.remedies : [];
    return [{ loaded, remedy: null }, ...remedies.map((remedy) => ({ loaded, remedy }))];
  });
  const stages = new Map<string, PlannedStage>();
  for (const part of parts) {
    const { scenario } = part.loaded;
    const isAlone = scenario.gateway.release !== undefined || stepsOf(part).some((step) => ALONE[kindOf(step)]);
    const name = [scenario.id.replace('/', '.'), ...(part.remedy === null ? [] : [part.remedy.name])].join('.');
    const key = isAlone ? name : JSON.stringify(scenario.gateway);
    const stage = stages.get(key) ?? {
      id: isAlone ? name : `shared-${stages.size + 1}`,
      gateway: scenario.gateway,
      parts: [],
    };
    stage.parts.push(part);
    stages.set(key, stage);
  }
  const longest = (stage: PlannedStage): number => Math.max(...stage.parts.map(bootsOf));
  return [...stages.values()].sort((a, b) => longest(b) - longest(a) || b.parts.length - a.parts.length);
}

import { isDeepStrictEqual } from 'node:util';
import { CLIENT_KINDS, formOf } from '../client/claims.ts';
import { mergeConfig, stageConfig } from '../gateway/gateway-home.ts';
import type { Route } from '../gateway/proxies.ts';
import { placedSteps } from '../scenario/checks.ts';
import type { LoadedScenario } from '../scenario/load.ts';
import { inRange } from '../scenario/range.ts';
import type { Scenario, Workaround } from '../scenario/scenario.ts';
import type { Step, StepKind } from '../scenario/step.ts';
import { rangeOf } from '../scenario/workaround.ts';
import { routeOf } from './route.ts';

/** One play: a scenario, or one of its remedies. */
export type PlayUnit = { loaded: LoadedScenario; remedy: Workaround | null };

/** A stage to boot, and what is played on it. */
export type PlannedStage = {
  id: string;
  gateway: Scenario['gateway'];
  /** What is played one act after the other; the parts of an act play side by side. */
  batches: PlayUnit[][];
  /** Where its steps knock; a door may stand here twice. */
  routes: Route[];
  /** Whether somebody comes to it who is a page in a browser, or says so. */
  showsPages: boolean;
};

/** What of a stage a step uses up, from the least to the most, and so with whom it can share one. */
const USES = ['its clients', 'the home', 'the gateway'] as const;
type Use = (typeof USES)[number];

function useOf(step: Step, { clients }: Scenario): Use {
  switch (step.kind) {
    case 'frames':
    case 'approve':
    case 'reject':
    case 'rotate':
    case 'revoke':
    case 'remove':
    case 'wait':
    case 'http':
    case 'bootstrap':
    // What it holds is looked at by itself.
    case 'together':
      return 'its clients';
    // 2026.9.6 has no node run anything while somebody else's pairing changes ("node pairing state unavailable before dispatch").
    case 'call':
      return step.body.method === 'node.invoke' ? 'the home' : 'its clients';
    // A page shows what everyone asked, and a click is for the first of it.
    case 'browser':
      return step.body.click !== undefined ? 'the home' : 'its clients';
    case 'knock':
      return clients[step.body.as]?.identity === 'home' ? 'the home' : 'its clients';
    case 'cli':
      return step.body.home === 'gateway' ? 'the home' : 'its clients';
    // The gateway's own calls go by the identity in its home.
    case 'turn':
    // Rows that others make meanwhile would be counted.
    case 'rows':
      return 'the home';
    case 'files':
      // What is put there may change what the gateway takes for its secret; nobody finds it as it was.
      return 'put' in step.body ? 'the gateway' : 'the home';
    // It comes back as it was, unless it was killed: 2026.9.6 then finds its home locked for minutes.
    case 'restart':
      return step.body.kill ? 'the gateway' : 'the home';
    // A new container on the same home is the same gateway.
    case 'recreate':
      return step.body.home === 'kept' ? 'the home' : 'the gateway';
    case 'upgrade':
    case 'configure':
      return 'the gateway';
  }
}

function useOfPart(part: PlayUnit): Use {
  const { scenario } = part.loaded;
  // Nobody else begins on that release.
  if (scenario.gateway.release !== undefined) return 'the gateway';
  const steps = stepsOf(part);
  const restored = restoresItsConfig(steps, scenario.gateway);
  const uses = new Set(
    steps.map((step) => (step.kind === 'configure' && restored ? 'the home' : useOf(step, scenario))),
  );
  return USES.findLast((use) => uses.has(use)) ?? 'its clients';
}

/** Whether the config is in the end what it was at first, so that whoever comes next finds the gateway as it was. */
function restoresItsConfig(steps: readonly Step[], gateway: Scenario['gateway']): boolean {
  const before = stageConfig(gateway, { token: '', password: '' }, { peer: '', network: '' });
  const patches = steps.flatMap((step) => (step.kind === 'configure' ? [step.body.set] : []));
  return isDeepStrictEqual(patches.reduce(mergeConfig, before), before);
}

/** Kinds of step that boot the gateway again: the longer such a chain, the sooner it must begin. */
const BOOTS: readonly StepKind[] = ['restart', 'recreate', 'upgrade', 'configure'];

/** How long the steps of a part take, in boots. A first release of its own counts twice, for old ones are slow; commands and pages count a third. */
function lengthOf(part: PlayUnit): number {
  const kinds = stepsOf(part).map(({ kind }) => kind);
  const programs = kinds.filter((kind) => kind === 'cli' || kind === 'bootstrap' || kind === 'browser').length;
  return bootsIn(part) + programs / 3 + (part.loaded.scenario.gateway.release === undefined ? 0 : 2);
}

/** A chain longer than this, in boots, is the last to end: beside it a second one ends sooner, though it costs a boot. */
const LONGEST_CHAIN = 15;

/** Parts in as few chains as keep each within LONGEST_CHAIN, as even as they go. */
function chainsOf(parts: readonly PlayUnit[]): PlayUnit[][] {
  const length = parts.reduce((sum, part) => sum + lengthOf(part), 0);
  const chains = Array.from(
    { length: Math.ceil(length / LONGEST_CHAIN) || 1 },
    (): { length: number; parts: PlayUnit[] } => ({
      length: 0,
      parts: [],
    }),
  );
  for (const part of [...parts].sort((a, b) => lengthOf(b) - lengthOf(a))) {
    const shortest = chains.reduce((least, chain) => (chain.length < least.length ? chain : least));
    shortest.parts.push(part);
    shortest.length += lengthOf(part);
  }
  // A gateway that does not come back takes nobody with it but those who also wanted it to.
  return chains.map(({ parts }) => parts.sort((a, b) => bootsIn(a) - bootsIn(b)));
}

function bootsIn(part: PlayUnit): number {
  return stepsOf(part).filter(({ kind }) => BOOTS.includes(kind)).length;
}

/** Everything that is played on a stage. */
export function unitsOf({ batches }: PlannedStage): PlayUnit[] {
  return batches.flat();
}

/** The steps of a part, in order, those held together included. A remedy begins with those that led to the failure. */
export function stepsOf({ loaded: { scenario }, remedy }: PlayUnit): Step[] {
  const steps = remedy === null ? [...scenario.steps, ...scenario.boundary] : [...scenario.steps, ...remedy.steps];
  return placedSteps(steps, []).map(({ step }) => step);
}

function doorsOf(step: Step): Route[] {
  return step.kind === 'knock' || step.kind === 'frames' || step.kind === 'http' ? [routeOf(step.body)] : [];
}

function showsPage(part: PlayUnit): boolean {
  const { clients } = part.loaded.scenario;
  return stepsOf(part).some((step) => {
    if (step.kind !== 'knock') return step.kind === 'browser';
    const { clientMode, kind } = { ...clients[step.body.as], ...step.body.claims };
    return formOf(clientMode ?? CLIENT_KINDS[kind ?? 'cli'].mode) === 'page';
  });
}

/**
 * The stages that these scenarios need on a gateway of this version, longest first. Of the parts with the same config, those that use
 * their own clients alone share a stage side by side. Those that use its home, restart it, or take back what they configured share one
 * in turn, which takes long. A part that leaves another gateway behind is the last act of one of these stages, or has its own. A remedy
 * is planned where something is broken, or where it says that it is carried out.
 */
export function planStages(scenarios: readonly LoadedScenario[], version: string): PlannedStage[] {
  const parts = scenarios
    .flatMap((loaded): PlayUnit[] => {
      const { scenario } = loaded;
      if (scenario.applies !== undefined && !inRange(version, scenario.applies.range)) return [];
      const remedies = scenario.remedies.filter((remedy) => inRange(version, rangeOf(scenario, remedy)));
      return [{ loaded, remedy: null }, ...remedies.map((remedy) => ({ loaded, remedy }))];
    })
    .map((part) => ({ part, use: useOfPart(part) }));
  const stages: PlannedStage[] = [];
  const stageOf = (gateway: Scenario['gateway'], id: string): PlannedStage => {
    const stage: PlannedStage = { id, gateway, batches: [], routes: [], showsPages: false };
    stages.push(stage);
    return stage;
  };
  const play = (stage: PlannedStage, act: PlayUnit[]): void => {
    stage.batches.push(act);
    stage.routes.push(...act.flatMap(stepsOf).flatMap(doorsOf));
    stage.showsPages ||= act.some(showsPage);
  };

  const configs = Map.groupBy(parts, ({ part }) => JSON.stringify(part.loaded.scenario.gateway));
  for (const users of configs.values()) {
    const [first] = users;
    if (first === undefined) continue;
    const { gateway } = first.part.loaded.scenario;
    const using = (use: Use): PlayUnit[] => users.filter((user) => user.use === use).map(({ part }) => part);
    const sociable: PlannedStage[] = [];
    for (const chain of using('the home').length > 0 ? chainsOf(using('the home')) : []) {
      const inTurn = stageOf(gateway, `in-turn-${stages.length + 1}`);
      for (const part of chain) play(inTurn, [part]);
      sociable.push(inTurn);
    }
    if (using('its clients').length > 0) {
      const shared = stageOf(gateway, `shared-${stages.length + 1}`);
      play(shared, using('its clients'));
      sociable.unshift(shared);
    }
    for (const part of using('the gateway').sort((a, b) => lengthOf(b) - lengthOf(a))) {
      const own = [part.loaded.scenario.id.replace('/', '.'), ...(part.remedy === null ? [] : [part.remedy.name])];
      play(sociable.shift() ?? stageOf(gateway, own.join('.')), [part]);
    }
  }
  // Commands of an act queue as its knocks do.
  const length = (stage: PlannedStage): number => unitsOf(stage).reduce((sum, part) => sum + lengthOf(part), 0);
  return stages.sort((a, b) => length(b) - length(a) || unitsOf(b).length - unitsOf(a).length);
}

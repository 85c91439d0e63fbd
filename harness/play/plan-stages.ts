import { isDeepStrictEqual } from 'node:util';
import { CLIENT_KINDS, formOf } from '../client/claims.ts';
import { mergeConfig, stageConfig } from '../gateway/home/gateway-home.ts';
import type { Route } from '../gateway/network/proxies.ts';
import { appliesOn } from '../scenario/catalogue/applies.ts';
import { placedSteps } from '../scenario/catalogue/checks.ts';
import type { LoadedScenario } from '../scenario/catalogue/load.ts';
import { rangeOf } from '../scenario/catalogue/workaround.ts';
import { inRange } from '../scenario/releases/range.ts';
import type { Scenario, Workaround } from '../scenario/schema/scenario.ts';
import type { Step, StepKind } from '../scenario/schema/step.ts';
import { withoutAppliedSettings } from './applied-settings.ts';
import { routeOf } from './route.ts';

/** What is played and reported as one unit: a scenario, or one of its workarounds (`workaround`). */
export type PlayUnit = { loaded: LoadedScenario; workaround: Workaround | null };

/** A stage to boot, and the units to play on it. */
export type PlannedStage = {
  id: string;
  /** The gateway as it boots. */
  gateway: Scenario['gateway'];
  /**
   * The batches are played one after the other; the units of one batch are played at the same time. A batch whose gateway has another config
   * than that of the batch before it differs in settings that the running gateway applies to itself.
   */
  batches: PlayUnit[][];
  /** The routes of its steps; a route may occur twice. */
  routes: Route[];
  /** True if a client on it is a page in a browser, or sends the connect params of one. */
  showsPages: boolean;
};

/** What a step uses of a stage, from the least to the most. It decides which units can share a stage. */
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
    // The steps in a `together` are assessed one by one.
    case 'together':
      return 'its clients';
    // 2026.9.6 refuses `node.invoke` while the pairing of another device changes ("node pairing state unavailable before dispatch").
    case 'call':
      return step.body.method === 'node.invoke' ? 'the home' : 'its clients';
    // A page shows the pairing requests of all devices, and a click acts on the first one.
    case 'browser':
      return step.body.click !== undefined ? 'the home' : 'its clients';
    case 'knock':
      return clients[step.body.as]?.identity === 'home' ? 'the home' : 'its clients';
    case 'cli':
      return step.body.home === 'gateway' ? 'the home' : 'its clients';
    // The gateway's own calls use the identity in its home.
    case 'turn':
    // The step would count rows that other scenarios add in the meantime.
    case 'rows':
      return 'the home';
    case 'files':
      // A file that is put in the home may change the gateway's secret; then the gateway is not as it was for the next scenario.
      return 'put' in step.body ? 'the gateway' : 'the home';
    // The gateway comes back as it was, unless it was killed: 2026.9.6 then finds its home locked for minutes.
    case 'restart':
      return step.body.kill ? 'the gateway' : 'the home';
    // A gateway in a new container, on the same home, is as it was.
    case 'recreate':
      return step.body.home === 'kept' ? 'the home' : 'the gateway';
    case 'upgrade':
    case 'configure':
      return 'the gateway';
  }
}

/** What a unit uses of its stage. */
export function useOfUnit(unit: PlayUnit): Use {
  const { scenario } = unit.loaded;
  // No other scenario starts with that release.
  if (scenario.gateway.release !== undefined) return 'the gateway';
  const steps = stepsOf(unit);
  const restored = restoresItsConfig(steps, scenario.gateway);
  const uses = new Set(
    steps.map((step) => (step.kind === 'configure' && restored ? 'the home' : useOf(step, scenario))),
  );
  return USES.findLast((use) => uses.has(use)) ?? 'its clients';
}

/** True if the config after all steps equals the config before them, so that the next scenario finds the gateway as it was. */
function restoresItsConfig(steps: readonly Step[], gateway: Scenario['gateway']): boolean {
  const before = stageConfig(gateway, { token: '', password: '' }, { peer: '', network: '' });
  const patches = steps.flatMap((step) => (step.kind === 'configure' ? [step.body.set] : []));
  return isDeepStrictEqual(patches.reduce(mergeConfig, before), before);
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

/** The longest chain, in boots. A longer chain would end last in the run; two chains end sooner, although the second one costs a boot. */
const LONGEST_CHAIN = 15;

/** Divides units into chains of similar length: as few as keep each within about LONGEST_CHAIN boots. */
function chainsOf(units: readonly PlayUnit[]): PlayUnit[][] {
  const length = units.reduce((sum, unit) => sum + lengthOf(unit), 0);
  const chains = Array.from(
    { length: Math.ceil(length / LONGEST_CHAIN) || 1 },
    (): { length: number; units: PlayUnit[] } => ({
      length: 0,
      units: [],
    }),
  );
  for (const unit of [...units].sort((a, b) => lengthOf(b) - lengthOf(a))) {
    const shortest = chains.reduce((least, chain) => (chain.length < least.length ? chain : least));
    shortest.units.push(unit);
    shortest.length += lengthOf(unit);
  }
  // Units that boot the gateway again come last. So if the gateway does not come back, no unit fails that does not boot it itself.
  return chains.map(({ units }) => units.sort((a, b) => bootsIn(a) - bootsIn(b)));
}

function bootsIn(unit: PlayUnit): number {
  return stepsOf(unit).filter(({ kind }) => BOOTS.includes(kind)).length;
}

/**
 * Joins stages that have one batch of units which use only their own clients, if a running gateway of this version can be given the config of one
 * after that of another.
 */
function sharingBoots(stages: readonly PlannedStage[], version: string): PlannedStage[] {
  const isShort = ({ batches: [batch, ...others] }: PlannedStage): boolean =>
    batch !== undefined && others.length === 0 && batch.every((unit) => useOfUnit(unit) === 'its clients');
  const families = Map.groupBy(stages.filter(isShort), ({ gateway, showsPages }) =>
    JSON.stringify({ ...gateway, config: withoutAppliedSettings(gateway.config, version), showsPages }),
  );
  const joined = [...families.values()].flatMap((family): { first: PlannedStage; others: PlannedStage[] }[] => {
    // A gateway that limits attempts has counted some of this machine, so it comes last.
    const [first, ...others] = family.sort((a, b) => Number(limitsAttempts(a)) - Number(limitsAttempts(b)));
    return first === undefined || others.length === 0 ? [] : [{ first, others }];
  });
  const gone = new Set(joined.flatMap(({ others }) => others));
  for (const { first, others } of joined) {
    first.batches.push(...others.flatMap(({ batches }) => batches));
    first.routes.push(...others.flatMap(({ routes }) => routes));
  }
  return stages.filter((stage) => !gone.has(stage));
}

function limitsAttempts({ gateway }: PlannedStage): boolean {
  return JSON.stringify(gateway.config).includes('"rateLimit"');
}

/** Gives all units of a stage. */
export function unitsOf({ batches }: PlannedStage): PlayUnit[] {
  return batches.flat();
}

/** Gives the steps of a unit, in order, including those in a `together`. A workaround begins with the steps of its scenario. */
export function stepsOf({ loaded: { scenario }, workaround }: PlayUnit): Step[] {
  const steps =
    workaround === null ? [...scenario.steps, ...scenario.boundary] : [...scenario.steps, ...workaround.steps];
  return placedSteps(steps, []).map(({ step }) => step);
}

function routesOf(step: Step): Route[] {
  return step.kind === 'knock' || step.kind === 'frames' || step.kind === 'http' ? [routeOf(step.body)] : [];
}

function showsPage(unit: PlayUnit): boolean {
  const { clients } = unit.loaded.scenario;
  return stepsOf(unit).some((step) => {
    if (step.kind !== 'knock') return step.kind === 'browser';
    const { clientMode, kind } = { ...clients[step.body.as], ...step.body.claims };
    return formOf(clientMode ?? CLIENT_KINDS[kind ?? 'cli'].mode) === 'page';
  });
}

/** The units of a scenario on a gateway of this version: itself, and its workarounds there; none if it does not apply. */
export function unitsOn(loaded: LoadedScenario, version: string): PlayUnit[] {
  const { scenario } = loaded;
  if (!appliesOn(scenario, version)) return [];
  const workarounds = scenario.workarounds.filter((workaround) => inRange(version, rangeOf(scenario, workaround)));
  return [{ loaded, workaround: null }, ...workarounds.map((workaround) => ({ loaded, workaround }))];
}

/**
 * Plans the stages that these scenarios need on a gateway of this version, longest first. Units with the same `gateway` block share stages:
 * - Units that use only their own clients are one batch of one stage: they are played at the same time.
 * - Units that use the home, restart the gateway, or take back what they configured are batches of other stages, one unit each. They take
 *   long, so they are divided into chains, one stage for each.
 * - A unit that leaves another gateway behind is the last batch of one of these stages, or has a stage of its own.
 * Stages with one batch share a boot if their gateways differ only in settings that a running gateway of this version applies to itself.
 * A workaround is planned on the releases of its own range, else on those that the scenario affects.
 */
export function planStages(scenarios: readonly LoadedScenario[], version: string): PlannedStage[] {
  const used = scenarios.flatMap((loaded) => unitsOn(loaded, version)).map((unit) => ({ unit, use: useOfUnit(unit) }));
  const stages: PlannedStage[] = [];
  const stageOf = (gateway: Scenario['gateway'], id: string): PlannedStage => {
    const stage: PlannedStage = { id, gateway, batches: [], routes: [], showsPages: false };
    stages.push(stage);
    return stage;
  };
  const addBatch = (stage: PlannedStage, batch: PlayUnit[]): void => {
    stage.batches.push(batch);
    stage.routes.push(...batch.flatMap(stepsOf).flatMap(routesOf));
    stage.showsPages ||= batch.some(showsPage);
  };

  const configs = Map.groupBy(used, ({ unit }) => JSON.stringify(unit.loaded.scenario.gateway));
  for (const users of configs.values()) {
    const [first] = users;
    if (first === undefined) continue;
    const { gateway } = first.unit.loaded.scenario;
    const using = (use: Use): PlayUnit[] => users.filter((user) => user.use === use).map(({ unit }) => unit);
    const shareable: PlannedStage[] = [];
    for (const chain of using('the home').length > 0 ? chainsOf(using('the home')) : []) {
      const inTurn = stageOf(gateway, `in-turn-${stages.length + 1}`);
      for (const unit of chain) addBatch(inTurn, [unit]);
      shareable.push(inTurn);
    }
    if (using('its clients').length > 0) {
      const shared = stageOf(gateway, `shared-${stages.length + 1}`);
      addBatch(shared, using('its clients'));
      shareable.unshift(shared);
    }
    for (const unit of using('the gateway').sort((a, b) => lengthOf(b) - lengthOf(a))) {
      const own = [
        unit.loaded.scenario.id.replace('/', '.'),
        ...(unit.workaround === null ? [] : [unit.workaround.name]),
      ];
      addBatch(shareable.shift() ?? stageOf(gateway, own.join('.')), [unit]);
    }
  }
  // The units of a batch share one mutex, so the lengths of their commands add up.
  const length = (stage: PlannedStage): number => unitsOf(stage).reduce((sum, unit) => sum + lengthOf(unit), 0);
  const longestFirst = (a: PlannedStage, b: PlannedStage): number =>
    length(b) - length(a) || unitsOf(b).length - unitsOf(a).length;
  return sharingBoots(stages.sort(longestFirst), version).sort(longestFirst);
}

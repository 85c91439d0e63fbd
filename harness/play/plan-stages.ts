import { CLIENT_KINDS, formOf } from '../client/claims.ts';
import type { Route } from '../gateway/network/proxies.ts';
import type { LoadedScenario } from '../scenario/catalogue/load.ts';
import type { Scenario } from '../scenario/schema/scenario.ts';
import type { Step } from '../scenario/schema/step.ts';
import { withinNodeLimit } from './node-limit.ts';
import { type PlannedStage, unitsOf } from './planned-stage.ts';
import { bootsIn, lengthOf, type PlayUnit, stepsOf, unitsOn } from './play-unit.ts';
import { routeOf } from './route.ts';
import { sharingBoots } from './sharing-boots.ts';
import { type Use, useOfUnit } from './unit-use.ts';

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

/**
 * Plans the stages that these scenarios need on a gateway of this version, longest first. Units with the same `gateway` block share stages:
 * - Units that use only their own clients are one batch of one stage: they are played at the same time. Where a version limits nodes, they are
 *   divided among stages.
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
    const ofClients = using('its clients');
    for (const batch of ofClients.length > 0 ? withinNodeLimit(ofClients, version) : []) {
      const shared = stageOf(gateway, `shared-${stages.length + 1}`);
      addBatch(shared, batch);
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

import { parseReference } from '../gateway/source/reference.ts';
import type { TablePart } from '../pairwise/table-part.ts';
import { sharedByBoot } from '../play/applied-settings.ts';
import { lengthOf, type PlayUnit, stepsOf, unitsOn } from '../play/play-unit.ts';
import { useOfUnit } from '../play/unit-use.ts';
import type { LoadedScenario } from '../scenario/catalogue/load.ts';
import { STABLE_RELEASES } from '../scenario/releases/npm-releases.ts';
import type { SurveyPart } from '../survey/survey-part.ts';

/** A part of a run that one of several machines plays, by its number from 1. */
export type Shard = { index: number; of: number };

/**
 * The length of one step, in boots, in addition to what `lengthOf` counts. Measured on 2026.9.6: a knock takes 0.06 to 0.2 s, and a boot 6 to 12 s.
 */
const STEP = 1 / 60;

/** The steps of a random knock, with those that bring its device into the state before it, and those that remove it. */
const STEPS_OF_RANDOM_KNOCK = 6;

/** The length of the knocks of the release's own command, in boots: 23 commands, of which each counts as a third. */
const WITNESS = 8;

/** The length of a survey on one gateway, in boots. Measured on 2026.9.6: 40 to 100 s. */
const SURVEY = 7;

/** A scenario with the stages that it needs, by what makes others share them, and its length on them in boots. */
type Load = { loaded: LoadedScenario; stages: readonly string[]; length: number };

/** A shard while scenarios are given to it. `length` is in boots. */
type Share = { index: number; length: number; stages: Set<string>; scenarios: Set<LoadedScenario> };

/**
 * The version that the stages are planned for before the gateway is known: that which the reference names, else the newest release. Only the balance
 * of the shards depends on it.
 */
function expectedVersion(gateway: string): string {
  const reference = parseReference(gateway);
  return reference.kind === 'version' ? reference.version : (STABLE_RELEASES.at(-1) ?? '');
}

function loadOf(loaded: LoadedScenario, versions: readonly string[]): Load {
  const units = versions.flatMap((version, place) =>
    unitsOn(loaded, version).map((unit) => ({ unit, version, place })),
  );
  const stages = units.map(({ unit, version, place }) => JSON.stringify([place, stageOf(unit, version)]));
  const length = units.reduce((sum, { unit }) => sum + lengthOf(unit) + stepsOf(unit).length * STEP, 0);
  return { loaded, stages: [...new Set(stages)], length };
}

/** What is the same for units that can share a boot. */
function stageOf(unit: PlayUnit, version: string): unknown {
  const { id, gateway } = unit.loaded.scenario;
  const use = useOfUnit(unit);
  switch (use) {
    case 'its clients':
      return [use, sharedByBoot(gateway, version)];
    case 'the home':
      return [use, gateway];
    // Such a unit has a stage of its own, or is the last on one; so it is counted with one.
    case 'the gateway':
      return [use, id, unit.workaround?.name];
  }
}

/** The length of a share once a scenario is added. A stage that the share does not have yet costs a boot. */
function lengthWith({ length, stages }: Share, load: Load): number {
  return length + load.length + load.stages.filter((stage) => !stages.has(stage)).length;
}

/** The surveys of one shard. Each is played by one shard, on all gateways: from the second on, for the first plays the knocks of the command. */
export function surveysOfShard(surveys: readonly SurveyPart[], { index, of }: Shard): SurveyPart[] {
  return surveys.filter((_, place) => ((place + 1) % of) + 1 === index);
}

/**
 * The scenarios of one shard, in their order. Each scenario is in one shard, on all gateways, with its workarounds. Longer scenarios are given out first, each to
 * the shard that ends first with it, so scenarios that can share a stage stay together unless that shard would end later for it.
 * The same for the same scenarios, references and table. Throws UsageError for a reference that cannot be read.
 */
export function scenariosOfShard(
  scenarios: readonly LoadedScenario[],
  gateways: readonly string[],
  { table, surveys }: { table: TablePart | null; surveys: readonly SurveyPart[] },
  { index, of }: Shard,
): LoadedScenario[] {
  const versions = gateways.map(expectedVersion);
  const loads = scenarios.map((loaded) => loadOf(loaded, versions));
  const shares = Array.from(
    { length: of },
    (_, place): Share => ({ index: place + 1, length: 0, stages: new Set(), scenarios: new Set() }),
  );
  const [first, last] = [shares[0], shares.at(-1)];
  if (first !== undefined && table?.witness === true) first.length += WITNESS * gateways.length;
  if (last !== undefined && table !== null && table.search !== null)
    last.length += table.search.runs * STEPS_OF_RANDOM_KNOCK * STEP * gateways.length;
  for (const share of shares)
    share.length += surveysOfShard(surveys, { index: share.index, of }).length * SURVEY * gateways.length;
  const byId = (a: Load, b: Load): number => (a.loaded.scenario.id < b.loaded.scenario.id ? -1 : 1);
  for (const load of loads.sort((a, b) => b.length - a.length || byId(a, b))) {
    const share = shares.reduce((least, other) => (lengthWith(other, load) < lengthWith(least, load) ? other : least));
    share.length = lengthWith(share, load);
    for (const stage of load.stages) share.stages.add(stage);
    share.scenarios.add(load.loaded);
  }
  const mine = shares.find((share) => share.index === index)?.scenarios ?? new Set();
  return scenarios.filter((loaded) => mine.has(loaded));
}

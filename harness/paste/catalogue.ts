import type { LoadedScenario } from '../scenario/catalogue/load.ts';
import { type Rarity, rarityOf } from './fit-scenario.ts';
import { type KnownTexts, loadKnownTexts } from './known-texts.ts';
import { type Likeness, learn, type Target } from './likeness.ts';
import { MECHANISM_IDS, mechanismOf } from './mechanisms/all.ts';
import { type Profile, profileOf } from './profile.ts';

/** The scenarios that a report is compared with, what each is about, and what known texts teach. */
export type Catalogue = {
  scenarios: readonly { loaded: LoadedScenario; profile: Profile }[];
  rarity: Rarity;
  likeness: Likeness;
};

/** The mechanisms that no scenario plays: what is not the gateway's, and what nobody can play. */
export const UNPLAYED = MECHANISM_IDS.filter((id) => mechanismOf(id).scenarios.length === 0);

/** Prepares the comparison. `known` are the texts to learn from; without it, those that this version of Postern knows. */
export function catalogueOf(scenarios: readonly LoadedScenario[], known: KnownTexts = loadKnownTexts()): Catalogue {
  const profiled = scenarios.map((loaded) => ({ loaded, profile: profileOf(loaded) }));
  const targets = [...scenarios.map(({ scenario }) => scenario.id), ...UNPLAYED];
  return {
    scenarios: profiled,
    rarity: rarityOf(profiled.map(({ profile }) => profile)),
    likeness: learn(known, targets, classOf),
  };
}

/** The class of a scenario or a mechanism; what is not the gateway's has one of its own. */
function classOf(target: Target): string {
  const mechanism = UNPLAYED.find((id) => id === target);
  return mechanism === undefined ? target.replace(/\/.*$/, '') : (mechanismOf(mechanism).class ?? 'not the gateway');
}

import type { Verdict } from '../../judge/verdict.ts';
import { type Published, verdictsOn } from '../../results/published.ts';
import { appliesOn } from '../../scenario/catalogue/applies.ts';
import type { LoadedScenario } from '../../scenario/catalogue/load.ts';

/** What the published results say about a scenario on a release. */
export type State = 'red' | 'known' | 'ok' | 'does not apply' | 'not played';

/** The state of a scenario on a release. `release` has the published results of that release; undefined if it has none. */
export function stateOn(loaded: LoadedScenario, version: string, release: Published | undefined): State {
  if (!appliesOn(loaded.scenario, version)) return 'does not apply';
  const verdicts: readonly Verdict[] = release === undefined ? [] : Object.values(verdictsOn(release, loaded));
  if (verdicts.length === 0) return 'not played';
  if (verdicts.includes('reproduced')) return 'red';
  if (verdicts.includes('known-deviation')) return 'known';
  return verdicts.includes('pass') ? 'ok' : 'does not apply';
}

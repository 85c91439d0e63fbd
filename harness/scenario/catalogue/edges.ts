import { STABLE_RELEASES } from '../releases/npm-releases.ts';
import { appliesOn } from './applies.ts';
import { digestOn } from './digest.ts';
import type { LoadedScenario } from './load.ts';

/**
 * The releases at the ends of every range of a scenario (`affected`, `applies`, `hardened`, its workarounds): those of `releases`, in order,
 * on which the scenario means something else than on the release before or after. A range is proved if the scenario holds on these: on the
 * last release inside and the first one outside. Releases that the scenario does not apply to are left out, because nothing is played there.
 */
export function edgesOf(loaded: LoadedScenario, releases: readonly string[] = STABLE_RELEASES): string[] {
  const digests = releases.map((version) => digestOn(version, loaded));
  const differs = (index: number, neighbour: number): boolean =>
    digests[neighbour] !== undefined && digests[neighbour] !== digests[index];
  return releases.filter(
    (version, index) => appliesOn(loaded.scenario, version) && (differs(index, index - 1) || differs(index, index + 1)),
  );
}

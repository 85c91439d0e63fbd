import { NPM_RELEASES, OLDEST_PLAYED } from '../releases/npm-releases.ts';
import { compareReleases, inRange } from '../releases/range.ts';
import { digestOn } from './digest.ts';
import type { LoadedScenario } from './load.ts';

/** The stable releases on npm that Postern can play, corrections included and previews not, oldest first. */
export const STABLE_RELEASES: readonly string[] = NPM_RELEASES.filter(
  (version) => /^[\d.]+(?:-\d+)?$/.test(version) && compareReleases(version, OLDEST_PLAYED) >= 0,
);

/** A preview, such as 2026.9.1-beta.1. A correction, such as 2026.7.1-2, is none. */
export function isPreview(version: string): boolean {
  return /-[a-z]/.test(version);
}

function applies({ scenario }: LoadedScenario, version: string): boolean {
  return scenario.applies === undefined || inRange(version, scenario.applies.releases);
}

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
    (version, index) => applies(loaded, version) && (differs(index, index - 1) || differs(index, index + 1)),
  );
}

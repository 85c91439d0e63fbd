import { checksOf } from './checks.ts';
import { digestOn } from './digest.ts';
import type { LoadedScenario } from './load.ts';
import { NPM_RELEASES } from './npm-releases.ts';

/**
 * What a scenario means, whatever words it is written in: what is played with every default filled in, what is expected of it, its checks,
 * and its digest on each release that npm has. A change of the language must leave this as it is, and so must a change of wording.
 */
export function meaningOf(loaded: LoadedScenario): object {
  const { steps, boundary, remedies, ...head } = loaded.scenario;
  return {
    ...head,
    steps: steps,
    boundary,
    remedies: remedies,
    checks: checksOf(loaded.scenario).map(({ id, part, remedy, expect }) => ({
      id,
      part,
      remedy: remedy?.name,
      expect,
    })),
    digests: Object.fromEntries(NPM_RELEASES.map((version) => [version, digestOn(version, loaded)])),
  };
}

/** JSON with the keys of every object in the order of the alphabet, so that equal values are equal texts. */
export function canonicalJson(value: unknown): string {
  const sorted = (_: string, item: unknown): unknown =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item;
  return JSON.stringify(value, sorted, 1);
}

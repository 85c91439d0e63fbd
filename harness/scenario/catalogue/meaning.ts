import { NPM_RELEASES } from '../releases/npm-releases.ts';
import { checksOf } from './checks.ts';
import { digestOn } from './digest.ts';
import type { LoadedScenario } from './load.ts';

/**
 * The meaning of a scenario, independent of its notation: its steps with every default, its expectations, its checks, and its digest on each
 * release on npm. A change of the scenario language or of wording must not change it.
 */
export function meaningOf(loaded: LoadedScenario): object {
  const { steps, boundary, workarounds, ...head } = loaded.scenario;
  return {
    ...head,
    steps: steps,
    boundary,
    workarounds: workarounds,
    checks: checksOf(loaded.scenario).map(({ id, part, workaround, expect }) => ({
      id,
      part,
      workaround: workaround?.name,
      expect,
    })),
    digests: Object.fromEntries(NPM_RELEASES.map((version) => [version, digestOn(version, loaded)])),
  };
}

/** JSON with the keys of every object in alphabetical order, so that equal values give equal texts. */
export function canonicalJson(value: unknown): string {
  const sorted = (_: string, item: unknown): unknown =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item;
  return JSON.stringify(value, sorted, 1);
}

import type { LoadedScenario } from '../scenario/catalogue/load.ts';

/** The scenario without its workarounds, for a mutant. Workarounds are about releases; a mutant shows its effect without them. */
export function withoutWorkarounds(loaded: LoadedScenario): LoadedScenario {
  return {
    ...loaded,
    scenario: { ...loaded.scenario, workarounds: [] },
    checks: loaded.checks.filter(({ workaround }) => workaround === null),
  };
}

import type { LoadedScenario } from '../scenario/load.ts';

/** The scenario without its workarounds, for a mutant. Workarounds are about releases; a mutant shows its effect without them. */
export function withoutRemedies(loaded: LoadedScenario): LoadedScenario {
  return {
    ...loaded,
    scenario: { ...loaded.scenario, remedies: [] },
    checks: loaded.checks.filter(({ remedy }) => remedy === null),
  };
}

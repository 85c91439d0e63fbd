import type { LoadedScenario } from '../scenario/load.ts';

/** What of a scenario is played on a mutant. Remedies are about releases: what they mend is seen without them. */
export function withoutRemedies(loaded: LoadedScenario): LoadedScenario {
  return {
    ...loaded,
    scenario: { ...loaded.scenario, remedies: [] },
    checks: loaded.checks.filter(({ remedy }) => remedy === null),
  };
}

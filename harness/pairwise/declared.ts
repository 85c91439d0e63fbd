import type { LoadedScenario } from '../scenario/catalogue/load.ts';
import { TABLE_CHECKS } from './properties.ts';

/**
 * The ids of all checks, selected or not: those of the scenarios, and those of the decision table. Every command validates the lists that name
 * checks (deviations, accepted weakenings) by these ids.
 */
export function declaredChecks(scenarios: readonly LoadedScenario[]): ReadonlySet<string> {
  return new Set([...scenarios.flatMap(({ checks }) => checks.map(({ id }) => id)), ...TABLE_CHECKS]);
}

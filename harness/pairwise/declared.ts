import type { LoadedScenario } from '../scenario/load.ts';
import { TABLE_CHECKS } from './properties.ts';

/**
 * The ids of all checks there are, selected or not: those of the scenarios, and those of the decision table. Every list that names checks
 * is held to them, whichever command reads it.
 */
export function declaredChecks(scenarios: readonly LoadedScenario[]): ReadonlySet<string> {
  return new Set([...scenarios.flatMap(({ checks }) => checks.map(({ id }) => id)), ...TABLE_CHECKS]);
}

import { TABLE_CHECKS } from '../pairwise/properties.ts';
import { TABLE_ID } from '../results/report.ts';
import type { LoadedScenario } from '../scenario/catalogue/load.ts';
import type { DeclaredCheck } from './evidence.ts';
import { TABLE_CLASS } from './policy-schema.ts';

/** Every check that a gate with a decision table gives a verdict: those of the scenarios, and those of the table, which are blockers. */
export function declaredIn(scenarios: readonly LoadedScenario[]): DeclaredCheck[] {
  return [
    ...scenarios.flatMap(({ scenario, checks }) =>
      checks.map(({ id }) => ({ id, scenario: scenario.id, class: scenario.class, blocker: scenario.blocker })),
    ),
    ...TABLE_CHECKS.map((id) => ({ id, scenario: TABLE_ID, class: TABLE_CLASS, blocker: true })),
  ];
}

import { TABLE_CHECKS } from '../pairwise/properties.ts';
import { surveyId, TABLE_ID } from '../results/report.ts';
import type { LoadedScenario } from '../scenario/catalogue/load.ts';
import { checksOfSurvey, SURVEYS } from '../suite/surveys.ts';
import type { DeclaredCheck } from './evidence.ts';
import { TABLE_CLASS } from './policy-schema.ts';

/** Every check that a gate of profile `release` gives a verdict: those of the scenarios, and those of table and surveys, which are blockers. */
export function declaredIn(scenarios: readonly LoadedScenario[]): DeclaredCheck[] {
  return [
    ...scenarios.flatMap(({ scenario, checks }) =>
      checks.map(({ id }) => ({ id, scenario: scenario.id, class: scenario.class, blocker: scenario.blocker })),
    ),
    ...TABLE_CHECKS.map((id) => ({ id, scenario: TABLE_ID, class: TABLE_CLASS, blocker: true })),
    ...SURVEYS.flatMap((part) =>
      checksOfSurvey(part).map((id) => ({ id, scenario: surveyId(part.name), class: TABLE_CLASS, blocker: true })),
    ),
  ];
}

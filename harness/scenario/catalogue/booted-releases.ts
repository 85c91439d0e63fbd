import type { Scenario } from '../schema/scenario.ts';
import { everyStepOf } from './checks.ts';

/** The releases that scenarios boot in addition to the gateway under test: those they begin with, and those they upgrade to by name. */
export function releasesIn(scenarios: readonly Scenario[]): Set<string> {
  const releases = scenarios.flatMap((scenario) => [
    scenario.gateway.release,
    ...everyStepOf(scenario).map((step) => (step.kind === 'upgrade' ? step.body.to : undefined)),
  ]);
  return new Set(releases.filter((release) => release !== undefined));
}

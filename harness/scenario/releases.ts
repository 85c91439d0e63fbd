import type { Scenario } from './scenario.ts';

/** The releases that scenarios boot besides the one under test: those they begin on, and those they upgrade to by name. */
export function releasesIn(scenarios: readonly Scenario[]): Set<string> {
  const releases = scenarios.flatMap(({ gateway, steps, boundary, remedies }) => {
    const all = [...steps, ...boundary, ...remedies.flatMap((remedy) => remedy.steps)];
    return [gateway.release, ...all.map((step) => ('upgrade' in step ? step.upgrade.to : undefined))];
  });
  return new Set(releases.filter((release) => release !== undefined));
}

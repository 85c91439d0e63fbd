import type { StandingChange } from '../../results/comparison.ts';
import { VERDICT_LABELS } from '../verdict-labels.ts';

/** The title of each standing that is worse than on the base, the most important first. */
const STANDING_TITLES: Record<StandingChange['standing'], string> = {
  regressed: 'Holds on the base and not on the head',
  lost: 'Has a verdict on the base and none on the head',
  untold: 'Has no reliable verdict',
  'red-on-both': 'Red on both, which does not fail the gate',
};

/** The word for the verdict of base or head; null means that its report lacks the check. */
export function describeVerdict(verdict: StandingChange['base']): string {
  return verdict === null ? 'not in the report' : VERDICT_LABELS[verdict].word;
}

/** The checks grouped by standing, each group with its title; no empty groups. */
export function standingGroups(
  standings: readonly StandingChange[],
): { title: string; checks: readonly StandingChange[] }[] {
  return [...Map.groupBy(standings, ({ standing }) => standing)].map(([standing, checks]) => ({
    title: STANDING_TITLES[standing],
    checks,
  }));
}

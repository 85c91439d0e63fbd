import type { Scenario, Workaround } from '../schema/scenario.ts';

/** An effect in words that follow the advice: "Restart the gateway: does not help". */
export const OUTCOME_WORDS: Record<Workaround['outcome'], string> = {
  helps: 'helps',
  'does-not-help': 'does not help',
  'makes-it-worse': 'makes it worse',
  'no-longer-exists': 'no longer exists',
};

/** The range of releases on which Postern plays a workaround of the scenario. */
export function rangeOf({ affected }: Pick<Scenario, 'affected'>, { releases }: Pick<Workaround, 'releases'>): string {
  return releases ?? affected;
}

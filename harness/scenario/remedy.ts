import type { Remedy, Scenario } from './scenario.ts';

/** What carrying out a remedy shows. */
export const REMEDY_OUTCOMES = ['works', 'does-not-help', 'makes-it-worse', 'no-longer-exists'] as const;
export type RemedyOutcome = (typeof REMEDY_OUTCOMES)[number];

export function outcomeOf({ works }: Pick<Remedy, 'works'>): RemedyOutcome {
  if (typeof works === 'string') return works;
  return works ? 'works' : 'does-not-help';
}

/** An outcome in words that follow the remedy: "Restart the gateway: does not help". */
export const OUTCOME_WORDS: Record<RemedyOutcome, string> = {
  works: 'works',
  'does-not-help': 'does not help',
  'makes-it-worse': 'makes it worse',
  'no-longer-exists': 'no longer exists',
};

/** The releases on which a remedy of the scenario is carried out. */
export function rangeOf({ affected }: Pick<Scenario, 'affected'>, { range }: Pick<Remedy, 'range'>): string {
  return range ?? affected;
}

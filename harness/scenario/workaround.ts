import type { Scenario, Workaround } from './scenario.ts';

/** What carrying out a remedy shows. */
export const WORKAROUND_OUTCOMES = ['works', 'does-not-help', 'makes-it-worse', 'no-longer-exists'] as const;
export type WorkaroundOutcome = (typeof WORKAROUND_OUTCOMES)[number];

export function outcomeOf({ works }: Pick<Workaround, 'works'>): WorkaroundOutcome {
  if (typeof works === 'string') return works;
  return works ? 'works' : 'does-not-help';
}

/** An outcome in words that follow the remedy: "Restart the gateway: does not help". */
export const OUTCOME_WORDS: Record<WorkaroundOutcome, string> = {
  works: 'works',
  'does-not-help': 'does not help',
  'makes-it-worse': 'makes it worse',
  'no-longer-exists': 'no longer exists',
};

/** The releases on which a remedy of the scenario is carried out. */
export function rangeOf({ affected }: Pick<Scenario, 'affected'>, { range }: Pick<Workaround, 'range'>): string {
  return range ?? affected;
}

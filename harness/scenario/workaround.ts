import type { Scenario, Workaround } from './scenario.ts';

/** The effects that a workaround can have. */
export const WORKAROUND_OUTCOMES = ['works', 'does-not-help', 'makes-it-worse', 'no-longer-exists'] as const;
export type WorkaroundOutcome = (typeof WORKAROUND_OUTCOMES)[number];

export function outcomeOf({ works }: Pick<Workaround, 'works'>): WorkaroundOutcome {
  if (typeof works === 'string') return works;
  return works ? 'works' : 'does-not-help';
}

/** An effect in words that follow the advice: "Restart the gateway: does not help". */
export const OUTCOME_WORDS: Record<WorkaroundOutcome, string> = {
  works: 'works',
  'does-not-help': 'does not help',
  'makes-it-worse': 'makes it worse',
  'no-longer-exists': 'no longer exists',
};

/** The range of releases on which Postern plays a workaround of the scenario. */
export function rangeOf({ affected }: Pick<Scenario, 'affected'>, { range }: Pick<Workaround, 'range'>): string {
  return range ?? affected;
}

import type { Violation } from '../survey/survey.ts';

/** What a survey notices of a mutant in comparison with its unchanged release. */
export type Noticed = {
  /** What the comparison shows of callers and requests that get more, one line each. */
  gains: readonly string[];
  /** Breaches that the unchanged release does not have. */
  breaches: readonly Violation[];
};

/** The breaches of a mutant that its unchanged release does not have: at another place, or by further callers or requests. */
export function newBreaches(base: readonly Violation[], mutant: readonly Violation[]): Violation[] {
  return mutant.filter(({ property, where, by }) => {
    const same = base.filter((each) => each.property === property && each.where === where);
    const known = new Set(same.flatMap((each) => each.by));
    return same.length === 0 || by.some((each) => !known.has(each));
  });
}

import { STANDINGS, type Standing, standingOf } from '../judge/standing.ts';
import { FUZZING_CHECK, tableCheck } from '../pairwise/properties.ts';
import type { StandingChange } from '../results/comparison.ts';
import type { CheckResult, Report } from '../results/report.ts';

/** Whether both gateways are published releases, whose versions are known and not only claimed, and with them the scenarios that apply. */
function areBothPublished(base: Report, head: Report): boolean {
  return [base, head].every(({ subjects }) => subjects.every(({ source }) => source === 'published'));
}

/**
 * Whether a check may rightly have no verdict on the head that it has on the base: the check does not apply to the head, and both gateways are
 * published releases, or the check is about a workaround for a failure that the head does not have. Any other build could choose its version,
 * and with it the checks that apply to it.
 */
function mayBeLost({ part, verdict }: CheckResult, bothPublished: boolean): boolean {
  return verdict === 'not-applicable' && (bothPublished || part === 'remedies');
}

/**
 * Whether both gateways were asked the same with a check. Fuzzing with another seed makes other knocks: that it found a violation on one of
 * the two alone is chance. A gate plays both with one seed.
 */
function isSameQuestion(id: string, base: Report, head: Report): boolean {
  return id !== tableCheck(FUZZING_CHECK) || base.run.seed === head.run.seed;
}

/** The checks of the head that do not hold in comparison with the base, and those that are red on both, worst first and then by id. Pure. */
export function standingsBetween(base: Report, head: Report): StandingChange[] {
  const bothPublished = areBothPublished(base, head);
  const [before, after] = [base, head].map(({ checks }) => new Map(checks.map((check) => [check.id, check])));
  if (before === undefined || after === undefined) throw new Error('two reports are compared');
  const rank = ({ standing }: { standing: Standing }): number => STANDINGS.indexOf(standing);
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((id) => isSameQuestion(id, base, head))
    .flatMap((id): StandingChange[] => {
      const [was, is] = [before.get(id), after.get(id)];
      const standing = standingOf(was?.verdict ?? null, is?.verdict ?? null);
      if (standing === 'holds') return [];
      if (standing === 'lost' && is !== undefined && mayBeLost(is, bothPublished)) return [];
      return [{ id, standing, base: was?.verdict ?? null, head: is?.verdict ?? null }];
    })
    .sort((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1));
}

import { STANDINGS, type Standing, standingOf } from '../judge/standing.ts';
import type { StandingChange } from '../results/comparison.ts';
import type { CheckResult, Report } from '../results/report.ts';

/** Whether both gateways are releases that everybody can install: then it is known, and not only claimed, which scenarios apply to them. */
function areBothPublished(base: Report, head: Report): boolean {
  return [base, head].every(({ subjects }) => subjects.every(({ source }) => source === 'published'));
}

/**
 * Whether a check may rightly lack on the head what it has on the base: where the scenario applies to the one published release and not to the
 * other, and where it is about a remedy for what the head does not have. A build that chose its version would otherwise choose its checks.
 */
function mayBeLost({ part, verdict }: CheckResult, bothPublished: boolean): boolean {
  return verdict === 'not-applicable' && (bothPublished || part === 'remedies');
}

/** Every check that does not hold beside the base, worst first and then by id. Pure. */
export function standingsBetween(base: Report, head: Report): StandingChange[] {
  const bothPublished = areBothPublished(base, head);
  const [before, after] = [base, head].map(({ checks }) => new Map(checks.map((check) => [check.id, check])));
  if (before === undefined || after === undefined) throw new Error('two reports are compared');
  const rank = ({ standing }: { standing: Standing }): number => STANDINGS.indexOf(standing);
  return [...new Set([...before.keys(), ...after.keys()])]
    .flatMap((id): StandingChange[] => {
      const [was, is] = [before.get(id), after.get(id)];
      const standing = standingOf(was?.verdict ?? null, is?.verdict ?? null);
      if (standing === 'holds') return [];
      if (standing === 'lost' && is !== undefined && mayBeLost(is, bothPublished)) return [];
      return [{ id, standing, base: was?.verdict ?? null, head: is?.verdict ?? null }];
    })
    .sort((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1));
}

import {
  type Channel,
  consequenceOf,
  OUTCOMES,
  type Outcome,
  RULED_OUTCOMES,
  type RuledOutcome,
} from '../results/release-outcomes.ts';
import type { Effect, ReleaseReason } from '../results/release-verdict.ts';
import { inRange } from '../scenario/releases/range.ts';
import { BASELINE_NAMES } from '../scenario/releases/upgrade-baselines.ts';
import type { Occurrence } from './evidence.ts';
import type { Policy, Rule, Waiver } from './policy-schema.ts';

/** What a policy is applied to: the candidate's channel and version, and the day, as YYYY-MM-DD. */
type Applied = { channel: Channel; candidate: string; today: string };

/** An occurrence with what the policy says about it, and whether public output leaves it out. */
type Weighed = { reason: ReleaseReason; isWithheld: boolean };

/** Weighs what was seen of a candidate, heaviest first; within one outcome the order stays. Throws Error if no rule fits an outcome. Pure. */
export function weigh(occurrences: readonly Occurrence[], policy: Policy, applied: Applied): Weighed[] {
  return merged(occurrences)
    .toSorted((a, b) => OUTCOMES.indexOf(a.outcome) - OUTCOMES.indexOf(b.outcome))
    .map((each) => weighed(each, policy, applied));
}

/**
 * One occurrence for each outcome and id, with all the baselines against which it was seen. What is worse than on one baseline is not told again as
 * being no worse than on another.
 */
function merged(occurrences: readonly Occurrence[]): Occurrence[] {
  const groups = Map.groupBy(occurrences, ({ outcome, id }) => JSON.stringify([outcome, id]));
  const isThere = (outcome: Outcome, id: string): boolean => groups.has(JSON.stringify([outcome, id]));
  return [...groups.values()].flatMap((group): Occurrence[] => {
    const [first] = group;
    if (first === undefined) return [];
    if (first.outcome === 'blocker-red-on-both' && isThere('blocker-regressed', first.id)) return [];
    if (first.outcome === 'check-red-on-both' && isThere('check-regressed', first.id)) return [];
    return [
      {
        ...first,
        against: [...new Set(group.flatMap(({ against }) => against))],
        unpublished: group.some(({ unpublished }) => unpublished),
        isWithheld: group.some(({ isWithheld }) => isWithheld),
      },
    ];
  });
}

const isRuled = (outcome: Outcome): outcome is RuledOutcome => RULED_OUTCOMES.some((each) => each === outcome);

function weighed(each: Occurrence, policy: Policy, applied: Applied): Weighed {
  const { outcome, id, text, against, command, unpublished, isWithheld } = each;
  const rule = isRuled(outcome) ? ruleFor(each, policy) : baselineRule(each, policy);
  const waiver = policy.waivers.find((entry) => lets(entry, each, applied));
  return {
    reason: {
      outcome,
      id,
      text,
      against: [...against],
      effect: effectOf(rule, waiver, applied.channel),
      exitCode: consequenceOf(outcome).exitCode,
      rule: rule === null ? null : { owner: rule.owner, reason: rule.reason },
      waiver: waiver === undefined ? null : pick(waiver),
      command,
      unpublished,
    },
    isWithheld,
  };
}

/** The first rule that fits. */
function ruleFor({ outcome, classes, checks }: Occurrence, { rules }: Policy): Rule {
  const rule = rules.find(
    (each) =>
      each.outcome === outcome &&
      (each.classes === undefined || each.classes.some((name) => classes.includes(name))) &&
      (each.checks === undefined || each.checks.some((id) => checks.includes(id))),
  );
  if (rule === undefined) throw new Error(`the policy has no rule for ${outcome}, which its parser refuses`);
  return rule;
}

/** The entry of the policy about a baseline that was not run; null for everything else that was not, which always holds. */
function baselineRule({ outcome, id }: Occurrence, { baselines }: Policy): Policy['baselines'][number] | null {
  const name = outcome === 'not-run' ? BASELINE_NAMES.find((each) => each === id) : undefined;
  return baselines.find((entry) => entry.name === name) ?? null;
}

/** Whether a waiver lets an occurrence through. One that has expired does not. */
function lets(waiver: Waiver, { outcome, id }: Occurrence, { candidate, today }: Applied): boolean {
  return (
    waiver.outcome === outcome && waiver.of === id && waiver.expires >= today && inRange(candidate, waiver.candidates)
  );
}

function effectOf(rule: Pick<Rule, 'holds'> | null, waiver: Waiver | undefined, channel: Channel): Effect {
  if (rule !== null && !rule.holds.includes(channel)) return 'noted';
  return waiver === undefined ? 'holds' : 'waived';
}

function pick({ reason, link, owner, expires }: Waiver): NonNullable<ReleaseReason['waiver']> {
  return { reason, link, owner, expires };
}

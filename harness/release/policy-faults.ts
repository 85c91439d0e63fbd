import { didYouMean } from '../did-you-mean.ts';
import { RULED_OUTCOMES, type RuledOutcome } from '../results/release-outcomes.ts';
import type { ValidationIssue } from '../scenario/catalogue/yaml-document.ts';
import { rangeFault } from '../scenario/releases/range.ts';
import { BASELINE_NAMES } from '../scenario/releases/upgrade-baselines.ts';
import type { Policy, Rule } from './policy-schema.ts';

/** Outcomes that are about no scenario and no check, so that a rule about them cannot be narrowed. */
const OF_NO_SCENARIO: readonly RuledOutcome[] = [
  'own-client-given-more',
  'gateway-problem',
  'entry-stale',
  'entry-expiring',
  'waiver-unused',
];

/** The faults of a policy that fits its schema, with their places; empty for a sound one. `declared` has the ids of all checks. Pure. */
export function faultsOfPolicy(policy: Policy, declared: ReadonlySet<string>): ValidationIssue[] {
  return [
    ...faultsOfBaselines(policy),
    ...missingRules(policy),
    ...policy.rules.flatMap((rule, index) => faultsOfRule(rule, index, policy.rules.slice(0, index), declared)),
    ...faultsOfWaivers(policy),
  ];
}

function faultsOfBaselines({ baselines }: Policy): ValidationIssue[] {
  const names = baselines.map(({ name }) => name);
  return [
    ...BASELINE_NAMES.filter((name) => !names.includes(name)).map((name) => ({
      path: ['baselines'],
      message: `nothing says which candidates must be compared with "${name}"`,
      next: 'Add it; "holds: []" if none must.',
    })),
    ...names.flatMap((name, index) =>
      names.indexOf(name) === index
        ? []
        : [{ path: ['baselines', index], message: `a second entry for "${name}"`, next: 'Keep one.' }],
    ),
  ];
}

const isNarrow = ({ classes, checks }: Rule): boolean => classes !== undefined || checks !== undefined;

function missingRules({ rules }: Policy): ValidationIssue[] {
  return RULED_OUTCOMES.filter((outcome) => !rules.some((rule) => rule.outcome === outcome && !isNarrow(rule))).map(
    (outcome) => ({
      path: ['rules'],
      message: `nothing decides about every "${outcome}"`,
      next: 'Add a rule for it without "classes" and "checks"; "holds: []" to note it only.',
    }),
  );
}

function faultsOfRule(
  rule: Rule,
  index: number,
  before: readonly Rule[],
  declared: ReadonlySet<string>,
): ValidationIssue[] {
  const faults: ValidationIssue[] = [];
  if (before.some(({ outcome, ...other }) => outcome === rule.outcome && !isNarrow({ outcome, ...other })))
    faults.push({
      path: ['rules', index],
      message: `never reached: a rule above decides about every "${rule.outcome}"`,
      next: 'Move it above that rule, or remove it.',
    });
  if (isNarrow(rule) && OF_NO_SCENARIO.includes(rule.outcome))
    faults.push({
      path: ['rules', index],
      message: `never fits: "${rule.outcome}" is about no scenario`,
      next: 'Remove "classes" and "checks".',
    });
  for (const [at, check] of (rule.checks ?? []).entries()) {
    if (declared.has(check)) continue;
    faults.push({
      path: ['rules', index, 'checks', at],
      message: `no check is called "${check}"`,
      next: didYouMean(check, declared, '`postern list --checks` lists every check.'),
    });
  }
  return faults;
}

function faultsOfWaivers({ waivers }: Policy): ValidationIssue[] {
  return waivers.flatMap(({ outcome, of, candidates }, index): ValidationIssue[] => {
    const range = rangeFault(candidates);
    const isSecond = waivers.slice(0, index).some((other) => other.outcome === outcome && other.of === of);
    return [
      ...(range === null ? [] : [{ path: ['waivers', index, 'candidates'], ...range }]),
      ...(isSecond
        ? [{ path: ['waivers', index], message: `a second waiver of "${outcome}" for "${of}"`, next: 'Keep one.' }]
        : []),
    ];
  });
}

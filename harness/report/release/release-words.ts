import { EXIT, type ExitCode } from '../../exit.ts';
import { nameOf } from '../../results/comparison.ts';
import { type Channel, consequenceOf, type Outcome, WEIGHTS, type Weight } from '../../results/release-outcomes.ts';
import type { Effect, ReleaseReason, ReleaseVerdict } from '../../results/release-verdict.ts';
import { count, listed } from '../../text/format.ts';
import { HARM_TITLES } from '../comparison/finding-words.ts';
import { ADVISORY_FILE } from '../withheld-note.ts';

/** What holds a candidate, by weight: a title, and the words to count it. */
const WEIGHT_WORDS: Record<Weight, { title: string; one: string; many: string }> = {
  blocker: { title: 'Blockers', one: 'blocker', many: 'blockers' },
  remote: {
    title: 'Clients get more',
    one: 'change by which clients get more',
    many: 'changes by which clients get more',
  },
  'local-loss': { title: 'Local users lose', one: 'loss of local users', many: 'losses of local users' },
  broken: { title: 'Broken otherwise', one: 'other failure', many: 'other failures' },
  stale: { title: 'Stale or expiring', one: 'stale or expiring entry', many: 'stale or expiring entries' },
  flaky: { title: 'Flaky or undecided', one: 'undecided observation', many: 'undecided observations' },
  'not-run': { title: 'Not run', one: 'part that was not run', many: 'parts that were not run' },
};

/** Each outcome as a title for its reasons. */
export const OUTCOME_TITLES: Record<Outcome, string> = {
  ...HARM_TITLES,
  'blocker-regressed': 'A blocker holds on the baseline and not on the candidate',
  'blocker-red-on-both': 'A blocker fails on the candidate, as on the baseline',
  'own-client-given-more': 'Its own command gets more than a client of the harness',
  'check-regressed': 'A check holds on the baseline and not on the candidate',
  'verdict-lost': 'A check applies to the baseline and not to the candidate',
  'gateway-problem': 'The gateway went wrong outside the checks',
  unlogged: 'The candidate no longer logs it',
  'check-red-on-both': 'A check fails on the candidate, as on the baseline',
  'entry-stale': 'An entry of a list no longer counts',
  'unexpected-pass': 'A check passes, though it is declared to fail',
  'entry-expiring': 'An entry of a list expires soon',
  'waiver-unused': 'A waiver lets nothing through',
  flaky: 'Two observations differ',
  undecided: 'It could not be decided',
  'run-incomplete': 'The gate did not play everything',
  withheld: 'The report is not whole',
  'not-run': 'It was not run',
};

export const EFFECT_WORDS: Record<Effect, string> = {
  holds: 'holds the candidate',
  waived: 'waived',
  noted: 'noted',
};

const CHANNEL_WORDS: Record<Channel, string> = { beta: 'a beta', stable: 'a stable release' };

/** The reasons of one weight. */
export type WeightGroup = { weight: Weight; title: string; reasons: readonly ReleaseReason[] };

/** The reasons with an effect, by their weight, heaviest first; no empty groups. */
export function groupsOf({ reasons }: ReleaseVerdict, effect: Effect): WeightGroup[] {
  return WEIGHTS.map((weight) => ({
    weight,
    title: WEIGHT_WORDS[weight].title,
    reasons: reasons.filter((each) => each.effect === effect && consequenceOf(each.outcome).weight === weight),
  })).filter(({ reasons: found }) => found.length > 0);
}

/** The reasons of each weight that hold the candidate, counted, heaviest first. */
export function holdingCounts(verdict: ReleaseVerdict): { weight: Weight; words: string }[] {
  return groupsOf(verdict, 'holds').map(({ weight, reasons }) => {
    const { one, many } = WEIGHT_WORDS[weight];
    return { weight, words: count(reasons.length, one, many) };
  });
}

/** The name of the candidate in sentences. */
export function candidateName({ candidate }: ReleaseVerdict): string {
  return nameOf(candidate);
}

/** The verdict as one sentence without a full stop. */
export function verdictSentence(verdict: ReleaseVerdict): string {
  const name = candidateName(verdict);
  const channel = CHANNEL_WORDS[verdict.channel];
  if (verdict.verdict === 'SHIP') return `nothing that was seen of ${name} speaks against it as ${channel}`;
  const counts = holdingCounts(verdict).map(({ words }) => words);
  return `${name} must not go out as ${channel}: ${counts.length === 0 ? 'all that holds it is left out here' : listed(counts)}`;
}

/** The meaning of an exit code of `postern release`, as a clause. */
export function exitMeaning(exitCode: ExitCode): string {
  switch (exitCode) {
    case EXIT.holds:
      return 'the candidate can be released';
    case EXIT.weakened:
      return 'clients get more than on a baseline';
    case EXIT.failed:
      return 'something does not work on the candidate';
    case EXIT.environment:
      return 'nobody can tell: something was not run, or not decided';
    case EXIT.stale:
      return 'an entry of a list no longer counts, or soon will not';
    case EXIT.usage:
    case EXIT.interrupted:
      return 'nothing was decided';
  }
}

const STATE_WORDS: Record<ReleaseVerdict['baselines'][number]['state'], string> = {
  compared: 'compared',
  'not-run': 'not run',
  none: 'no such release before the candidate',
};

/** The baselines in words, one each: whether the candidate was compared with it. */
export function baselineLines({ baselines, gates }: ReleaseVerdict): { name: string; words: string }[] {
  const others = gates.filter(({ base }) => !baselines.some(({ release }) => release === base.version));
  return [
    ...baselines.map(({ name, release, state }) => ({
      name,
      words: release === null ? STATE_WORDS[state] : `${release}, ${STATE_WORDS[state]}`,
    })),
    ...others.map(({ base }) => ({ name: 'other', words: `${nameOf(base)}, compared` })),
  ];
}

/** Where a reason was seen, as a clause; empty if it is about no comparison. */
export function describeAgainst({ against }: ReleaseReason): string {
  return against.length === 0 ? '' : `against ${listed(against)}`;
}

/** What was left out of the verdict, as a sentence; empty if nothing was. */
export function describeLeftOut({ withheld, verdict }: ReleaseVerdict): string {
  if (withheld === 0) return '';
  const what =
    withheld === 1 ? '1 reason that nobody has published is' : `${withheld} reasons that nobody has published are`;
  return `${what} left out, because a released gateway may have the weakness: see ${ADVISORY_FILE} in the report folder of the gate, and SECURITY.md. They count for this ${verdict}.`;
}

/** Checks that hold on the candidate, as a clause. What was not run is not among them. */
export function describeChecks({ checks: { declared, held, notRun } }: ReleaseVerdict): string {
  return `${held} of ${count(declared, 'check')} pass on the candidate in every gate, and ${notRun} ${notRun === 1 ? 'was' : 'were'} not run`;
}

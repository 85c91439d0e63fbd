import { EXIT, type ExitCode } from '../exit.ts';
import type { Harm } from './finding.ts';

/** Where a candidate goes. A preview, such as 2026.9.1-beta.1, is a beta; everything else is judged as a stable release. */
export const CHANNELS = ['beta', 'stable'] as const;
export type Channel = (typeof CHANNELS)[number];

/** What a release verdict weighs, heaviest first. */
export const WEIGHTS = ['blocker', 'remote', 'local-loss', 'broken', 'stale', 'flaky', 'not-run'] as const;
export type Weight = (typeof WEIGHTS)[number];

/**
 * What may be seen of a candidate and that a rule of scenarios/release-policy.yaml decides about, heaviest first. Those of findings have the
 * names of their harm. `…-regressed`: a check holds on the baseline and not on the candidate. `…-red-on-both`: it holds on neither.
 * `verdict-lost`: the candidate says that the check does not apply to it. `entry-…`: an entry of a list, or a waiver, no longer counts, or soon will not.
 */
export const RULED_OUTCOMES = [
  'blocker-regressed',
  'blocker-red-on-both',
  'remote-admin',
  'remote-admission',
  'remote-secret',
  'remote-scopes',
  'remote-nearer',
  'own-client-given-more',
  'accepted',
  'local-gain',
  'local-loss',
  'check-regressed',
  'verdict-lost',
  'gateway-problem',
  'unlogged',
  'check-red-on-both',
  'remote-loss',
  'other',
  'entry-stale',
  'unexpected-pass',
  'entry-expiring',
  'waiver-unused',
  'flaky',
  'undecided',
] as const;
export type RuledOutcome = (typeof RULED_OUTCOMES)[number];

/** What always holds a candidate, because nothing is known where it was seen: no rule and no waiver lets it through. */
const UNRULED_OUTCOMES = ['run-incomplete', 'withheld', 'not-run'] as const;

export const OUTCOMES = [...RULED_OUTCOMES, ...UNRULED_OUTCOMES] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What an outcome weighs, and the exit code that it causes if it holds a candidate. */
type Consequence = { weight: Weight; exitCode: ExitCode };

const REMOTE: Consequence = { weight: 'remote', exitCode: EXIT.weakened };
const BROKEN: Consequence = { weight: 'broken', exitCode: EXIT.failed };
const STALE: Consequence = { weight: 'stale', exitCode: EXIT.stale };
const UNDECIDED: Consequence = { weight: 'flaky', exitCode: EXIT.environment };
const NOT_RUN: Consequence = { weight: 'not-run', exitCode: EXIT.environment };

const CONSEQUENCES: Record<Outcome, Consequence> = {
  'blocker-regressed': { weight: 'blocker', exitCode: EXIT.failed },
  'blocker-red-on-both': { weight: 'blocker', exitCode: EXIT.failed },
  'remote-admin': REMOTE,
  'remote-admission': REMOTE,
  'remote-secret': REMOTE,
  'remote-scopes': REMOTE,
  'remote-nearer': REMOTE,
  'own-client-given-more': REMOTE,
  accepted: REMOTE,
  'local-gain': REMOTE,
  'local-loss': { weight: 'local-loss', exitCode: EXIT.failed },
  'check-regressed': BROKEN,
  'verdict-lost': BROKEN,
  'gateway-problem': BROKEN,
  unlogged: BROKEN,
  'check-red-on-both': BROKEN,
  'remote-loss': BROKEN,
  other: BROKEN,
  'entry-stale': STALE,
  'unexpected-pass': STALE,
  'entry-expiring': STALE,
  'waiver-unused': STALE,
  flaky: UNDECIDED,
  undecided: UNDECIDED,
  'run-incomplete': NOT_RUN,
  withheld: NOT_RUN,
  'not-run': NOT_RUN,
};

/** What an outcome weighs, and the exit code that it causes if it holds a candidate. */
export function consequenceOf(outcome: Outcome): Consequence {
  return CONSEQUENCES[outcome];
}

/** The outcome of a finding, which has the name of its harm. */
export function outcomeOfHarm(harm: Harm): RuledOutcome {
  return harm;
}

/**
 * Exit codes of a held candidate, worst first. What is known to be wrong comes before what is not known: unlike in a run, what one gate saw counts
 * whether or not another one was played.
 */
const GRAVITY: readonly ExitCode[] = [EXIT.weakened, EXIT.failed, EXIT.environment, EXIT.stale];

/** The exit code of a release verdict from those of the reasons that hold it; 0 for none. */
export function worstOfRelease(codes: readonly ExitCode[]): ExitCode {
  return GRAVITY.find((code) => codes.includes(code)) ?? (codes.length === 0 ? EXIT.holds : EXIT.environment);
}

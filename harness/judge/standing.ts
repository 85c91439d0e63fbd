import type { Verdict } from './verdict.ts';

/**
 * The verdict of a check on the head, compared with its verdict on the base.
 * `regressed`: the check is right on the base, or was not played there, and is wrong on the head. `lost`: the base has a verdict and the head has
 * none. `untold`: a verdict decides nothing on one of them. `red-on-both`: the check is wrong on both, so the head is no worse than the base.
 */
export const STANDINGS = ['regressed', 'lost', 'untold', 'red-on-both', 'holds'] as const;
export type Standing = (typeof STANDINGS)[number];

/** What a verdict says about the gateway: right, wrong, undecided (`untold`), or not played there (`not-asked`). */
type Answer = 'right' | 'wrong' | 'untold' | 'not-asked';

const ANSWER_OF: Record<Verdict, Answer> = {
  error: 'untold',
  fail: 'wrong',
  reproduced: 'wrong',
  'not-testable': 'untold',
  'unexpected-pass': 'right',
  flaky: 'untold',
  'known-deviation': 'right',
  skipped: 'not-asked',
  'not-applicable': 'not-asked',
  pass: 'right',
};

/** The standing, by the answer on the base and then by that on the head. A base on which the check was not played excuses no wrong head. */
const STANDING_OF: Record<Answer, Record<Answer, Standing>> = {
  right: { right: 'holds', wrong: 'regressed', untold: 'untold', 'not-asked': 'lost' },
  wrong: { right: 'holds', wrong: 'red-on-both', untold: 'untold', 'not-asked': 'lost' },
  untold: { right: 'untold', wrong: 'untold', untold: 'untold', 'not-asked': 'untold' },
  'not-asked': { right: 'holds', wrong: 'regressed', untold: 'untold', 'not-asked': 'holds' },
};

/** The standing of a check, by its verdicts on base and head; null for a gateway whose report does not have the check. Pure. */
export function standingOf(base: Verdict | null, head: Verdict | null): Standing {
  const [before, after] = [base, head].map((verdict) => (verdict === null ? 'not-asked' : ANSWER_OF[verdict]));
  if (before === undefined || after === undefined) throw new Error('two verdicts were asked about');
  return STANDING_OF[before][after];
}

/** Whether a verdict says that the gateway is right or wrong, or that the check was not played; false for an undecided one. */
export function isDecided(verdict: Verdict): boolean {
  return ANSWER_OF[verdict] !== 'untold';
}

/** Whether a gate can end with exit 0 if a check has this standing. */
export function standingHolds(standing: Standing): boolean {
  return standing === 'holds' || standing === 'red-on-both';
}

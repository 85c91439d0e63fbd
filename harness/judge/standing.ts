import type { Verdict } from './verdict.ts';

/**
 * What the verdict of a check on the head comes to beside its verdict on the base.
 * `regressed`: it held on the base and does not on the head. `lost`: the head has no verdict where the base has one.
 * `untold`: on one of them nobody can say what is right. `red-on-both`: the head is no worse than the base.
 */
export const STANDINGS = ['regressed', 'lost', 'untold', 'red-on-both', 'holds'] as const;
export type Standing = (typeof STANDINGS)[number];

/** What a verdict says of a gateway: right or wrong, or nothing, because it could not be told or was not asked. */
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

/** By the answer on the base, then by the answer on the head. A base that was not asked excuses nothing. */
const STANDING_OF: Record<Answer, Record<Answer, Standing>> = {
  right: { right: 'holds', wrong: 'regressed', untold: 'untold', 'not-asked': 'lost' },
  wrong: { right: 'holds', wrong: 'red-on-both', untold: 'untold', 'not-asked': 'lost' },
  untold: { right: 'untold', wrong: 'untold', untold: 'untold', 'not-asked': 'untold' },
  'not-asked': { right: 'holds', wrong: 'regressed', untold: 'untold', 'not-asked': 'holds' },
};

/** The standing of a check by its verdicts; null for a gateway whose report does not have the check. Pure. */
export function standingOf(base: Verdict | null, head: Verdict | null): Standing {
  const [before, after] = [base, head].map((verdict) => (verdict === null ? 'not-asked' : ANSWER_OF[verdict]));
  if (before === undefined || after === undefined) throw new Error('two verdicts were asked about');
  return STANDING_OF[before][after];
}

/** Whether a verdict tells what the gateway does, or that it was not asked. */
export function isTold(verdict: Verdict): boolean {
  return ANSWER_OF[verdict] !== 'untold';
}

/** Whether a gate may end with exit 0 in spite of it. */
export function standingHolds(standing: Standing): boolean {
  return standing === 'holds' || standing === 'red-on-both';
}

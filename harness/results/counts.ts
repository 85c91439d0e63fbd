import type { Verdict } from '../judge/verdict.ts';
import type { Report } from './report.ts';

/** The number of occurrences of each verdict, including zero. */
export function countsOf(verdicts: readonly Verdict[]): Report['counts'] {
  const counts: Report['counts'] = {
    error: 0,
    fail: 0,
    reproduced: 0,
    'not-testable': 0,
    'unexpected-pass': 0,
    flaky: 0,
    'known-deviation': 0,
    skipped: 0,
    'not-applicable': 0,
    pass: 0,
  };
  for (const verdict of verdicts) counts[verdict] += 1;
  return counts;
}

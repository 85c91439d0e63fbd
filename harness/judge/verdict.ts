import { z } from 'zod';
import { EXIT, type ExitCode } from '../exit.ts';

/** What a check came to. The order is the order of the report: what needs a person first. */
export const VERDICTS = [
  'error',
  'fail',
  'reproduced',
  'not-testable',
  'unexpected-pass',
  'flaky',
  'known-deviation',
  'skipped',
  'not-applicable',
  'pass',
] as const;
export const verdictSchema = z.enum(VERDICTS);
export type Verdict = z.infer<typeof verdictSchema>;

/** `run` judges the gateway; `matrix` judges the declarations of the suite. */
export type Purpose = 'run' | 'matrix';

/** What each verdict means for the exit code. `reproduced` is red for a gateway, and right for a declaration. */
const EXIT_OF: Record<Verdict, Record<Purpose, ExitCode>> = {
  error: { run: EXIT.environment, matrix: EXIT.environment },
  fail: { run: EXIT.failed, matrix: EXIT.failed },
  reproduced: { run: EXIT.failed, matrix: EXIT.holds },
  'not-testable': { run: EXIT.failed, matrix: EXIT.failed },
  'unexpected-pass': { run: EXIT.stale, matrix: EXIT.stale },
  flaky: { run: EXIT.failed, matrix: EXIT.failed },
  'known-deviation': { run: EXIT.holds, matrix: EXIT.holds },
  skipped: { run: EXIT.holds, matrix: EXIT.holds },
  'not-applicable': { run: EXIT.holds, matrix: EXIT.holds },
  pass: { run: EXIT.holds, matrix: EXIT.holds },
};

/** Worst first: an environment that failed says nothing of the gateway, so it outranks what was seen before it failed. */
const GRAVITY: readonly ExitCode[] = [
  EXIT.interrupted,
  EXIT.usage,
  EXIT.environment,
  EXIT.weakened,
  EXIT.failed,
  EXIT.stale,
  EXIT.holds,
];

/** Whether a verdict counts as holding for this purpose: the colour in every report comes from here. */
export function holds(verdict: Verdict, purpose: Purpose): boolean {
  return EXIT_OF[verdict][purpose] === EXIT.holds;
}

/** The worst of several exit codes. */
export function worst(codes: readonly ExitCode[]): ExitCode {
  return GRAVITY.find((code) => codes.includes(code)) ?? EXIT.holds;
}

/**
 * The exit code of a whole run: the one function behind the process, the HTML, the JUnit file and the summary.
 * `problems` are codes of what went wrong outside checks (a report that could not be written, a stale deviation).
 * A run in which no check was executed does not hold: nothing was proved (exit 2, for it is the selection that was wrong,
 * unless the environment failed before any could be).
 */
export function exitCodeOf(verdicts: readonly Verdict[], purpose: Purpose, problems: readonly ExitCode[]): ExitCode {
  const executed = verdicts.some((verdict) => verdict !== 'skipped' && verdict !== 'not-applicable');
  const codes = verdicts.map((verdict) => EXIT_OF[verdict][purpose]);
  const selection = executed || problems.includes(EXIT.environment) ? [] : [EXIT.usage];
  return worst([...codes, ...problems, ...selection]);
}

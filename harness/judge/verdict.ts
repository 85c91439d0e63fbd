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

/**
 * What a run judges. `run`: the gateway. `matrix`: the declarations of the suite, on releases. `gate`: a head beside its base, where
 * judge/standing.ts then lets a red check of the head hold that is as red on the base.
 */
export const PURPOSES = ['run', 'matrix', 'gate'] as const;
export type Purpose = (typeof PURPOSES)[number];

/** Whether each verdict holds. `reproduced` is red for a gateway, and right for a declaration; a head may do better than declared. */
const HOLDS: Record<Verdict, Record<Purpose, boolean>> = {
  error: { run: false, matrix: false, gate: false },
  fail: { run: false, matrix: false, gate: false },
  reproduced: { run: false, matrix: true, gate: false },
  'not-testable': { run: false, matrix: false, gate: false },
  'unexpected-pass': { run: false, matrix: false, gate: true },
  flaky: { run: false, matrix: false, gate: false },
  'known-deviation': { run: true, matrix: true, gate: true },
  skipped: { run: true, matrix: true, gate: true },
  'not-applicable': { run: true, matrix: true, gate: true },
  pass: { run: true, matrix: true, gate: true },
};

/** What a check that does not hold means for the exit code. */
function exitCodeOfRed(verdict: Verdict): ExitCode {
  if (verdict === 'error') return EXIT.environment;
  return verdict === 'unexpected-pass' ? EXIT.stale : EXIT.failed;
}

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
  return HOLDS[verdict][purpose];
}

/** The worst of several exit codes. */
export function worst(codes: readonly ExitCode[]): ExitCode {
  return GRAVITY.find((code) => codes.includes(code)) ?? EXIT.holds;
}

/** A check as far as it decides on the exit code. */
export type Judged = { verdict: Verdict; holds: boolean };

/**
 * The exit code of a whole run: the one function behind the process, the HTML, the JUnit file and the summary.
 * `problems` are codes of what went wrong outside checks (a report that could not be written, a stale deviation).
 * A run in which no check was executed does not hold: nothing was proved (exit 2, for it is the selection that was wrong,
 * unless the environment failed before any could be).
 */
export function exitCodeOf(checks: readonly Judged[], problems: readonly ExitCode[]): ExitCode {
  const executed = checks.some(({ verdict }) => verdict !== 'skipped' && verdict !== 'not-applicable');
  const codes = checks.flatMap(({ verdict, holds }) => (holds ? [] : [exitCodeOfRed(verdict)]));
  const selection = executed || problems.includes(EXIT.environment) ? [] : [EXIT.usage];
  return worst([...codes, ...problems, ...selection]);
}

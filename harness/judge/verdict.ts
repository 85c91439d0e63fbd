import { z } from 'zod';
import { EXIT, type ExitCode } from '../exit.ts';

/** The verdicts of a check, in the order in which reports list them: those that need a person's attention come first. */
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
 * What a run judges. `run`: the gateway. `matrix`: the declarations of the scenarios, on releases. `gate`: a head in comparison with its base;
 * there judge/standing.ts lets a red check of the head hold if the check is red on the base as well.
 */
export const PURPOSES = ['run', 'matrix', 'gate'] as const;
export type Purpose = (typeof PURPOSES)[number];

/**
 * Whether each verdict holds, by purpose. `reproduced` does not hold for a gateway (`run`) and holds for a declaration (`matrix`).
 * `unexpected-pass` holds for a head (`gate`), which may behave better than the scenario declares.
 */
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

/** The exit code that a check with this verdict causes if it does not hold. */
function exitCodeOfRed(verdict: Verdict): ExitCode {
  if (verdict === 'error') return EXIT.environment;
  return verdict === 'unexpected-pass' ? EXIT.stale : EXIT.failed;
}

/** Exit codes, worst first. A failed environment outranks a failed check: what the run observed before the failure is not reliable. */
const GRAVITY: readonly ExitCode[] = [
  EXIT.interrupted,
  EXIT.usage,
  EXIT.environment,
  EXIT.weakened,
  EXIT.failed,
  EXIT.stale,
  EXIT.holds,
];

/** Whether a verdict holds for this purpose. Every report takes its colours from this function. */
export function holds(verdict: Verdict, purpose: Purpose): boolean {
  return HOLDS[verdict][purpose];
}

/** The worst of several exit codes; `EXIT.holds` for none. */
export function worst(codes: readonly ExitCode[]): ExitCode {
  return GRAVITY.find((code) => codes.includes(code)) ?? EXIT.holds;
}

/** The fields of a check that decide the exit code. */
export type Judged = { verdict: Verdict; holds: boolean };

/**
 * The exit code of a whole run. The process, the HTML, the JUnit file and the summary all take it from this function.
 * `problems` are the exit codes of problems outside of checks, such as a report that could not be written or a stale deviation.
 * A run that executed no check proves nothing and does not hold: the exit code is `EXIT.usage`, because the selection was wrong, unless the
 * environment failed before a check could run.
 */
export function exitCodeOf(checks: readonly Judged[], problems: readonly ExitCode[]): ExitCode {
  const executed = checks.some(({ verdict }) => verdict !== 'skipped' && verdict !== 'not-applicable');
  const codes = checks.flatMap(({ verdict, holds }) => (holds ? [] : [exitCodeOfRed(verdict)]));
  const selection = executed || problems.includes(EXIT.environment) ? [] : [EXIT.usage];
  return worst([...codes, ...problems, ...selection]);
}

import { EXIT, type ExitCode, isPosternError, messageOf } from '../exit.ts';
import type { Output } from '../report/terminal/output.ts';
import type { ExtraFiles } from '../report/write.ts';
import type { Withheld } from '../results/disclosure.ts';
import { redacted } from '../results/redaction.ts';
import { type CheckResult, type Report, reportSchema } from '../results/report.ts';
import type { JudgedGateway, Problem } from './build-report.ts';

/** How a run compares its gateways. They are played at the same time, so that the load of the machine affects all of them alike. */
export type ComparisonPlan = {
  /** The version whose rules count for gateways of an earlier one, from the versions of the packages (by reference); null for none. */
  judgeAtLeastAs(versions: ReadonlyMap<string, string>): string | null;
  /** Compares the gateways by the report of the run and its problems so far, before it is written. Throws if the gateways cannot be compared. */
  conclude(report: Report, problems: readonly Problem[]): Conclusion;
};

/**
 * What a comparison adds to its run: which checks hold, further problems, further files in the report folder, and the text
 * that a terminal gets before the last lines.
 */
export type Conclusion = {
  holds(check: CheckResult): boolean;
  problems: readonly Problem[];
  files: ExtraFiles;
  told: string;
  /** What public output leaves out. */
  withheld: Withheld;
};

/**
 * Compares the gateways of a run, if it has a comparison: marks which checks hold, adds the reasons for its exit code to the problems, and prints them. Gives the
 * files that are written into the report folder, and what public output leaves out; null without a comparison. If the gateways cannot be compared, that is a problem, so that the run does not end with exit 0.
 */
export function concluded(
  comparison: Pick<ComparisonPlan, 'conclude'> | null,
  report: Report,
  {
    results,
    problems: before,
    problem,
    redact,
    out,
  }: {
    results: readonly JudgedGateway[];
    problems: readonly Problem[];
    problem(text: string, exitCode: ExitCode): void;
    redact(text: string): string;
    out: Output;
  },
): Pick<Conclusion, 'files' | 'withheld'> | null {
  if (comparison === null) return null;
  try {
    const { holds, problems, files, told, withheld } = comparison.conclude(
      redacted(reportSchema, report, redact),
      before.map(({ text, exitCode }) => ({ text: redact(text), exitCode })),
    );
    for (const result of results)
      for (const [index, check] of result.checks.entries()) result.checks[index] = { ...check, holds: holds(check) };
    for (const { text, exitCode } of problems) problem(text, exitCode);
    out.say(told);
    return { files, withheld };
  } catch (error) {
    const exitCode = isPosternError(error) ? error.exitCode : EXIT.environment;
    problem(`the gateways could not be compared: ${messageOf(error)}`, exitCode);
    return null;
  }
}

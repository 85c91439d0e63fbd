import { EXIT, type ExitCode, isPosternError, messageOf } from '../exit.ts';
import type { Output } from '../report/terminal/output.ts';
import { redacted } from '../results/redaction.ts';
import { type CheckResult, type Report, reportSchema } from '../results/report.ts';
import type { Problem } from './build-report.ts';
import type { GatewayRunResult } from './gateway-run.ts';

/** Gateways that are compared are played beside each other, so that what the machine does meanwhile it does to all of them. */
export type ComparisonPlan = {
  /** The release whose rules count for gateways of an earlier one, by what the packages say (version by reference); null for none. */
  judgeAtLeastAs(versions: ReadonlyMap<string, string>): string | null;
  /** Draws the conclusion from the report of the run, before it is written. Throws where the gateways cannot be compared. */
  conclude(report: Report): Conclusion;
};

/**
 * What comparing the gateways of a run adds to it: which checks hold, what keeps it from exit 0 besides, files beside the report, and what a
 * terminal is told before the last lines.
 */
export type Conclusion = {
  holds(check: CheckResult): boolean;
  problems: readonly Problem[];
  files: Readonly<Record<string, string>>;
  told: string;
};

/**
 * Draws the conclusion of a comparison, where there is one: marks which checks hold, adds what was found to the problems, and tells it. Gives the files that
 * are written beside the report. A conclusion that cannot be drawn is a problem, for without it the run may not end with exit 0.
 */
export function concluded(
  comparison: ComparisonPlan | null,
  report: Report,
  {
    results,
    problem,
    redact,
    out,
  }: {
    results: readonly GatewayRunResult[];
    problem(text: string, exitCode: ExitCode): void;
    redact(text: string): string;
    out: Output;
  },
): Conclusion['files'] {
  if (comparison === null) return {};
  try {
    const { holds, problems, files, told } = comparison.conclude(redacted(reportSchema, report, redact));
    for (const result of results)
      for (const [index, check] of result.checks.entries()) result.checks[index] = { ...check, holds: holds(check) };
    for (const { text, exitCode } of problems) problem(text, exitCode);
    out.say(told);
    return files;
  } catch (error) {
    const exitCode = isPosternError(error) ? error.exitCode : EXIT.environment;
    problem(`the gateways could not be compared: ${messageOf(error)}`, exitCode);
    return {};
  }
}

import type { RunRequest } from '../suite/run.ts';
import { commandLine, type SelectionOptions, selectionOf } from './options.ts';

/** The options that `run` and `matrix` share. */
export type SuiteOptions = SelectionOptions & { gateway: string[]; reports: string };

/** Plays the suite as the options ask, and leaves its exit code with the process. */
export async function playSuite(
  options: SuiteOptions,
  defaults: readonly string[],
  request: Pick<RunRequest, 'purpose' | 'keep' | 'whileKept'>,
): Promise<void> {
  const { runSuite } = await import('../suite/run.ts'); // it takes a second, which the other commands need not wait
  const { exitCode } = await runSuite({
    ...request,
    gateways: options.gateway.length > 0 ? options.gateway : defaults,
    selection: selectionOf(options),
    reports: options.reports,
    command: commandLine(),
    out: process.stdout,
  });
  process.exitCode = exitCode;
}

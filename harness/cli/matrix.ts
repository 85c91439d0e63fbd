import type { Command } from 'commander';
import { commandLine, type SelectionOptions, selectionOf, withGateways, withSelection } from './options.ts';

/** One release with most of the reported failures, and the newest. */
const DEFAULT_GATEWAYS = ['2026.4.1', 'latest'];

type Options = SelectionOptions & { gateway: string[]; reports: string };

/** `postern matrix`: judges the suite. */
export function addMatrix(program: Command): void {
  const command = program
    .command('matrix')
    .description('Play scenarios on several releases and compare what is seen with what the scenarios declare.')
    .addHelpText(
      'after',
      `
A reported failure that is reproduced where it is declared is right here; anything that differs from the declarations fails.

Examples:
  postern matrix                                          ${DEFAULT_GATEWAYS.join(' and ')}
  postern matrix --gateway 2026.2.19 --gateway 2026.4.1   two releases`,
    )
    .action(async (options: Options) => {
      const { runSuite } = await import('../suite/run.ts'); // it takes a second, which the other commands need not wait
      const { exitCode } = await runSuite({
        purpose: 'matrix',
        gateways: options.gateway.length > 0 ? options.gateway : DEFAULT_GATEWAYS,
        selection: selectionOf(options),
        reports: options.reports,
        keep: false,
        whileKept: async () => {},
        command: commandLine(),
        out: process.stdout,
      });
      process.exitCode = exitCode;
    });
  withSelection(withGateways(command, DEFAULT_GATEWAYS));
}

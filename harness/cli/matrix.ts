import type { Command } from 'commander';
import { withGateways, withSelection } from './options.ts';
import { playSuite, type SuiteOptions } from './suite.ts';

/** One release with most of the reported failures, and the newest. */
const DEFAULT_GATEWAYS = ['2026.4.1', 'latest'];

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
    .action((options: SuiteOptions) =>
      playSuite(options, DEFAULT_GATEWAYS, { purpose: 'matrix', keep: false, whileKept: async () => {} }),
    );
  withSelection(withGateways(command, DEFAULT_GATEWAYS));
}

import type { Command } from 'commander';
import { MILESTONE_RELEASES } from '../gateway/milestone-releases.ts';
import type { Output } from '../report/terminal/output.ts';
import { withGateways, withSeed, withSelection } from './options.ts';
import { playSuite, type SuiteOptions } from './suite.ts';

const DEFAULT_GATEWAYS = MILESTONE_RELEASES.map(({ version }) => version);

/** `postern matrix`: judges the suite. */
export function addMatrix(program: Command, output: Output): void {
  const command = program
    .command('matrix')
    .description('Play scenarios on several releases and compare what is seen with what the scenarios declare.')
    .option(
      '--publish',
      'play only what is not in reports/published yet as it is written now, and keep it there',
      false,
    )
    .option(
      '--prune',
      'remove what was built of each release once it has been played, so that the disk stays as full as it is',
      false,
    )
    .addHelpText(
      'after',
      `
A reported failure that is reproduced where it is declared is right here; anything that differs from the declarations fails.

Examples:
  postern matrix                                          the ${DEFAULT_GATEWAYS.length} releases at which the boundary turned
  postern matrix --gateway 2026.2.19 --gateway 2026.4.1   two releases
  postern matrix --publish                                all of them, from where the last such run stopped
  postern matrix --publish --prune                        the same on a small disk`,
    )
    .action((options: SuiteOptions & { publish: boolean; prune: boolean }) =>
      playSuite(options, output, DEFAULT_GATEWAYS, {
        purpose: 'matrix',
        files: [],
        keep: false,
        whileKept: async () => {},
        publish: options.publish,
        prune: options.prune,
        table: null,
        comparison: null,
      }),
    );
  withSeed(withSelection(withGateways(command, DEFAULT_GATEWAYS)));
}

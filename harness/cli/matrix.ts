import type { Command } from 'commander';
import { MILESTONE_RELEASES } from '../gateway/source/milestone-releases.ts';
import type { Output } from '../report/terminal/output.ts';
import { STABLE_RELEASES } from '../scenario/releases/npm-releases.ts';
import { withGateways, withPlayOptions } from './options.ts';
import { playSuite, type SuiteOptions } from './suite.ts';

const DEFAULT_GATEWAYS = MILESTONE_RELEASES.map(({ version }) => version);

/** Adds `postern matrix`, which judges the scenarios: each release must behave as they declare. */
export function addMatrix(program: Command, output: Output): void {
  const command = program
    .command('matrix')
    .description('Play scenarios on several releases; each release must behave as the scenarios declare.')
    .option(
      '--publish',
      'play only scenarios without a current result in results/published, and write their results there',
      false,
    )
    .option(
      '--edges',
      'on every stable release, play and publish the scenarios of which a range begins or ends there, newest release first',
      false,
    )
    .option('--prune', 'remove the image of each release after it was played, to save disk space', false)
    .addHelpText(
      'after',
      `
A check holds if the release behaves as the scenario declares: a failure that is declared for a release must be reproduced there.

Examples:
  postern matrix                                          the ${DEFAULT_GATEWAYS.length} milestone releases
  postern matrix --gateway 2026.2.19 --gateway 2026.4.1   two releases
  postern matrix --publish                                the same, continued after the last such run
  postern matrix --publish --prune                        the same on a small disk
  postern matrix --edges --prune                          the ends of every range, on all stable releases
  postern matrix --seed 17 --shard 2/4                    what the second of four machines plays`,
    )
    .action((options: SuiteOptions & { publish: boolean; edges: boolean; prune: boolean }) =>
      playSuite(options, output, options.edges ? STABLE_RELEASES.toReversed() : DEFAULT_GATEWAYS, {
        purpose: 'matrix',
        files: [],
        whileKept: null,
        publish: options.edges ? 'edges' : options.publish ? 'all' : null,
        prune: options.prune,
        table: null,
        comparison: null,
      }),
    );
  withPlayOptions(withGateways(command, DEFAULT_GATEWAYS));
}

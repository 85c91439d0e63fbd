import { once } from 'node:events';
import { type Command, Option } from 'commander';
import type { Stage } from '../gateway/stage/stage.ts';
import { FUZZED_KNOCKS } from '../limits.ts';
import { TABLES, type TableSize } from '../pairwise/covering-array.ts';
import { wholeTable } from '../pairwise/table-part.ts';
import type { Output } from '../report/terminal/output.ts';
import { PROFILES } from '../scenario/catalogue/profile.ts';
import { VANTAGES } from '../scenario/schema/vantage.ts';
import { type TableAsked, tableWithoutRechecks } from '../suite/run-request.ts';
import { type ProfileOptions, withGateways, withPlayOptions, withProfile } from './options.ts';
import { playSuite, type SuiteOptions } from './suite.ts';

const DEFAULT_GATEWAYS = ['latest'];

/** Adds `postern run`, which plays scenarios and judges the gateways. */
export function addRun(program: Command, output: Output): void {
  const command = program
    .command('run')
    .argument('[files...]', 'scenario files to play instead of the catalogue; any path')
    .description(
      'Play scenarios against gateways and judge the gateways; a reported failure that is reproduced is red.',
    )
    .addOption(
      new Option(
        '--table <size>',
        'also play the decision table: quick covers every pair of values, full every triple',
      ).choices(Object.keys(TABLES)),
    )
    .option('--save', 'with --table: write a violation that fuzzing finds as a scenario', false)
    .option('--keep', 'keep the stages up until Ctrl-C, and print how to connect', false)
    .addHelpText(
      'after',
      `
Examples:
  postern run                                      the newest published gateway
  postern run --gateway 2026.4.1                   a release
  postern run --gateway ./openclaw-2026.9.7.tgz    a packed pull request
  postern run --class proxy-headers --keep         one class; the stages stay up
  postern run --table quick --only boundary/table  the decision table alone
  postern run ../my-scenarios/new.yaml             a scenario that is not in the catalogue
  postern run --scenarios ./postern                the catalogue and the scenarios of your project
  postern run --seed 17 --shard 2/4                what the second of four machines plays`,
    )
    .action((files: string[], options: SuiteOptions & TableOptions & { keep: boolean }) =>
      playSuite(options, output, DEFAULT_GATEWAYS, {
        purpose: 'run',
        files,
        whileKept: options.keep ? (stages) => keepUp(stages, output) : null,
        table: tableOf(options),
        comparison: null,
        publish: null,
        prune: false,
      }),
    );
  withProfile(withPlayOptions(withGateways(command, DEFAULT_GATEWAYS)));
}

type TableOptions = Pick<ProfileOptions, 'profile'> & { table?: TableSize; save: boolean };

function tableOf({ table, save, profile }: TableOptions): TableAsked | null {
  const ofProfile = profile === undefined ? null : PROFILES[profile];
  const size = table ?? ofProfile?.table;
  if (size === undefined) return null;
  const runs = ofProfile?.randomKnocks ?? FUZZED_KNOCKS[size];
  return tableWithoutRechecks({ part: wholeTable(size, { path: null, runs }), save });
}

/**
 * Prints the token of each stage and the address of each vantage, then waits for Ctrl-C or SIGTERM. The token is printed nowhere else; it
 * is useless once the stage is removed.
 */
async function keepUp(stages: readonly Stage[], output: Output): Promise<void> {
  for (const stage of stages) {
    output.reveal(`\n${stage.id}: openclaw ${stage.version()}, token ${stage.token}`);
    for (const vantage of VANTAGES) {
      const { host, port } = stage.route({ from: vantage, through: 'documented' });
      output.say(`  ${vantage.padEnd(10)} ws://${host}:${port}`);
    }
  }
  output.say('\nThe stages stay up. Press Ctrl-C to remove them.');
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
}

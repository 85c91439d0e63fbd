import { once } from 'node:events';
import { type Command, Option } from 'commander';
import { UsageError } from '../exit.ts';
import type { Stage } from '../gateway/stage.ts';
import { TABLES, type TableSize } from '../pairwise/covering-array.ts';
import type { Output } from '../report/terminal/output.ts';
import { VANTAGES } from '../scenario/vantage.ts';
import type { TableAsked } from '../suite/run.ts';
import { type SeedOption, withGateways, withSeed, withSelection } from './options.ts';
import { playSuite, type SuiteOptions } from './suite.ts';

const DEFAULT_GATEWAYS = ['latest'];

/** `postern run`: judges gateways. */
export function addRun(program: Command, output: Output): void {
  const command = program
    .command('run')
    .argument('[files...]', 'scenario files to play instead of the catalogue, from anywhere')
    .description('Play scenarios against gateways and report what holds, what is reproduced and what fails.')
    .addOption(
      new Option(
        '--table <size>',
        'play the decision table as well: quick has every pair of values, full every three',
      ).choices(Object.keys(TABLES)),
    )
    .option('--path <path>', 'with --seed: straight to what an earlier search shrank to')
    .option('--save', 'with --table: write what is found beyond it as a scenario', false)
    .option('--keep', 'leave the stages up and print how to connect, until Ctrl-C', false)
    .addHelpText(
      'after',
      `
Examples:
  postern run                                      the newest published gateway
  postern run --gateway 2026.4.1                   a release
  postern run --gateway ./openclaw-2026.9.7.tgz    a packed pull request
  postern run --class proxy-headers --keep         one class, and look around afterwards
  postern run --table quick --only boundary/table  the decision table alone
  postern run ../my-scenarios/new.yaml             a scenario that is not in the catalogue`,
    )
    .action((files: string[], options: SuiteOptions & TableOptions & { keep: boolean }) =>
      playSuite(options, output, DEFAULT_GATEWAYS, {
        purpose: 'run',
        files,
        keep: options.keep,
        whileKept: (stages) => keepUp(stages, output),
        table: tableOf(options),
        comparison: null,
        publish: false,
        prune: false,
      }),
    );
  withSeed(withSelection(withGateways(command, DEFAULT_GATEWAYS)));
}

type TableOptions = { table?: TableSize; path?: string; save: boolean };

/** How many knocks are made up beyond a table. */
const MADE_UP: Record<TableSize, number> = { quick: 60, full: 1_000 };

function tableOf({ table, seed, path, save }: TableOptions & SeedOption): TableAsked | null {
  if (path !== undefined && seed === undefined)
    throw new UsageError('--path is given without --seed', 'Give both as they were printed.');
  if (table === undefined) return null;
  const search = { path: path ?? null, runs: MADE_UP[table] };
  return { size: table, search, doubted: () => async () => new Set(), over: () => {}, save };
}

/** Prints the doors of each stage and waits for Ctrl-C. The token is shown here and nowhere else: it dies with the stage. */
async function keepUp(stages: readonly Stage[], output: Output): Promise<void> {
  for (const stage of stages) {
    output.reveal(`\n${stage.id}: openclaw ${stage.version()}, token ${stage.token}`);
    for (const vantage of VANTAGES) {
      const { host, port } = stage.route({ from: vantage, through: 'documented' });
      output.say(`  ${vantage.padEnd(10)} ws://${host}:${port}`);
    }
  }
  output.say('\nThe stages stay up. Press Ctrl-C to take them down.');
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
}

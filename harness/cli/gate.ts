import { type Command, Option } from 'commander';
import type { Base } from '../compare/gate.ts';
import { UsageError } from '../exit.ts';
import { TABLES, type TableSize } from '../pairwise/covering-array.ts';
import type { Output } from '../report/terminal/output.ts';
import { PROFILES } from '../scenario/catalogue/profile.ts';
import { freshSeed } from '../seed.ts';
import { type BaseReportOptions, baseReportOf, withBaseReport } from './base-report.ts';
import {
  commandLine,
  ownScenariosOf,
  type PlayOptions,
  type ProfileOptions,
  profileOf,
  selectionOf,
  shardOf,
  withPlayOptions,
  withProfile,
} from './options.ts';

type GateOptions = PlayOptions &
  ProfileOptions &
  BaseReportOptions & {
    base?: string;
    head: string;
    table?: TableSize | typeof NO_TABLE;
  };

const NO_TABLE = 'none';

/** Adds `postern gate`, which plays base and head at the same time and decides whether remote clients get more access on the head. */
export function addGate(program: Command, output: Output): void {
  const command = program
    .command('gate')
    .description(
      'Play scenarios and decision table on two gateways at the same time; exit 4 if remote clients get more on the head.',
    )
    .requiredOption('--head <reference>', 'the gateway to decide about; a reference, as for --gateway of `postern run`')
    .option('--base <reference>', 'the gateway to compare the head with; a reference, too')
    .addOption(
      new Option(
        '--table <size>',
        'the decision table: quick covers every pair of values, full every triple; none plays scenarios alone, also without methods and HTTP routes (default: that of the profile, else quick)',
      ).choices([...Object.keys(TABLES), NO_TABLE]),
    )
    .option('--reports <folder>', 'the folder in which the report folder is made', 'reports')
    .addHelpText(
      'after',
      `
Examples:
  postern gate --base latest --head ./openclaw-pr.tgz
  postern gate --base 2026.4.1 --head 2026.4.20 --only boundary/table   the decision table alone
  postern gate --base 2026.4.1 --head 2026.4.20 --table none --only boundary/rights --only boundary/routes
  postern gate --base-report reports/20261121-194403-c9g --head ./openclaw-pr.tgz
  postern gate --profile pr --changed paths.txt --base latest --head ./openclaw-pr.tgz
  postern gate --base latest --head ./openclaw-pr.tgz --seed 17 --shard 2/4   the second of four machines
  postern gate --base-report base --head ./openclaw-pr.tgz --shard 2/4           the same with a stored base`,
    )
    .action(async (options: GateOptions) => {
      const { runGate } = await import('../compare/gate.ts');
      const base = baseOf(options);
      if (base.kind === 'report' && options.seed !== undefined)
        throw new UsageError(
          '--seed and --base-report cannot both be given',
          'Leave out --seed: the head is played with the seed of the report of the base.',
        );
      const { exitCode } = await runGate({
        base,
        shard: shardOf(options),
        // A stored report of the base has a seed: the head is played in the same order, with the same random knocks.
        seed: options.seed ?? (base.kind === 'report' ? base.report.run.seed : freshSeed()),
        head: options.head,
        table: tableOf(options),
        surveys: tableOf(options) !== null,
        ownScenarios: ownScenariosOf(options, []),
        selection: selectionOf(options, profileOf(options)),
        disclosure: options.disclosure,
        reports: options.reports,
        command: commandLine(),
        out: output,
      });
      process.exitCode = exitCode;
    });
  withBaseReport(command, 'in place of --base: a report of the base that the same commit of Postern made earlier');
  withProfile(withPlayOptions(command));
}

/** The size of the table: as given, else that of the profile, else quick; null for none. */
function tableOf({ table, profile }: GateOptions): TableSize | null {
  const size = table ?? (profile === undefined ? 'quick' : PROFILES[profile].table);
  return size === NO_TABLE ? null : size;
}

function baseOf({ base, ...stored }: GateOptions): Base {
  const report = baseReportOf(stored);
  if (base !== undefined && report === null) return { kind: 'gateway', reference: base };
  if (base === undefined && report !== null) return { kind: 'report', report };
  throw new UsageError(
    base === undefined ? 'neither --base nor --base-report is given' : '--base and --base-report cannot both be given',
    'Give one of them: --base with a gateway, or --base-report with the folder of a report.',
  );
}

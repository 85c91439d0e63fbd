import type { Command } from 'commander';
import type { Output } from '../report/terminal/output.ts';
import { type BaseReportOptions, baseReportOf, withBaseReport } from './base-report.ts';
import {
  type DisclosureOption,
  ownScenariosOf,
  type ScenariosOption,
  withDisclosure,
  withScenarios,
} from './options.ts';

type MergeOptions = DisclosureOption & ScenariosOption & BaseReportOptions & { reports: string };

/** Adds `postern merge`, which makes one report of those of all shards of a run, and sets the exit code of the whole. */
export function addMerge(program: Command, output: Output): void {
  const command = program
    .command('merge <reports...>')
    .description('Make one report of those that the shards of a run wrote, as if one machine had played it.')
    .option('--reports <folder>', 'the folder in which the report folder is made', 'reports')
    .addHelpText(
      'after',
      `
The shards are played with the same command and --seed, by the same commit of Postern, and each --shard i/n once. The exit code is that of the
whole run; if a shard is missing, or is not of this run, it is 2.

Examples:
  postern merge shard-1 shard-2 shard-3 shard-4
  postern merge shards/*/latest --reports merged
  postern merge --base-report base --base-digest "$BASE_SHA256" shards/*/latest`,
    )
    .action(async (folders: string[], options: MergeOptions): Promise<void> => {
      const { mergeRun } = await import('../merge/merge-run.ts');
      process.exitCode = mergeRun({
        folders,
        baseReport: baseReportOf(options),
        ownScenarios: ownScenariosOf(options, []),
        disclosure: options.disclosure,
        reports: options.reports,
        out: output,
      });
    });
  withBaseReport(command, 'the report of the base that `postern gate --base-report` had on each machine');
  withDisclosure(withScenarios(command));
}

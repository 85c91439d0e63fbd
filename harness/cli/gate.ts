import type { Command } from 'commander';
import type { Base } from '../compare/gate.ts';
import { UsageError } from '../exit.ts';
import type { Output } from '../report/terminal/output.ts';
import { readReport } from '../results/read.ts';
import { freshSeed } from '../seed.ts';
import {
  commandLine,
  type SeedOption,
  type SelectionOptions,
  selectionOf,
  withSeed,
  withSelection,
} from './options.ts';

type GateOptions = SelectionOptions &
  SeedOption & { base?: string; baseReport?: string; head: string; reports: string };

/** `postern gate`: whether a gateway lets somebody from elsewhere further in than another. */
export function addGate(program: Command, output: Output): void {
  const command = program
    .command('gate')
    .description(
      'Play everything on two gateways beside each other; exit 4 where the head lets somebody from elsewhere further in.',
    )
    .requiredOption('--head <reference>', 'the gateway that is to be let through, as --gateway of `postern run`')
    .option('--base <reference>', 'the gateway that it is held against')
    .option(
      '--base-report <folder>',
      'an earlier report of the base, by the same checkout, instead of playing it again',
    )
    .option('--reports <folder>', 'where report folders are made', 'reports')
    .addHelpText(
      'after',
      `
Examples:
  postern gate --base latest --head ./openclaw-pr.tgz
  postern gate --base 2026.4.1 --head 2026.4.20 --only boundary/table   the decision table alone
  postern gate --base-report reports/20261121-194403-c9g --head ./openclaw-pr.tgz`,
    )
    .action(async (options: GateOptions) => {
      const { runGate } = await import('../compare/gate.ts');
      const base = baseOf(options);
      process.exitCode = await runGate({
        base,
        // What is held against a report is played as that was.
        seed: options.seed ?? (base.kind === 'report' ? base.report.run.seed : freshSeed()),
        head: options.head,
        selection: selectionOf(options),
        reports: options.reports,
        command: commandLine(),
        out: output,
      });
    });
  withSeed(withSelection(command));
}

function baseOf({ base, baseReport }: GateOptions): Base {
  if (base !== undefined && baseReport === undefined) return { kind: 'gateway', reference: base };
  if (base === undefined && baseReport !== undefined) return { kind: 'report', report: readReport(baseReport) };
  throw new UsageError(
    base === undefined ? 'neither --base nor --base-report is given' : '--base and --base-report are given at once',
    'Give one of them: --base with a gateway, or --base-report with a report of one.',
  );
}

import { type Command, Option } from 'commander';
import { UsageError } from '../exit.ts';
import type { Output } from '../report/terminal/output.ts';
import { freshSeed } from '../seed.ts';
import {
  commandLine,
  type SeedOption,
  type SelectionOptions,
  selectionOf,
  withSeed,
  withSelection,
} from './options.ts';

type BisectOptions = SelectionOptions &
  SeedOption & {
    good: string;
    bad: string;
    check?: string;
    weakened: boolean;
    betas: boolean;
    prune: boolean;
    reports: string;
  };

/** Adds `postern bisect`, which finds the release at which a check, or the boundary, changed. */
export function addBisect(program: Command, output: Output): void {
  const command = program
    .command('bisect')
    .description('Find the published release at which a check began or ceased to hold.')
    .requiredOption('--good <version>', 'a release on which the check holds')
    .requiredOption('--bad <version>', 'a release on which it does not; it may be older than the good one')
    .option('--check <id>', 'the check that decides')
    .addOption(
      new Option(
        '--weakened',
        'in place of --check: a release is bad if remote clients get more there than on the good one, by the selected scenarios and the quick table',
      )
        .conflicts('check')
        .default(false),
    )
    .option('--betas', 'play previews too', false)
    .option('--prune', 'remove the image of each release after it was played, to save disk space', false)
    .option('--reports <folder>', 'the folder in which the report folders are made', 'reports')
    .addHelpText(
      'after',
      `
Releases and corrections are ordered as they were published. One that cannot be built or booted is left out, and named if it lies at the change.

Examples:
  postern bisect --check stale-scopes/local-write-after-read/local-upgrade --good 2026.9.6 --bad 2026.4.1
  postern bisect --weakened --only boundary/table --good 2026.3.13 --bad 2026.3.31`,
    )
    .action(async ({ good, bad, check, weakened, betas, prune, reports, ...options }: BisectOptions) => {
      if (check === undefined && !weakened)
        throw new UsageError('neither --check nor --weakened is given', 'Say what decides: give one of them.');
      const { bisectReleases } = await import('../compare/bisect-releases.ts');
      await bisectReleases({
        by:
          check === undefined
            ? { kind: 'weakened', selection: selectionOf(options, null) }
            : { kind: 'check', id: check },
        good,
        bad,
        previews: betas,
        prune,
        reports,
        seed: options.seed ?? freshSeed(),
        command: commandLine(),
        out: output,
      });
    });
  withSeed(withSelection(command));
}

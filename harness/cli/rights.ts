import type { Command } from 'commander';
import type { Output } from '../report/terminal/output.ts';
import { requireCheckout } from '../root.ts';
import { freshSeed } from '../seed.ts';
import { commandLine, type DisclosureOption, type SeedOption, withDisclosure, withSeed } from './options.ts';

type RightsOptions = DisclosureOption &
  SeedOption & { gateway: string; compare?: string; publish: boolean; reports: string };

/** Adds `postern rights`, which calls every method of a gateway as every kind of caller. */
export function addRights(program: Command, output: Output): void {
  const command = program
    .command('rights')
    .description('Call every method of a gateway as every kind of caller; report who may call what, and compare it.')
    .option('--gateway <reference>', 'the gateway to test: latest, 2026.4.1, ./openclaw.tgz, …', 'latest')
    .option('--compare <base>', 'compare with this report folder, or with this gateway, which is then played first')
    .option(
      '--publish',
      'write the matrix of a release to results/rights, without findings that nobody has published',
      false,
    )
    .option('--reports <folder>', 'the folder in which the report folder is made', 'reports')
    .addHelpText(
      'after',
      `
The calls have parameters that no method takes, so nothing is started. Methods that do their work all the same are called last, and the stage is
then removed. Exit 4: a caller may make a call that it could not make on the base. Exit 1: a property of the matrix is broken.

Examples:
  postern rights --gateway 2026.9.6
  postern rights --gateway ./openclaw.tgz --compare 2026.9.6
  postern rights --gateway ./openclaw.tgz --compare reports/rights-mfq1z2k4-9c`,
    )
    .action(async ({ compare, seed, ...options }: RightsOptions) => {
      if (options.publish) requireCheckout('--publish');
      const { runRights } = await import('../rights/run.ts'); // only this command needs the engine
      process.exitCode = await runRights({
        ...options,
        compare: compare ?? null,
        seed: seed ?? freshSeed(),
        command: commandLine(),
        out: output,
      });
    });
  withDisclosure(withSeed(command));
}

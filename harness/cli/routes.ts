import type { Command } from 'commander';
import type { Output } from '../report/terminal/output.ts';
import { requireCheckout } from '../root.ts';
import { freshSeed } from '../seed.ts';
import { commandLine, type DisclosureOption, type SeedOption, withDisclosure, withSeed } from './options.ts';

type RoutesOptions = DisclosureOption &
  SeedOption & { gateway: string; compare?: string; publish: boolean; reports: string };

/** Adds `postern routes`, which sends every HTTP route of a gateway requests of every kind. */
export function addRoutes(program: Command, output: Output): void {
  const command = program
    .command('routes')
    .description('Send every HTTP route of a gateway requests of every kind; report what opens which, and compare it.')
    .option('--gateway <reference>', 'the gateway to test: latest, 2026.4.1, ./openclaw.tgz, …', 'latest')
    .option('--compare <base>', 'compare with this report folder, or with this gateway, which is then played first')
    .option(
      '--publish',
      'write the routes of a release to results/routes, without findings that nobody has published',
      false,
    )
    .option('--reports <folder>', 'the folder in which the report folder is made', 'reports')
    .addHelpText(
      'after',
      `
The requests differ in credential, place, method, form of the path, Host, Origin and headers of a proxy. Their bodies are ones that no route takes,
so nothing is started. Exit 4: a request opens a route that it does not open on the base. Exit 1: a property of a route is broken, or the sources
of the release have a path that nobody wrote down.

Examples:
  postern routes --gateway 2026.9.6
  postern routes --gateway ./openclaw.tgz --compare 2026.9.6
  postern routes --gateway ./openclaw.tgz --compare reports/routes-mfq1z2k4-9c`,
    )
    .action(async ({ compare, seed, ...options }: RoutesOptions) => {
      if (options.publish) requireCheckout('--publish');
      const { runRoutes } = await import('../routes/run.ts'); // only this command needs the engine
      process.exitCode = await runRoutes({
        ...options,
        compare: compare ?? null,
        seed: seed ?? freshSeed(),
        command: commandLine(),
        out: output,
      });
    });
  withDisclosure(withSeed(command));
}

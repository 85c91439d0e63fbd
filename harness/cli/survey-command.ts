import type { Command } from 'commander';
import type { ExitCode } from '../exit.ts';
import type { Output } from '../report/terminal/output.ts';
import { requireCheckout } from '../root.ts';
import { freshSeed } from '../seed.ts';
import type { SurveyRequest } from '../survey/survey.ts';
import { commandLine, type DisclosureOption, type SeedOption, withDisclosure, withSeed } from './options.ts';

type SurveyOptions = DisclosureOption &
  SeedOption & { gateway: string; compare?: string; publish: boolean; reports: string };

/** The command of a survey: its name, what it is for, what --publish writes, the text below its options, and what it runs. */
type SurveyCommand = {
  name: string;
  description: string;
  publishes: string;
  help: string;
  run(request: SurveyRequest): Promise<ExitCode>;
};

/** Adds the command of a survey, with --gateway, --compare, --publish, --reports, --seed and --disclosure. */
export function addSurvey(
  program: Command,
  output: Output,
  { name, description, publishes, help, run }: SurveyCommand,
): void {
  const command = program
    .command(name)
    .description(description)
    .option('--gateway <reference>', 'the gateway to test: latest, 2026.4.1, ./openclaw.tgz, …', 'latest')
    .option('--compare <base>', 'compare with this report folder, or with this gateway, which is then played first')
    .option('--publish', publishes, false)
    .option('--reports <folder>', 'the folder in which the report folder is made', 'reports')
    .addHelpText('after', help)
    .action(async ({ compare, seed, ...options }: SurveyOptions) => {
      if (options.publish) requireCheckout('--publish');
      process.exitCode = await run({
        ...options,
        compare: compare ?? null,
        seed: seed ?? freshSeed(),
        command: commandLine(),
        out: output,
      });
    });
  withDisclosure(withSeed(command));
}

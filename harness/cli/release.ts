import type { Command } from 'commander';
import { UsageError } from '../exit.ts';
import type { ReleaseRequest } from '../release/run-release.ts';
import type { Output } from '../report/terminal/output.ts';
import { freshSeed } from '../seed.ts';
import {
  commandLine,
  type DisclosureOption,
  ownScenariosOf,
  repeatable,
  type ScenariosOption,
  type SeedOption,
  withDisclosure,
  withScenarios,
  withSeed,
} from './options.ts';

type ReleaseOptions = ScenariosOption &
  SeedOption &
  DisclosureOption & { candidate: string; previous?: string; report: string[]; reports: string };

/** Adds `postern release`, which decides by the release policy whether a candidate can be released. */
export function addRelease(program: Command, output: Output): void {
  const command = program
    .command('release')
    .description('Decide whether a candidate can be released: SHIP or HOLD, with the reasons; exit 0 only for SHIP.')
    .requiredOption(
      '--candidate <reference>',
      'the gateway to decide about; a reference, as for --gateway of `postern run`',
    )
    .option('--previous <reference>', 'the gateway to play it against; without it, the release published before it')
    .addOption(
      repeatable(
        '--report <folder>',
        'in place of playing: the report folder of a finished gate of the candidate',
        'plays a gate',
      ),
    )
    .option('--reports <folder>', 'the folder in which the report folder is made', 'reports')
    .addHelpText(
      'after',
      `
scenarios/release-policy.yaml says what holds a beta and what holds a stable release, and with which releases a candidate must be compared.
A release that it was not compared with is "not run", and holds it: play a gate with --profile release against each, and give all reports.

Examples:
  postern release --candidate 2026.9.6
  postern release --candidate ./openclaw-current.tgz --previous 2026.9.6
  postern release --candidate artifact:./package-under-test --report gates/latest --report gates/floor`,
    )
    .action(async (options: ReleaseOptions) => {
      const { runRelease } = await import('../release/run-release.ts');
      process.exitCode = await runRelease({
        candidate: options.candidate,
        from: sourceOf(options),
        ownScenarios: ownScenariosOf(options, []),
        disclosure: options.disclosure,
        reports: options.reports,
        command: commandLine(),
        out: output,
      });
    });
  withDisclosure(withSeed(withScenarios(command)));
}

function sourceOf({ previous, report, seed }: ReleaseOptions): ReleaseRequest['from'] {
  if (report.length === 0) return { kind: 'play', previous: previous ?? null, seed: seed ?? freshSeed() };
  const given = previous === undefined ? (seed === undefined ? null : '--seed') : '--previous';
  if (given !== null)
    throw new UsageError(
      `--report and ${given} cannot both be given`,
      'Nothing is played if reports are given: leave one of them out.',
    );
  return { kind: 'reports', folders: report };
}

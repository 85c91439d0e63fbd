import type { Command } from 'commander';
import { EXIT, type ExitCode, isPosternError } from '../exit.ts';
import { catalogueOf } from '../paste/catalogue.ts';
import { rank } from '../paste/rank.ts';
import { readLines } from '../paste/read.ts';
import { readReport, STANDARD_INPUT } from '../paste/read-report.ts';
import { type Output, stderrOutput } from '../report/terminal/output.ts';
import type { Reproduction } from '../repro/reproduction.ts';
import { ROOT } from '../root.ts';
import { loadScenarios } from '../scenario/catalogue/load.ts';
import { freshSeed } from '../seed.ts';
import { commandLine, type SeedOption, withSeed } from './options.ts';

type ReproOptions = SeedOption & { json: boolean; run: boolean; verdictExit: boolean; reports: string };

/** The exit code of each verdict. A report of which nothing is played is not reproduced. */
const EXIT_OF: Record<Reproduction['verdict'], ExitCode> = {
  reproduced: EXIT.failed,
  'not-reproduced': EXIT.holds,
  'not-played': EXIT.holds,
  undecided: EXIT.environment,
};

async function repro(source: string, options: ReproOptions, output: Output): Promise<Reproduction['verdict']> {
  const scenarios = loadScenarios(ROOT);
  const read = readLines(readReport(source));
  const ranking = rank(read, catalogueOf(scenarios));
  const show = (answer: unknown, text: string): void =>
    output.say(options.json ? JSON.stringify(answer, null, 2) : text);
  if (!options.run) {
    const [{ answerOf }, { renderAnswer }] = await Promise.all([
      import('../paste/answer.ts'),
      import('../paste/answer-markdown.ts'),
    ]);
    const answer = answerOf(read, ranking, scenarios);
    show(answer, renderAnswer(answer, scenarios));
    return 'not-played';
  }
  // Loading the suite takes a second, which --no-run does not need.
  const [{ reproduce }, { renderReproduction }] = await Promise.all([
    import('../repro/reproduce.ts'),
    import('../repro/reproduction-markdown.ts'),
  ]);
  const reproduction = await reproduce({
    read,
    ranking,
    scenarios,
    reports: options.reports,
    seed: options.seed ?? freshSeed(),
    command: commandLine(),
    out: stderrOutput(),
  });
  show(reproduction, renderReproduction(reproduction, scenarios));
  return reproduction.verdict;
}

/** Adds `postern repro`, which reads a pasted bug report, plays what it is about, and answers. */
export function addRepro(program: Command, output: Output): void {
  const command = program
    .command('repro')
    .argument(
      '<file>',
      `a text file with the report as it was pasted; ${STANDARD_INPUT} reads it from the standard input`,
    )
    .description('Read a pasted bug report, play the scenarios that it is about, and answer whether it is reproduced.')
    .option('--no-run', 'play nothing; only read and rank')
    .option('--json', 'print the answer as JSON', false)
    .option(
      '--verdict-exit',
      'exit 1 if the report is reproduced, and 0 in every other case, also if it cannot be read or played',
      false,
    )
    .option('--reports <folder>', 'the folder in which the report folders are made', 'reports')
    .addHelpText(
      'after',
      `
The answer is made to be pasted: secrets, addresses, hosts and names are replaced by placeholders. No model is asked, nothing leaves the
machine, and the same report gives the same answer. The progress of the runs goes to stderr.

Exit 0: not reproduced, or nothing to play. Exit 1: reproduced. Exit 2: the report cannot be read. Exit 3: the scenario could not be played.

Examples:
  postern repro report.txt
  postern repro report.txt --no-run
  pbpaste | postern repro - --json`,
    )
    .action(async (source: string, options: ReproOptions) => {
      try {
        const verdict = await repro(source, options, output);
        process.exitCode = options.verdictExit && verdict === 'undecided' ? EXIT.holds : EXIT_OF[verdict];
      } catch (error) {
        if (!options.verdictExit || !isPosternError(error)) throw error;
        output.complain(`${error.message}\n\n${error.next}`);
        process.exitCode = EXIT.holds;
      }
    });
  withSeed(command);
}

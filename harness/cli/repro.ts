import type { Command } from 'commander';
import { UsageError } from '../exit.ts';
import type { Output } from '../report/terminal/output.ts';
import { answerOf } from '../repro/answer.ts';
import { renderAnswer } from '../repro/answer-markdown.ts';
import { catalogueOf, rank } from '../repro/rank.ts';
import { readLines } from '../repro/read.ts';
import { readReport, STANDARD_INPUT } from '../repro/read-report.ts';
import { ROOT } from '../root.ts';
import { loadScenarios } from '../scenario/load.ts';

/** Adds `postern repro`, which reads a pasted bug report and says which scenarios play it. Throws UsageError for what is no text. */
export function addRepro(program: Command, output: Output): void {
  program
    .command('repro')
    .argument(
      '<file>',
      `a text file with the report as it was pasted; ${STANDARD_INPUT} reads it from the standard input`,
    )
    .description(
      'Read a pasted bug report: its facts with their lines, what it is about, and the scenarios that play it.',
    )
    .option('--no-run', 'play nothing; only read and rank')
    .option('--json', 'print the answer as JSON', false)
    .addHelpText(
      'after',
      `
The answer is made to be pasted: secrets, addresses, hosts and names are replaced by placeholders. No model is asked, nothing leaves the
machine, and the same report gives the same answer.

Examples:
  postern repro report.txt --no-run
  pbpaste | postern repro - --no-run --json`,
    )
    .action((file: string, { json, run }: { json: boolean; run: boolean }) => {
      if (run)
        throw new UsageError(
          'postern repro only reads a report so far, and plays nothing',
          'Add --no-run, then play what it names with `postern run --only`.',
        );
      const lines = readReport(file);
      const scenarios = loadScenarios(ROOT);
      const read = readLines(lines);
      const answer = answerOf(read, rank(read, catalogueOf(scenarios)), scenarios);
      output.say(json ? JSON.stringify(answer, null, 2) : renderAnswer(answer, scenarios));
    });
}

import { statSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { failureClassOf } from '../lane/failure-class.ts';
import { writeLane } from '../lane/write-lane.ts';
import { headline } from '../report/headline.ts';
import type { Output } from '../report/terminal/output.ts';
import { readReport } from '../results/read.ts';

/** Adds `postern lane`, which writes the results of a report in the forms that OpenClaw's Docker lanes and its QA Lab have. */
export function addLane(program: Command, output: Output): void {
  program
    .command('lane')
    .description(
      'Write summary.json, failures.json and qa-evidence.json of a report, as OpenClaw’s Docker lanes and QA Lab have them.',
    )
    .requiredOption('--from <folder>', 'the folder of the report, or its report.json')
    .requiredOption('--out <folder>', 'the folder to write into, such as .artifacts/docker-tests/postern')
    .addHelpText(
      'after',
      `
It plays nothing, and ends with the exit code of the report, so that a lane can end with it. docs/adopt.md has the row and the script of
the lane.

Example:
  postern lane --from reports/latest --out .artifacts/docker-tests/postern`,
    )
    .action(({ from, out }: { from: string; out: string }) => {
      const report = readReport(from);
      const folder = statSync(from).isDirectory() ? from : path.dirname(from);
      for (const file of writeLane(report, folder, out)) output.say(`Wrote ${file}.`);
      const failureClass = failureClassOf(report.run.exitCode);
      output.say(`${headline(report)}${failureClass === null ? '' : ` Failure class: ${failureClass}.`}`);
      process.exitCode = report.run.exitCode;
    });
}

import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { accept, loadAccepted } from '../compare/accepted-weakenings.ts';
import { diffReports } from '../compare/diff.ts';
import { exitCodeOfComparison, findingsOf } from '../compare/findings.ts';
import { declaredChecks } from '../pairwise/declared.ts';
import { printDiff, renderDiff } from '../report/diff.ts';
import { comparisonHtml } from '../report/html/html-diff.ts';
import type { Output } from '../report/terminal/output.ts';
import { readReport } from '../results/read.ts';
import { ROOT } from '../root.ts';
import { loadScenarios } from '../scenario/catalogue/load.ts';

/** Adds `postern diff`, which compares the access that two stored reports show, and sets the exit code of a gate. */
export function addDiff(program: Command, output: Output): void {
  program
    .command('diff <base> <head>')
    .description(
      'Compare the observations of two reports: which clients get more access on the head, and which get less.',
    )
    .option(
      '--write <file>',
      'write the whole comparison, with transcripts: as HTML if the name ends with .html, else as Markdown',
    )
    .addHelpText('after', '\nExample:\n  postern diff reports/20261121-194403-c9g reports/latest --write diff.html')
    .action((base: string, head: string, { write }: { write?: string }) => {
      const today = new Date().toISOString().slice(0, 10);
      const compared = accept(
        diffReports(readReport(base), readReport(head)),
        loadAccepted(ROOT, declaredChecks(loadScenarios(ROOT))),
        today,
      );
      output.say(printDiff(compared));
      for (const { text } of findingsOf(compared)) output.say(`Problem: ${text}`);
      if (write !== undefined) {
        writeFileSync(write, write.endsWith('.html') ? comparisonHtml(compared) : renderDiff(compared));
        output.say(`Wrote ${write}.`);
      }
      process.exitCode = exitCodeOfComparison(compared);
    });
}

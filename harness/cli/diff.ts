import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { compareReports, readKnown } from '../compare/compare-reports.ts';
import { publicComparison, withheldFrom } from '../compare/withheld.ts';
import { renderComparison } from '../report/comparison/comparison-markdown.ts';
import { printComparison } from '../report/comparison/comparison-terminal.ts';
import { comparisonHtml } from '../report/html/html-comparison.ts';
import type { Output } from '../report/terminal/output.ts';
import { readReport } from '../results/read.ts';
import { ROOT } from '../root.ts';
import { type DisclosureOption, withDisclosure } from './options.ts';

/** Adds `postern diff`, which compares the access that two stored reports show, and sets the exit code of a gate. */
export function addDiff(program: Command, output: Output): void {
  const command = program
    .command('diff <base> <head>')
    .description(
      'Compare the observations of two reports: which clients get more access on the head, and which get less.',
    )
    .option(
      '--write <file>',
      'write the comparison: as HTML with transcripts if the name ends with .html, else as Markdown',
    )
    .addHelpText('after', '\nExample:\n  postern diff reports/20261121-194403-c9g reports/latest --write diff.html')
    .action((base: string, head: string, { write, disclosure }: DisclosureOption & { write?: string }) => {
      const today = new Date().toISOString().slice(0, 10);
      const [before, after] = [readReport(base), readReport(head)];
      const whole = compareReports(before, after, readKnown(ROOT, null), { today, already: [] });
      const compared = disclosure === 'full' ? whole : publicComparison(whole, withheldFrom(whole, before, after));
      output.say(printComparison(compared));
      for (const { text } of compared.reasons) output.say(`Problem: ${text}`);
      if (write !== undefined) {
        writeFileSync(write, write.endsWith('.html') ? comparisonHtml(compared) : renderComparison(compared));
        output.say(`Wrote ${write}.`);
      }
      process.exitCode = compared.exitCode;
    });
  withDisclosure(command);
}

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { diffReports, weakeningsOf } from '../boundary/diff.ts';
import { EXIT, messageOf, UsageError } from '../exit.ts';
import { renderDiff, tellDiff } from '../report/diff.ts';
import { type Report, reportSchema } from '../report/report.ts';

/** `postern diff`: whom a gateway lets further in, or holds further out, than another. */
export function addDiff(program: Command): void {
  program
    .command('diff <base> <head>')
    .description('Compare two reports by what was seen: who is let further in, and who is held further out.')
    .option('--write <file>', 'write the whole comparison as Markdown, with transcripts')
    .addHelpText('after', '\nExample:\n  postern diff reports/20261121-194403-c9g reports/latest --write diff.md')
    .action((base: string, head: string, { write }: { write?: string }) => {
      const diff = diffReports(readReport(base), readReport(head));
      process.stdout.write(tellDiff(diff));
      if (write !== undefined) {
        writeFileSync(write, renderDiff(diff));
        process.stdout.write(`Wrote ${write}.\n`);
      }
      const broke = diff.changes.some(({ change }) => change === 'broke');
      process.exitCode = weakeningsOf(diff).length > 0 ? EXIT.weakened : broke ? EXIT.failed : EXIT.holds;
    });
}

/** A report by its folder or its report.json. */
function readReport(given: string): Report {
  const file = given.endsWith('.json') ? given : path.join(given, 'report.json');
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UsageError(
      `${file} cannot be read: ${messageOf(error)}`,
      'Give the folder of a run, or its report.json.',
    );
  }
  const report = reportSchema.safeParse(json);
  if (report.success) return report.data;
  const [issue] = report.error.issues;
  throw new UsageError(
    `${file} is no report of this version: ${issue?.path.join('.')}: ${issue?.message}`,
    'Make it again with this checkout: `postern run --gateway …`.',
  );
}

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { describePlayed, describeTally, standingOf, tallyOf } from '../report/tables/coverage.ts';
import type { Output } from '../report/terminal/output.ts';
import { readAllPublished } from '../results/published.ts';
import { ROOT, requireCheckout } from '../root.ts';
import { loadScenarios } from '../scenario/catalogue/load.ts';
import { loadCoverage } from '../scenario/lists/reported.ts';

const STILL_TO_DO: readonly string[] = ['open', 'elsewhere'];

/** Adds `postern coverage`, which lists each reported failure with the scenario that plays it. */
export function addCoverage(program: Command, output: Output): void {
  program
    .command('coverage')
    .description('List each reported failure with the scenario that plays it, or with the reason why no scenario does.')
    .option(
      '--write',
      'write the tables in results/: coverage.md, releases.md, workarounds.md, fact-checks.md, properties.md, rights.md, routes.md',
      false,
    )
    .option(
      '--open',
      'list only failures without a scenario, and those that are played only on releases the report does not name',
      false,
    )
    .addHelpText('after', '\nExamples:\n  postern coverage\n  postern coverage --open\n  postern coverage --write')
    .action(async ({ write, open }: { write: boolean; open: boolean }) => {
      if (write) requireCheckout('--write');
      const scenarios = loadScenarios(ROOT);
      const coverage = loadCoverage(ROOT, scenarios);
      const releases = readAllPublished(ROOT);
      for (const covered of coverage) {
        if (open && !STILL_TO_DO.includes(standingOf(covered))) continue;
        const state = describePlayed(covered, releases, { scenario: (id) => id, text: (running) => running });
        output.say(`${covered.failure.row.padStart(4)}  ${covered.failure.title}\n      ${state}`);
      }
      output.say(`\n${describeTally(tallyOf(coverage))}`);
      if (!write) return;
      // Only --write needs the properties of everything; loading them takes a fifth of a second.
      const { tables } = await import('./generated-tables.ts');
      for (const [file, text] of Object.entries(tables(scenarios))) {
        writeFileSync(path.join(ROOT, file), text);
        output.say(`Wrote ${file}.`);
      }
    });
}

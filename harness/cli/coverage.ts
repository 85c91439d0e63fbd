import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { renderCoverage, sayTally, tallyOf } from '../report/coverage.ts';
import { readAllPublished } from '../report/published.ts';
import { renderReleases, renderRemedies } from '../report/releases.ts';
import { ROOT } from '../root.ts';
import { loadScenarios } from '../scenario/load.ts';
import { loadCoverage } from '../scenario/reported.ts';

/** `postern coverage`: which reported failure is played by which scenario. */
export function addCoverage(program: Command): void {
  program
    .command('coverage')
    .description('Say which reported failure is played by which scenario, and why the others are not.')
    .option('--write', 'write reports/coverage.md, releases.md and remedies.md', false)
    .option('--open', 'list only what is still to be written', false)
    .addHelpText('after', '\nExamples:\n  postern coverage\n  postern coverage --open\n  postern coverage --write')
    .action(({ write, open }: { write: boolean; open: boolean }) => {
      const coverage = loadCoverage(ROOT, loadScenarios(ROOT));
      for (const { failure, scenarios } of coverage) {
        const isOpen = scenarios.length === 0 && failure.unreachable === undefined;
        if (open && !isOpen) continue;
        const played = scenarios.map(({ scenario }) => scenario.id).join(', ');
        const state = isOpen ? 'still to be written' : played || `out of reach: ${failure.unreachable}`;
        process.stdout.write(`${failure.row.padStart(4)}  ${failure.title}\n      ${state}\n`);
      }
      process.stdout.write(`\n${sayTally(tallyOf(coverage))}\n`);
      if (!write) return;
      for (const [file, text] of Object.entries(tables())) {
        writeFileSync(path.join(ROOT, file), text);
        process.stdout.write(`Wrote ${file}.\n`);
      }
    });
}

/** The tables that lie in reports/, by path: made from the scenarios and from the published results. */
export function tables(): Record<string, string> {
  const scenarios = loadScenarios(ROOT);
  const releases = readAllPublished(ROOT);
  return {
    'reports/coverage.md': renderCoverage(loadCoverage(ROOT, scenarios)),
    'reports/releases.md': renderReleases(scenarios, releases),
    'reports/remedies.md': renderRemedies(scenarios, releases),
  };
}

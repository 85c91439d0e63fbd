import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { isOpen, renderCoverage, sayTally, tallyOf, whyNotPlayed } from '../report/coverage.ts';
import { readAllPublished } from '../report/published.ts';
import { renderReleases } from '../report/releases.ts';
import { renderRemedies } from '../report/remedies.ts';
import { renderRumours } from '../report/rumours.ts';
import { ROOT } from '../root.ts';
import { type LoadedScenario, loadScenarios } from '../scenario/load.ts';
import { loadCoverage } from '../scenario/reported.ts';
import { loadRumours } from '../scenario/rumours.ts';

/** `postern coverage`: which reported failure is played by which scenario. */
export function addCoverage(program: Command): void {
  program
    .command('coverage')
    .description('Say which reported failure is played by which scenario, and why the others are not.')
    .option('--write', 'write reports/coverage.md, releases.md, remedies.md and rumours.md', false)
    .option('--open', 'list only what is still to be written', false)
    .addHelpText('after', '\nExamples:\n  postern coverage\n  postern coverage --open\n  postern coverage --write')
    .action(({ write, open }: { write: boolean; open: boolean }) => {
      const scenarios = loadScenarios(ROOT);
      const coverage = loadCoverage(ROOT, scenarios);
      for (const covered of coverage) {
        if (open && !isOpen(covered)) continue;
        const state = whyNotPlayed(covered) ?? covered.scenarios.map(({ scenario }) => scenario.id).join(', ');
        process.stdout.write(`${covered.failure.row.padStart(4)}  ${covered.failure.title}\n      ${state}\n`);
      }
      process.stdout.write(`\n${sayTally(tallyOf(coverage))}\n`);
      if (!write) return;
      for (const [file, text] of Object.entries(tables(scenarios))) {
        writeFileSync(path.join(ROOT, file), text);
        process.stdout.write(`Wrote ${file}.\n`);
      }
    });
}

/** The tables that lie in reports/, by path: made from the scenarios and from the published results. */
export function tables(scenarios: readonly LoadedScenario[]): Record<string, string> {
  const releases = readAllPublished(ROOT);
  return {
    'reports/coverage.md': renderCoverage(loadCoverage(ROOT, scenarios)),
    'reports/releases.md': renderReleases(scenarios, releases),
    'reports/remedies.md': renderRemedies(scenarios, releases),
    'reports/rumours.md': renderRumours(loadRumours(ROOT, scenarios), scenarios, releases),
  };
}

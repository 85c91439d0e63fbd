import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { sayWhole, TABLE_PROPERTIES } from '../pairwise/properties.ts';
import { describePlayed, describeTally, renderCoverage, standingOf, tallyOf } from '../report/tables/coverage.ts';
import { renderFactChecks } from '../report/tables/fact-checks.ts';
import { renderProperties, type StatedProperty } from '../report/tables/properties.ts';
import { renderReleases } from '../report/tables/releases.ts';
import { renderWorkarounds } from '../report/tables/workarounds.ts';
import type { Output } from '../report/terminal/output.ts';
import { readAllPublished } from '../results/published.ts';
import { ROOT } from '../root.ts';
import { loadFactChecks } from '../scenario/fact-checks.ts';
import { FACTS } from '../scenario/facts.ts';
import { type LoadedScenario, loadScenarios } from '../scenario/load.ts';
import { loadCoverage } from '../scenario/reported.ts';
import { SEQUENCE_PROPERTIES } from '../stateful/properties.ts';
import { KNOWN, TAKEN_FOR_GRANTED } from '../stateful/releases.ts';

const STILL_TO_DO: readonly string[] = ['open', 'elsewhere'];

/** `postern coverage`: which reported failure is played by which scenario. */
export function addCoverage(program: Command, output: Output): void {
  program
    .command('coverage')
    .description('Say which reported failure is played by which scenario, and why the others are not.')
    .option(
      '--write',
      'write what stands in reports/ for all of them: coverage.md, releases.md, remedies.md, rumours.md, sentences.md',
      false,
    )
    .option('--open', 'list only what is still to be written, and what is played on other releases alone', false)
    .addHelpText('after', '\nExamples:\n  postern coverage\n  postern coverage --open\n  postern coverage --write')
    .action(({ write, open }: { write: boolean; open: boolean }) => {
      const scenarios = loadScenarios(ROOT);
      const coverage = loadCoverage(ROOT, scenarios);
      for (const covered of coverage) {
        if (open && !STILL_TO_DO.includes(standingOf(covered))) continue;
        const state = describePlayed(covered, { scenario: (id) => id, text: (running) => running });
        output.say(`${covered.failure.row.padStart(4)}  ${covered.failure.title}\n      ${state}`);
      }
      output.say(`\n${describeTally(tallyOf(coverage))}`);
      if (!write) return;
      for (const [file, text] of Object.entries(tables(scenarios))) {
        writeFileSync(path.join(ROOT, file), text);
        output.say(`Wrote ${file}.`);
      }
    });
}

/** The tables that lie in reports/, by path: made from the scenarios, the published results and the properties of both engines. */
export function tables(scenarios: readonly LoadedScenario[]): Record<string, string> {
  const releases = readAllPublished(ROOT);
  return {
    'reports/coverage.md': renderCoverage(loadCoverage(ROOT, scenarios)),
    'reports/releases.md': renderReleases(scenarios, releases),
    'reports/remedies.md': renderWorkarounds(scenarios, releases),
    'reports/rumours.md': renderFactChecks(loadFactChecks(ROOT, scenarios), scenarios, releases),
    'reports/sentences.md': sentences(),
  };
}

function sentences(): string {
  const knocks = TABLE_PROPERTIES.map((property): StatedProperty => {
    const { id, releases, sources } = property;
    return { id, statement: sayWhole(property), releases, sources, broken: null };
  });
  const orders = SEQUENCE_PROPERTIES.map(({ name, statement, sources, needs }): StatedProperty => {
    const releases = needs === undefined ? null : FACTS[needs].range;
    return { id: name, statement, releases, sources, broken: KNOWN.find(({ property }) => property === name) ?? null };
  });
  const differences = TAKEN_FOR_GRANTED.map((id) => {
    const { statement, range, elsewhere, shownBy } = FACTS[id];
    return { statement, range, because: elsewhere, scenario: shownBy };
  });
  return renderProperties(knocks, orders, differences);
}

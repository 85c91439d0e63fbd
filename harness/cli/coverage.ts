import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { describeProperty, TABLE_PROPERTIES } from '../pairwise/properties.ts';
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
import { KNOWN_VIOLATIONS, MODEL_FACTS } from '../stateful/releases.ts';

const STILL_TO_DO: readonly string[] = ['open', 'elsewhere'];

/** Adds `postern coverage`, which lists each reported failure with the scenario that plays it. */
export function addCoverage(program: Command, output: Output): void {
  program
    .command('coverage')
    .description('List each reported failure with the scenario that plays it, or with the reason why no scenario does.')
    .option(
      '--write',
      'write the tables in results/: coverage.md, releases.md, workarounds.md, fact-checks.md, properties.md',
      false,
    )
    .option(
      '--open',
      'list only failures without a scenario, and those that are played only on releases the report does not name',
      false,
    )
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

/** The generated tables, as text by path below the root. Sources: scenarios, published results, and the properties of table and model. */
export function tables(scenarios: readonly LoadedScenario[]): Record<string, string> {
  const releases = readAllPublished(ROOT);
  return {
    'results/coverage.md': renderCoverage(loadCoverage(ROOT, scenarios)),
    'results/releases.md': renderReleases(scenarios, releases),
    'results/workarounds.md': renderWorkarounds(scenarios, releases),
    'results/fact-checks.md': renderFactChecks(loadFactChecks(ROOT, scenarios), scenarios, releases),
    'results/properties.md': sentences(),
  };
}

function sentences(): string {
  const knocks = TABLE_PROPERTIES.map((property): StatedProperty => {
    const { id, releases, sources } = property;
    return { id, statement: describeProperty(property), releases, sources, broken: null };
  });
  const orders = SEQUENCE_PROPERTIES.map(({ name, statement, sources, needs }): StatedProperty => {
    const releases = needs === undefined ? null : FACTS[needs].releases;
    return {
      id: name,
      statement,
      releases,
      sources,
      broken: KNOWN_VIOLATIONS.find(({ property }) => property === name) ?? null,
    };
  });
  const differences = MODEL_FACTS.map((id) => {
    const { statement, releases, elsewhere, shownBy } = FACTS[id];
    return { statement, releases, because: elsewhere, scenario: shownBy };
  });
  return renderProperties(knocks, orders, differences);
}

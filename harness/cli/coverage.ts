import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { TABLE_PROPERTIES } from '../pairwise/properties.ts';
import type { Statement } from '../properties/property.ts';
import { describePlayed, describeTally, renderCoverage, standingOf, tallyOf } from '../report/tables/coverage.ts';
import { renderFactChecks } from '../report/tables/fact-checks.ts';
import { renderProperties, type StatedProperty } from '../report/tables/properties.ts';
import { renderReleases } from '../report/tables/releases.ts';
import { renderWorkarounds } from '../report/tables/workarounds.ts';
import type { Output } from '../report/terminal/output.ts';
import { readAllPublished } from '../results/published.ts';
import { readPublishedRights } from '../rights/published.ts';
import { renderPublishedRights } from '../rights/published-markdown.ts';
import { ROOT, requireCheckout } from '../root.ts';
import { readPublishedRoutes } from '../routes/published.ts';
import { renderPublishedRoutes } from '../routes/published-markdown.ts';
import { type LoadedScenario, loadScenarios } from '../scenario/catalogue/load.ts';
import { loadFactChecks } from '../scenario/lists/fact-checks.ts';
import { loadCoverage } from '../scenario/lists/reported.ts';
import { FACTS } from '../scenario/releases/facts.ts';
import { knownViolations } from '../stateful/known-violations.ts';
import { SEQUENCE_PROPERTIES } from '../stateful/properties.ts';
import { MODEL_FACTS } from '../stateful/releases.ts';

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
    .action(({ write, open }: { write: boolean; open: boolean }) => {
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
    'results/coverage.md': renderCoverage(loadCoverage(ROOT, scenarios), releases),
    'results/releases.md': renderReleases(scenarios, releases),
    'results/workarounds.md': renderWorkarounds(scenarios, releases),
    'results/fact-checks.md': renderFactChecks(loadFactChecks(ROOT, scenarios), scenarios, releases),
    'results/properties.md': sentences(scenarios),
    'results/rights.md': renderPublishedRights(readPublishedRights(ROOT)),
    'results/routes.md': renderPublishedRoutes(readPublishedRoutes(ROOT)),
  };
}

function sentences(scenarios: readonly LoadedScenario[]): string {
  const known = knownViolations(scenarios.map(({ scenario }) => scenario));
  const knocks = new Map(TABLE_PROPERTIES.map((property) => [property.statement, property]));
  const sequences = new Map(SEQUENCE_PROPERTIES.map((property) => [property.statement, property]));
  const stated = [...new Map<string, Statement>([...knocks, ...sequences]).values()];
  const properties = stated.map(({ statement, sources }): StatedProperty => {
    const [knock, sequence] = [knocks.get(statement), sequences.get(statement)];
    return {
      statement,
      sources,
      knock: knock === undefined ? null : { ...knock, except: knock.except ?? null },
      sequence: sequence === undefined ? null : { ...sequence, except: null },
      broken: known.find(({ property }) => property === sequence?.id) ?? null,
    };
  });
  const differences = MODEL_FACTS.map((id) => {
    const { statement, releases, elsewhere, shownBy } = FACTS[id];
    return { statement, releases, because: elsewhere, scenario: shownBy };
  });
  return renderProperties(properties, differences);
}

import { readPublishedEvents } from '../events/published.ts';
import { renderPublishedEvents } from '../events/published-markdown.ts';
import { MUTANTS } from '../mutants/all-mutants.ts';
import { MUTANTS_OF_SURVEY } from '../mutants/all-survey-mutants.ts';
import { seenMutants } from '../mutants/seen-by-profile.ts';
import { TABLE_PROPERTIES } from '../pairwise/properties.ts';
import type { Statement } from '../properties/property.ts';
import { renderCoverage } from '../report/tables/coverage.ts';
import { renderFactChecks } from '../report/tables/fact-checks.ts';
import { renderMutants } from '../report/tables/mutants.ts';
import { renderProperties, type StatedProperty } from '../report/tables/properties.ts';
import { renderReleases } from '../report/tables/releases.ts';
import { renderWorkarounds } from '../report/tables/workarounds.ts';
import { readAllPublished } from '../results/published.ts';
import { readPublishedRights } from '../rights/published.ts';
import { renderPublishedRights } from '../rights/published-markdown.ts';
import { ROOT } from '../root.ts';
import { readPublishedRoutes } from '../routes/published.ts';
import { renderPublishedRoutes } from '../routes/published-markdown.ts';
import type { LoadedScenario } from '../scenario/catalogue/load.ts';
import { SURVEY_NAMES } from '../scenario/catalogue/profile.ts';
import { loadFactChecks } from '../scenario/lists/fact-checks.ts';
import { loadCoverage } from '../scenario/lists/reported.ts';
import { FACTS } from '../scenario/releases/facts.ts';
import { readPublishedSettings } from '../settings/published.ts';
import { renderPublishedSettings } from '../settings/published-markdown.ts';
import { knownViolations } from '../stateful/known-violations.ts';
import { SEQUENCE_PROPERTIES } from '../stateful/properties.ts';
import { MODEL_FACTS } from '../stateful/releases.ts';

/** The generated tables, as text by path below the root. Sources: scenarios, published results, and the properties of table and model. */
export function tables(scenarios: readonly LoadedScenario[]): Record<string, string> {
  const releases = readAllPublished(ROOT);
  return {
    'results/coverage.md': renderCoverage(loadCoverage(ROOT, scenarios), releases),
    'results/releases.md': renderReleases(scenarios, releases),
    'results/workarounds.md': renderWorkarounds(scenarios, releases),
    'results/fact-checks.md': renderFactChecks(loadFactChecks(ROOT, scenarios), scenarios, releases),
    'results/properties.md': sentences(scenarios),
    'results/mutants.md': mutants(scenarios),
    'results/rights.md': renderPublishedRights(readPublishedRights(ROOT)),
    'results/routes.md': renderPublishedRoutes(readPublishedRoutes(ROOT)),
    'results/events.md': renderPublishedEvents(readPublishedEvents(ROOT)),
    'results/settings.md': renderPublishedSettings(readPublishedSettings(ROOT)),
  };
}

/** The path that the head of a gate of profile `pr` changes in results/mutants.md. Each mutant changes code that is bundled from below it. */
const CHANGED = 'src/gateway/server.ts';

function mutants(scenarios: readonly LoadedScenario[]): string {
  const surveys = SURVEY_NAMES.map((survey) => ({ survey, mutants: MUTANTS_OF_SURVEY[survey] }));
  return renderMutants(seenMutants(MUTANTS, surveys, scenarios, { name: 'pr', changedPaths: [CHANGED] }), CHANGED);
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

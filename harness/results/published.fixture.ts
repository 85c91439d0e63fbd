import type { Verdict } from '../judge/verdict.ts';
import { EXAMPLE, EXAMPLE_FILE, exampleWith } from '../scenario/catalogue/example.fixture.ts';
import { loadScenario } from '../scenario/catalogue/load.ts';
import type { Published } from './published.ts';

export const LOADED = loadScenario(EXAMPLE, EXAMPLE_FILE);
/** The example scenario with another client, so that its digest differs. */
export const REWRITTEN = loadScenario(exampleWith('kind: backend', 'kind: cli'), EXAMPLE_FILE);
export const EMPTY: Published = {
  version: '2026.4.1',
  command: 'npx postern matrix --publish --gateway 2026.4.1',
  scenarios: {},
};

/** A result for each check of the example: as declared, except for the given verdicts. */
export const results = (others: Record<string, Verdict> = {}) =>
  LOADED.checks.map(({ name }) => {
    const verdict = others[name] ?? 'pass';
    return { scenario: LOADED.scenario.id, name, verdict, holds: verdict !== 'fail' };
  });

import { ROOT } from '../root.ts';
import { loadScenarios } from '../scenario/catalogue/load.ts';
import { loadCoverage } from '../scenario/lists/reported.ts';
import { linesOf } from './clean-text.ts';
import { type Expected, loadCorpus } from './corpus.ts';
import { keyOf } from './evidence.ts';
import type { KnownTexts } from './known-texts.ts';
import { readLines } from './read.ts';

type Text = { from: string; targets: string[]; shows: string[] };

/** The most scenarios that a row of scenarios/reported.yaml teaches; more have too little in common. */
const MOST_OF_A_ROW = 3;

/** What a text of the corpus teaches; nothing if it leaves open what it is about. */
function targetsOf({ scenario, or = [], mechanism }: Expected): string[] {
  return [scenario, ...or, mechanism].filter((target) => target !== undefined);
}

/** Evidence that fewer texts show tells nothing apart. */
const FEWEST_TEXTS = 2;

/** Reads every text whose meaning is known: the corpus, scenarios/reported.yaml, and what the scenarios say of themselves. */
export function gatherKnownTexts(): KnownTexts {
  const scenarios = loadScenarios(ROOT);
  const read = (text: string): string[] => readLines(linesOf(text)).evidence.map(keyOf);
  const texts: Text[] = [
    ...loadCorpus().map(({ name, text, expected }) => ({
      from: `corpus/${name}`,
      targets: targetsOf(expected),
      shows: read(text),
    })),
    ...loadCoverage(ROOT, scenarios).map(({ failure, scenarios: playing }) => ({
      from: `row ${failure.row}`,
      targets: playing.slice(0, MOST_OF_A_ROW).map(({ loaded }) => loaded.scenario.id),
      shows: read(failure.title),
    })),
    ...scenarios.map(({ scenario: { id, title, why } }) => ({
      from: id,
      targets: [id],
      shows: read(`${title}\n${why}`),
    })),
  ];
  const counts = new Map<string, number>();
  for (const { shows } of texts) for (const name of shows) counts.set(name, (counts.get(name) ?? 0) + 1);
  const evidence = [...counts.keys()].filter((name) => (counts.get(name) ?? 0) >= FEWEST_TEXTS).sort();
  const places = new Map(evidence.map((name, place) => [name, place]));
  return {
    evidence,
    texts: texts.map(({ from, targets, shows }) => ({
      from,
      targets,
      shows: shows.flatMap((name) => places.get(name) ?? []).sort((a, b) => a - b),
    })),
  };
}

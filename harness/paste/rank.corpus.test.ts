import { describe, expect, test } from 'vitest';
import { ROOT } from '../root.ts';
import { loadScenarios } from '../scenario/catalogue/load.ts';
import { loadCoverage } from '../scenario/lists/reported.ts';
import { answerOf } from './answer.ts';
import { compare } from './candidates.ts';
import { catalogueOf } from './catalogue.ts';
import { linesOf } from './clean-text.ts';
import { type Expected, loadCorpus } from './corpus.ts';
import { gatherKnownTexts } from './gather-known-texts.ts';
import { loadKnownTexts } from './known-texts.ts';
import { rank } from './rank.ts';
import type { Ranking } from './ranking.ts';
import { readLines } from './read.ts';

const scenarios = loadScenarios(ROOT);
const catalogue = catalogueOf(scenarios);
const corpus = loadCorpus().map(({ name, text, expected }) => {
  const lines = linesOf(text);
  const read = readLines(lines);
  return { name, expected, lines, read, ranking: rank(read, catalogue) };
});

/** The share of cases for which something holds. */
function share<T>(cases: readonly T[], holds: (each: T) => boolean): number {
  return cases.filter(holds).length / cases.length;
}

/** The scenarios of a label that play the text best. */
const wantedBy = ({ scenario, or = [] }: Expected): (string | undefined)[] => [scenario, ...or];

const isFirst = (expected: Expected, { scenarios: [first] }: Ranking): boolean =>
  first !== undefined && wantedBy(expected).includes(first.scenario);

const isAmongThree = (expected: Expected, ranking: Ranking): boolean =>
  ranking.scenarios.some(({ scenario }) => wantedBy(expected).includes(scenario));

describe('on the texts of the corpus', () => {
  test('there are at least three hundred, and each scenario that a label names exists', () => {
    const ids = scenarios.map(({ scenario }) => scenario.id);
    const named = corpus.flatMap(({ expected: { scenario, or = [], others = [], near } }) => [
      scenario,
      ...or,
      ...others,
      near,
    ]);
    expect(named.filter((id) => id !== undefined && !ids.includes(id))).toEqual([]);
    expect(corpus.length).toBeGreaterThanOrEqual(300);
  });

  test('"needs information" and "not the gateway" are never taken for something else, and nothing for them', () => {
    const SPECIAL = ['needs-information', 'not-the-gateway'];
    const wrong = corpus.filter(
      ({ expected, ranking }) =>
        (SPECIAL.includes(expected.verdict) || SPECIAL.includes(ranking.verdict)) &&
        expected.verdict !== ranking.verdict,
    );
    expect(wrong.map(({ name, ranking }) => `${name}: ${ranking.verdict}`)).toEqual([]);
  });

  test('class and release are right in 95 %', () => {
    const closed = corpus.filter(({ expected }) => expected.verdict !== 'needs-information');
    expect(share(closed, ({ expected, ranking }) => ranking.class === expected.class)).toBeGreaterThanOrEqual(0.95);
    const release = ({ read, expected }: (typeof corpus)[number]): boolean =>
      (read.release.shows?.published ?? null) === expected.release;
    expect(share(corpus, release)).toBeGreaterThanOrEqual(0.95);
  });

  test('the first scenario is right in 90 %, and is among the first three in all', () => {
    const played = corpus.filter(({ expected }) => expected.verdict === 'scenario');
    const first = share(played, ({ expected, ranking }) => isFirst(expected, ranking));
    expect(first).toBeGreaterThanOrEqual(0.9);
    const lost = played.filter(({ expected, ranking }) => !isAmongThree(expected, ranking));
    expect(lost.map(({ name }) => name)).toEqual([]);
  });

  test('what no scenario plays is said to be so in 90 %, with the nearest scenario', () => {
    const open = corpus.filter(({ expected }) => expected.verdict === 'not-covered');
    expect(share(open, ({ ranking }) => ranking.verdict === 'not-covered')).toBeGreaterThanOrEqual(0.9);
    const nearest = open.filter(({ expected }) => expected.near !== undefined);
    expect(share(nearest, ({ expected, ranking }) => ranking.near.includes(`${expected.near}`))).toBeGreaterThanOrEqual(
      0.9,
    );
  });

  test('two or three questions are asked where information is missing', () => {
    const asked = corpus.filter(({ ranking }) => ranking.verdict === 'needs-information');
    expect(asked.filter(({ ranking }) => ranking.questions.length < 2 || ranking.questions.length > 3)).toEqual([]);
  });

  test('each fact and each reason rests on a line of the paste', () => {
    for (const { name, lines, read, ranking } of corpus) {
      const numbers = new Set(lines.map(({ number }) => number));
      const answer = answerOf(read, ranking, scenarios);
      const stated = [
        ...answer.facts,
        ...answer.tried,
        ...answer.ranking.reasons,
        ...answer.ranking.scenarios.flatMap(({ reasons }) => reasons),
      ].map(({ line }) => line);
      expect(
        stated.filter((line) => !numbers.has(line)),
        name,
      ).toEqual([]);
      for (const { scenario, reasons } of answer.ranking.scenarios)
        expect(reasons.length, `${name}: ${scenario}`).toBeGreaterThan(0);
      if (answer.ranking.verdict !== 'needs-information')
        expect(answer.ranking.reasons.length, name).toBeGreaterThan(0);
    }
  });

  test('the same text gives the same answer', () => {
    for (const { lines, read, ranking } of corpus.slice(0, 10)) {
      const again = readLines(lines);
      expect(answerOf(again, rank(again, catalogue), scenarios)).toEqual(answerOf(read, ranking, scenarios));
    }
  });
});

/**
 * Floors on texts that the ranking has not learned from: the corpus in ten parts, each ranked by what the other nine teach. The signs were
 * mended with these texts in view, so that a text of somebody else is read a little worse. Measured when they were set, of 395 texts:
 * verdict 394, class 366 of 373, first 295 of 325, among three 321.
 */
test('a text is ranked well by what the other texts teach', () => {
  const PARTS = 10;
  const known = loadKnownTexts();
  const parts = Array.from({ length: PARTS }, (_, part) => corpus.filter((_each, index) => index % PARTS === part));
  const ranked = parts.flatMap((part) => {
    const left = new Set(part.map(({ name }) => `corpus/${name}`));
    const others = { ...known, texts: known.texts.filter(({ from }) => !left.has(from)) };
    const taught = catalogueOf(scenarios, others);
    return part.map(({ expected, read }) => ({ expected, ranking: rank(read, taught) }));
  });
  const played = ranked.filter(({ expected }) => expected.verdict === 'scenario');
  const closed = ranked.filter(({ expected }) => expected.verdict !== 'needs-information');
  expect(share(ranked, ({ expected, ranking }) => ranking.verdict === expected.verdict)).toBeGreaterThanOrEqual(0.98);
  expect(share(closed, ({ expected, ranking }) => ranking.class === expected.class)).toBeGreaterThanOrEqual(0.96);
  expect(share(played, ({ expected, ranking }) => isFirst(expected, ranking))).toBeGreaterThanOrEqual(0.89);
  expect(share(played, ({ expected, ranking }) => isAmongThree(expected, ranking))).toBeGreaterThanOrEqual(0.97);
});

test('the known texts are those of the corpus, of scenarios/reported.yaml and of the scenarios', () => {
  expect(loadKnownTexts(), 'run: node harness/paste/write-known-texts.ts').toEqual(gatherKnownTexts());
});

/**
 * Floors on the titles of scenarios/reported.yaml, one line each without any log or release, which the ranking has not learned from. Measured
 * when they were set, of 164: class 132, first 146, among three 159.
 */
test('on the titles of reported failures alone, the ranking is no worse than it was', () => {
  const known = loadKnownTexts();
  const untaught = catalogueOf(scenarios, {
    ...known,
    texts: known.texts.filter(({ from }) => !from.startsWith('row ')),
  });
  const played = loadCoverage(ROOT, scenarios).filter(({ failure }) => failure.unreachable === undefined);
  const results = played.map(({ failure, scenarios: playing }) => {
    const read = readLines(linesOf(failure.title));
    const ids = compare(read, untaught).scenarios.map(({ scenario }) => scenario);
    const wanted = playing.map(({ loaded }) => loaded.scenario.id);
    return {
      kind: ids[0]?.startsWith(`${failure.class}/`) === true,
      first: wanted.includes(`${ids[0]}`),
      three: ids.slice(0, 3).some((id) => wanted.includes(id)),
    };
  });
  expect(share(results, ({ kind }) => kind)).toBeGreaterThanOrEqual(0.78);
  expect(share(results, ({ first }) => first)).toBeGreaterThanOrEqual(0.86);
  expect(share(results, ({ three }) => three)).toBeGreaterThanOrEqual(0.93);
});

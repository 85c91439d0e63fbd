import { expect, test } from 'vitest';
import { EXAMPLE_FILE, exampleWith } from './example.fixture.ts';
import { loadScenario } from './load.ts';
import { OUTCOME_WORDS, outcomeOf, rangeOf, WORKAROUND_OUTCOMES } from './workaround.ts';

test.each([
  ['true', 'works'],
  ['false', 'does-not-help'],
  ['makes-it-worse', 'makes-it-worse'],
  ['no-longer-exists', 'no-longer-exists'],
])('works: %s is read as %s', (written, outcome) => {
  const { scenario } = loadScenario(exampleWith('works: true', `works: ${written}`), EXAMPLE_FILE);
  expect(scenario.remedies.map(outcomeOf)).toEqual([outcome]);
});

test('there is no other outcome', () => {
  expect(Object.keys(OUTCOME_WORDS)).toEqual([...WORKAROUND_OUTCOMES]);
  expect(() => loadScenario(exampleWith('works: true', 'works: sometimes'), EXAMPLE_FILE)).toThrow(
    'example.yaml:26:12: Invalid input',
  );
});

test('a workaround is played on the affected releases, unless it names a range', () => {
  const told = exampleWith('works: true', 'works: true\n    range: ">=2026.4.12"');
  const ranges = [exampleWith('works: true', 'works: false'), told].map((text) => {
    const { scenario } = loadScenario(text, EXAMPLE_FILE);
    return scenario.remedies.map((remedy) => rangeOf(scenario, remedy));
  });
  expect(ranges).toEqual([['>=2026.3.31 <2026.8.1'], ['>=2026.4.12']]);
});

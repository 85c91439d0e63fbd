import { expect, test } from 'vitest';
import { WORKAROUND_OUTCOMES } from '../schema/scenario.ts';
import { EXAMPLE_FILE, exampleWith } from './example.fixture.ts';
import { loadScenario } from './load.ts';
import { OUTCOME_WORDS, rangeOf } from './workaround.ts';

test.each(WORKAROUND_OUTCOMES)('a workaround has the outcome %s', (outcome) => {
  const { scenario } = loadScenario(exampleWith('outcome: helps', `outcome: ${outcome}`), EXAMPLE_FILE);
  expect(scenario.workarounds.map((workaround) => workaround.outcome)).toEqual([outcome]);
});

test('there is no other outcome', () => {
  expect(Object.keys(OUTCOME_WORDS)).toEqual([...WORKAROUND_OUTCOMES]);
  expect(() => loadScenario(exampleWith('outcome: helps', 'outcome: sometimes'), EXAMPLE_FILE)).toThrow(
    'example.yaml:26:14: Invalid option',
  );
});

test('a workaround is played on the affected releases, unless it names releases', () => {
  const told = exampleWith('outcome: helps', 'outcome: helps\n    releases: ">=2026.4.12"');
  const ranges = [exampleWith('outcome: helps', 'outcome: does-not-help'), told].map((text) => {
    const { scenario } = loadScenario(text, EXAMPLE_FILE);
    return scenario.workarounds.map((workaround) => rangeOf(scenario, workaround));
  });
  expect(ranges).toEqual([['>=2026.3.31 <2026.8.1'], ['>=2026.4.12']]);
});

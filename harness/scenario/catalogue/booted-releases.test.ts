import { expect, test } from 'vitest';
import { releasesIn } from './booted-releases.ts';
import { EXAMPLE, EXAMPLE_FILE, exampleWith } from './example.fixture.ts';
import { loadScenario } from './load.ts';

const ofTexts = (...texts: string[]): string[] => [
  ...releasesIn(texts.map((text) => loadScenario(text, EXAMPLE_FILE).scenario)),
];

test('scenarios that stay on the gateway under test need no other release', () => {
  expect(ofTexts(EXAMPLE)).toEqual([]);
  expect(ofTexts(exampleWith('boundary:\n', '  - upgrade: {}\nboundary:\n'))).toEqual([]);
});

test('a scenario needs the release that it begins on or upgrades to, also in a workaround', () => {
  expect(
    ofTexts(
      exampleWith('clients:\n', 'gateway: { release: 2026.2.17 }\nclients:\n'),
      exampleWith('boundary:\n', '  - upgrade: { to: 2026.4.8 }\nboundary:\n'),
      exampleWith('- approve: { of: agent }', '- upgrade: { to: 2026.5.3 }'),
    ),
  ).toEqual(['2026.2.17', '2026.4.8', '2026.5.3']);
});

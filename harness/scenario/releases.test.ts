import { expect, test } from 'vitest';
import { EXAMPLE, EXAMPLE_FILE, exampleWith } from './example.fixture.ts';
import { loadScenario } from './load.ts';
import { releasesIn } from './releases.ts';

const ofTexts = (...texts: string[]): string[] => [
  ...releasesIn(texts.map((text) => loadScenario(text, EXAMPLE_FILE).scenario)),
];

test('scenarios that stay on the gateway under test need no other release', () => {
  expect(ofTexts(EXAMPLE)).toEqual([]);
  expect(ofTexts(exampleWith('boundary:\n', '  - upgrade: {}\nboundary:\n'))).toEqual([]);
});

test('one that begins on a release needs it, and so does one that upgrades to it, in a workaround too', () => {
  expect(
    ofTexts(
      exampleWith('clients:\n', 'gateway: { release: 2026.2.17 }\nclients:\n'),
      exampleWith('boundary:\n', '  - upgrade: { to: 2026.4.8 }\nboundary:\n'),
      exampleWith('- approve: { of: agent }', '- upgrade: { to: 2026.5.3 }'),
    ),
  ).toEqual(['2026.2.17', '2026.4.8', '2026.5.3']);
});

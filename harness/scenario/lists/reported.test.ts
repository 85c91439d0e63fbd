import { expect, test } from 'vitest';
import { ROOT } from '../../root.ts';
import { CATALOGUE } from '../catalogue/catalogue.fixture.ts';
import { EXAMPLE, EXAMPLE_FILE, exampleWith } from '../catalogue/example.fixture.ts';
import { loadScenario } from '../catalogue/load.ts';
import { coverageOf, loadCoverage } from './reported.ts';

const EXAMPLES = [loadScenario(EXAMPLE, EXAMPLE_FILE)];
const REPORT = EXAMPLES[0]?.scenario.reported[0] ?? '';
const entry = (row: string, rest: string): string =>
  `- row: "${row}"\n  class: stale-scopes\n  title: Something was seen\n${rest}`;

const coverage = (text: string): [string, string[]][] =>
  coverageOf(text, 'reported.yaml', EXAMPLES).map(({ failure, scenarios }) => [
    failure.row,
    scenarios.map(({ loaded }) => loaded.scenario.id),
  ]);

test('a scenario covers the failures whose reports it names, and those that name it', () => {
  const text = [
    entry('1', `  reported: [${REPORT}, example/other#1]\n`),
    entry('2', '  reported: [example/other#2]\n'),
    entry('3', '  reported: []\n  scenarios: [stale-scopes/example]\n'),
    entry('4', '  reported: []\n  unreachable: It needs a telephone.\n'),
  ].join('');
  expect(coverage(text)).toEqual([
    ['1', ['stale-scopes/example']],
    ['2', []],
    ['3', ['stale-scopes/example']],
    ['4', []],
  ]);
});

test('every report that a scenario names is in the list', () => {
  const listed = new Set(loadCoverage(ROOT, CATALOGUE).flatMap(({ failure }) => failure.reported));
  const named = CATALOGUE.flatMap(({ scenario }) => scenario.reported.map((report) => `${scenario.id}: ${report}`));
  expect(named.filter((line) => !listed.has(line.split(': ')[1] ?? ''))).toEqual([]);
});

test.each<[string, string, string[], boolean]>([
  [
    'those of them on which the scenario is applicable',
    '2026.4.11 || 2026.4.12 || 2026.4.14',
    ['2026.4.12', '2026.4.14'],
    true,
  ],
  ['none, where it is applicable on later ones alone', '<2026.4.12', [], true],
  ['the ones beside it, where npm lacks the release', '2026.4.18', ['2026.4.15', '2026.4.20'], false],
  ['the one beside it on which the scenario is applicable', '2026.4.11-2', ['2026.4.12'], false],
])('a report from some releases is played on %s', (_label, versions, on, named) => {
  const later = exampleWith('clients:\n', 'applies: { releases: ">=2026.4.12", because: It is so. }\nclients:\n');
  const text = entry('1', `  reported: [${REPORT}]\n  releases: "${versions}"\n`);
  const [covered] = coverageOf(text, 'reported.yaml', [loadScenario(later, EXAMPLE_FILE)]);
  expect([covered?.scenarios.map((standing) => standing.on), covered?.named]).toEqual([[on], named]);
});

test.each<[string, string, string]>([
  ['a row twice', entry('1', '  reported: []\n') + entry('1', '  reported: []\n'), '5:8: a second row "1"'],
  [
    'a scenario that is not there',
    entry('1', '  reported: []\n  scenarios: [stale-scopes/gone]\n'),
    '5:15: no scenario is called "stale-scopes/gone"',
  ],
  [
    'out of reach, and played',
    entry('1', `  reported: [${REPORT}]\n  unreachable: No way.\n`),
    '5:16: said to be out of reach, but stale-scopes/example stands for it',
  ],
  ['releases that are no range', entry('1', '  reported: []\n  releases: since May\n'), '5:13: a range of releases'],
  ['an unknown key', entry('1', '  reported: []\n  note: x\n'), '5:3: '],
  ['broken YAML', '- row: "1\n', '1:'],
])('%s is a fault with its place', (_name, text, fault) => {
  expect(() => coverageOf(text, 'reported.yaml', EXAMPLES)).toThrow(`reported.yaml:${fault}`);
});

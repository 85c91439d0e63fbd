import { expect, test } from 'vitest';
import { EXAMPLE, EXAMPLE_FILE } from './example.fixture.ts';
import { loadScenario } from './load.ts';
import { coverageOf } from './reported.ts';

const EXAMPLES = [loadScenario(EXAMPLE, EXAMPLE_FILE)];
const REPORT = EXAMPLES[0]?.scenario.reported[0] ?? '';
const entry = (row: string, rest: string): string =>
  `- row: "${row}"\n  class: stale-scopes\n  title: Something was seen\n${rest}`;

const coverage = (text: string): [string, string[]][] =>
  coverageOf(text, 'reported.yaml', EXAMPLES).map(({ failure, scenarios }) => [
    failure.row,
    scenarios.map(({ scenario }) => scenario.id),
  ]);

test('a scenario stands for the failures whose reports it names, and for those that name it', () => {
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
  ['an unknown key', entry('1', '  reported: []\n  note: x\n'), '5:3: '],
  ['broken YAML', '- row: "1\n', '1:'],
])('%s is a fault with its place', (_name, text, fault) => {
  expect(() => coverageOf(text, 'reported.yaml', EXAMPLES)).toThrow(`reported.yaml:${fault}`);
});

import { expect, test } from 'vitest';
import { EMPTY, results } from '../../results/published.fixture.ts';
import { published } from '../../results/published.ts';
import { EXAMPLE_FILE, exampleWith } from '../../scenario/catalogue/example.fixture.ts';
import { loadScenario } from '../../scenario/catalogue/load.ts';
import { coverageOf } from '../../scenario/lists/reported.ts';
import { describeRange, renderCoverage, standingOf } from './coverage.ts';

const LATER = loadScenario(
  exampleWith('clients:\n', 'applies: { releases: ">=2026.4.12", because: It is so. }\nclients:\n'),
  EXAMPLE_FILE,
);

const PLAYED = [
  published({ ...EMPTY, version: '2026.4.14' }, results({ upgrade: 'reproduced' }), [LATER]).now,
  published({ ...EMPTY, version: '2026.4.20' }, results(), [LATER]).now,
];

const entry = (row: string, rest: string): string =>
  `- row: "${row}"\n  class: stale-scopes\n  title: Something was seen\n${rest}`;

const LIST = [
  entry('1', '  reported: [openclaw/openclaw#67799]\n  releases: 2026.4.14\n  remark: or about then\n'),
  entry('2', '  reported: [openclaw/openclaw#67799]\n  releases: 2026.4.18\n'),
  entry('3', '  reported: [openclaw/openclaw#67799]\n  releases: "<=2026.3.24"\n'),
  entry('4', '  reported: []\n  unreachable: It needs a telephone.\n'),
  entry('5', '  reported: []\n  releases: "2026.3 || 2026.4"\n'),
].join('');

test('a report counts as played if a scenario applies to a release that it names, or to the nearest one', () => {
  const coverage = coverageOf(LIST, 'reported.yaml', [LATER]);
  expect(coverage.map(standingOf)).toEqual(['played', 'played', 'elsewhere', 'unreachable', 'open']);
  const link = '[openclaw/openclaw#67799](https://github.com/openclaw/openclaw/issues/67799)';
  const scenario = '[stale-scopes/example](../scenarios/stale-scopes/example.yaml)';
  expect(renderCoverage(coverage, PLAYED).split('\n').slice(10, 21)).toEqual([
    '## stale-scopes',
    '',
    '2 of 5 reported failures are played, 1 only on other releases, 1 cannot be played, 1 scenario is missing.',
    '',
    '| # | reported failure | seen on | reports | played by |',
    '| --- | --- | --- | --- | --- |',
    `| 1 | Something was seen | 2026.4.14; or about then | ${link} | ${scenario} on 2026.4.14: red |`,
    `| 2 | Something was seen | 2026.4.18 | ${link} | ${scenario} on 2026.4.20, the nearest release that can be played: ok |`,
    `| 3 | Something was seen | up to 2026.3.24 | ${link} | ${scenario} only on other releases, from 2026.4.12. It is so. |`,
    '| 4 | Something was seen |  |  | cannot be played: It needs a telephone. |',
    '| 5 | Something was seen | 2026.3 or 2026.4 |  | no scenario yet |',
  ]);
});

test.each([
  ['2026.4.1', '2026.4.1'],
  ['2026.3 || 2026.4', '2026.3 or 2026.4'],
  ['>=2026.2.2-3 <=2026.3.2', '2026.2.2-3 to 2026.3.2'],
  ['>=2026.5', 'from 2026.5'],
  ['<=2026.2', 'up to 2026.2'],
  ['<2026.4.8', 'before 2026.4.8'],
])('the range %s in words is "%s"', (range, words) => {
  expect(describeRange(range)).toBe(words);
});

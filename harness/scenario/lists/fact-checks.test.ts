import { expect, test } from 'vitest';
import { EXAMPLE, EXAMPLE_FILE } from '../catalogue/example.fixture.ts';
import { loadScenario } from '../catalogue/load.ts';
import { factChecksOf } from './fact-checks.ts';

const EXAMPLES = [loadScenario(EXAMPLE, EXAMPLE_FILE)];
const said = (statement: string, rest: string): string =>
  `- statement: ${statement}\n  where: Answers.\n  falsifiedBy: It is seen otherwise.\n${rest}`;
const decided = '  trueIf: { stale-scopes/example/upgrade: holds, stale-scopes/example/approve.again: fails }\n';

test('a fact check names the checks that decide it, also those of workarounds', () => {
  const text =
    said('It is so', `  releases: "<=2026.4.11"\n  reported: [example/other#1]\n${decided}`) + said('Not so', decided);
  const trueIf = { 'stale-scopes/example/upgrade': 'holds', 'stale-scopes/example/approve.again': 'fails' };
  const rest = { falsifiedBy: 'It is seen otherwise.', trueIf, enough: 'every', falseIf: {} };
  expect(factChecksOf(text, 'fact-checks.yaml', EXAMPLES)).toEqual([
    { statement: 'It is so', where: 'Answers.', releases: '<=2026.4.11', reported: ['example/other#1'], ...rest },
    { statement: 'Not so', where: 'Answers.', reported: [], ...rest },
  ]);
});

test.each<[string, string, string]>([
  ['a duplicate statement', said('It is so', decided) + said('It is so', decided), '5:14: the same statement twice'],
  [
    'a range that is none',
    said('It is so', `  releases: spring\n${decided}`),
    '4:13: "spring" is no range of releases',
  ],
  [
    'a check that is not there',
    said('It is so', '  trueIf: { stale-scopes/example/gone: holds }\n'),
    '4:40: no check is called "stale-scopes/example/gone"',
  ],
  ['no deciding check', said('It is so', '  trueIf: {}\n'), '4:11: must name at least one check'],
  [
    'a check of falseIf that is not there',
    said('It is so', `${decided}  falseIf: { stale-scopes/example/gone: holds }\n`),
    '5:41: no check is called "stale-scopes/example/gone"',
  ],
  [
    'nothing that would show it false',
    `- statement: It is so\n  where: Answers.\n${decided}`,
    '1:3: missing key "falsifiedBy"',
  ],
  ['a verdict in its place', said('It is so', '  trueIf: { stale-scopes/example/first: pass }\n'), '4:41: '],
  ['an unknown key', said('It is so', `  note: x\n${decided}`), '4:3: '],
  ['broken YAML', '- statement: "1\n', '1:'],
])('%s is a fault with its place', (_name, text, fault) => {
  expect(() => factChecksOf(text, 'fact-checks.yaml', EXAMPLES)).toThrow(`fact-checks.yaml:${fault}`);
});

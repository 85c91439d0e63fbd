import { expect, test } from 'vitest';
import { EXIT } from '../exit.ts';
import { FIXES } from './fixes.ts';
import { LOCALITY } from './locality.ts';
import { buildsOf } from './mutant.ts';
import { describeTableResult, exitCodeOfTable, renderTableResults, type TableFate } from './table-result.ts';

const [build] = buildsOf(LOCALITY);
const [fix] = buildsOf(FIXES);
if (build === undefined || fix === undefined) throw new Error('there are mutants and fixes');

const WEAKER: TableFate = {
  kind: 'weaker',
  findings: ['remote-admission', 'remote-admission', 'unlogged'],
  properties: ['boundary/table/a', 'boundary/table/b'],
};
const NOTHING: TableFate = { kind: 'not-noticed', findings: [], properties: [] };

test('a mutant need not be noticed by the table, and a fix must not be called weaker', () => {
  const codes = ([WEAKER, { ...WEAKER, kind: 'broken' }, NOTHING] as const).map((fate) =>
    [build, fix].map((each) => exitCodeOfTable({ build: each, fate })),
  );
  expect(codes).toEqual([
    [EXIT.holds, EXIT.failed],
    [EXIT.holds, EXIT.holds],
    [EXIT.holds, EXIT.holds],
  ]);
  expect(exitCodeOfTable({ build, fate: { kind: 'not-known', report: 'reports/x' } })).toBe(EXIT.environment);
  expect(exitCodeOfTable({ build, fate: { kind: 'interrupted' } })).toBe(EXIT.interrupted);
});

test('a result says what the comparison finds, and which properties it breaks', () => {
  expect(describeTableResult({ build, fate: WEAKER }, '3 min')).toBe(
    `weaker      ${build.mutant.id} on ${build.release}, 3 min: Remote clients get in (2); The head no longer logs it; breaks boundary/table/a and boundary/table/b`,
  );
  expect(describeTableResult({ build, fate: NOTHING }, '3 min')).toContain(': nothing');
});

test('the table counts the mutants that a gate would stop', () => {
  const text = renderTableResults([
    { build, fate: WEAKER },
    { build: fix, fate: NOTHING },
  ]);
  expect(text).toContain('notices 1 of 2 mutants.');
  expect(text).toContain(`| \`${build.mutant.id}\` | ${build.release} | weaker |`);
});

import { expect, test } from 'vitest';
import { groupByPrefix } from './by-prefix.ts';
import { leastCallersOf, showsLeastCallers } from './least-callers.ts';
import { ALLOWED, matrixWith } from './matrix.fixture.ts';
import { nameOfRow, OVER_HTTP } from './matrix.ts';

const leastIn = (matrix: ReturnType<typeof matrixWith>) =>
  matrix.rows.map((row) => [nameOfRow(row), ...leastCallersOf(row)]);

test('the least callers are the scopes that suffice, without those that imply another', () => {
  expect(leastIn(matrixWith())).toEqual([
    ['agents.list', 'read'],
    ['config.set', 'admin'],
    ['health', 'anyone'],
    ['node.event', 'node'],
    ['plugin.run', 'admin'],
    ['talk.config (includeSecrets)', 'talk.secrets'],
  ]);
});

test('scopes that do not imply each other are all named', () => {
  const both = matrixWith({ 'agents.list': { 'remote/pairing': ALLOWED } }).rows.slice(0, 1);
  expect(both.map(leastCallersOf)).toEqual([['pairing', 'read']]);
});

test('rows are grouped by the beginning of the method and by their least callers', () => {
  const { rows } = matrixWith();
  expect(groupByPrefix([...rows, ...rows.slice(0, 1)], () => 'x').slice(0, 2)).toEqual([
    { prefix: 'agents', least: 'x', rows: ['agents.list', 'agents.list'] },
    { prefix: 'config', least: 'x', rows: ['config.set'] },
  ]);
});

test('the least callers of a call over HTTP, and of one without callers with the right, are not told', () => {
  const [shown] = matrixWith().rows;
  if (shown === undefined) throw new Error('the matrix has rows');
  const { 'remote/admin': _, ...others } = shown.answers;
  expect([shown, { ...shown, given: OVER_HTTP }, { ...shown, answers: others }].map(showsLeastCallers)).toEqual([
    true,
    false,
    false,
  ]);
});

import { expect, test } from 'vitest';
import { groupByPrefix } from './by-prefix.ts';
import { leastCallersOf } from './least-callers.ts';
import { ALLOWED, matrixWith } from './matrix.fixture.ts';
import { nameOfRow } from './matrix.ts';

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
  expect(
    groupByPrefix([...rows, ...rows.slice(0, 1)], (row) => (row.declared === 'node' ? null : 'x')).slice(0, 2),
  ).toEqual([
    { prefix: 'agents', least: 'x', rows: ['agents.list', 'agents.list'] },
    { prefix: 'config', least: 'x', rows: ['config.set'] },
  ]);
});

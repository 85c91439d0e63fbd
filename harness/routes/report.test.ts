import { expect, test } from 'vitest';
import type { RouteChange } from './compare.ts';
import { sampleReport } from './report.fixture.ts';
import { exitCodeOf, routesReportSchema } from './report.ts';

const change = (kind: RouteChange['kind']) => ({
  base: 'a',
  head: 'b',
  routes: [{ route: 'models', kind, gained: ['no-credential from-lan'], lost: [] }],
  unplayed: [],
});

test('a weakened route outranks a finding, and a finding what is not known', () => {
  const { findings } = sampleReport();
  expect([
    exitCodeOf(findings, change('weakened')),
    exitCodeOf(findings, change('undecided')),
    exitCodeOf([], change('undecided')),
    exitCodeOf([], change('new')),
    exitCodeOf([], change('wider')),
    exitCodeOf([], change('tightened')),
    exitCodeOf(findings, null),
    exitCodeOf([], null),
  ]).toEqual([4, 1, 3, 0, 0, 0, 1, 0]);
});

test('a report is read as it was written', () => {
  const report = sampleReport();
  expect(routesReportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
});

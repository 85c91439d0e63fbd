import { expect, test } from 'vitest';
import type { RouteChange } from './compare.ts';
import { gatewayWith, playedRoute, routeOn } from './played.fixture.ts';
import { sampleReport } from './report.fixture.ts';
import { exitCodeOf, gapOf, routesReportSchema } from './report.ts';

const change = (kind: RouteChange['kind']) => ({
  base: 'a',
  head: 'b',
  routes: [{ route: 'models', kind, gained: ['no-credential from-lan'], lost: [] }],
  unplayed: [],
});

const models = playedRoute(routeOn('2026.9.6', 'models'));
const SOUND = gatewayWith('2026.9.6', models);
const FAILING = gatewayWith(
  '2026.9.6',
  { ...models, outcomes: { 'no-credential from-lan': 'error', 'shared-secret from-lan': 'timeout' } },
  models,
);

test('a gateway that answers each plain request to a route with an error is not green', () => {
  expect([gapOf(SOUND), gapOf(FAILING)]).toEqual([
    null,
    'each plain request to models ended with an error or without an answer',
  ]);
  expect([exitCodeOf([], null, SOUND), exitCodeOf([], null, FAILING)]).toEqual([0, 3]);
});

test('a weakened route outranks a finding, and a finding what is not known', () => {
  const { findings } = sampleReport();
  expect([
    exitCodeOf(findings, change('weakened'), SOUND),
    exitCodeOf(findings, change('undecided'), SOUND),
    exitCodeOf([], change('undecided'), SOUND),
    exitCodeOf([], change('new'), SOUND),
    exitCodeOf([], change('wider'), SOUND),
    exitCodeOf([], change('tightened'), SOUND),
    exitCodeOf(findings, null, SOUND),
    exitCodeOf([], null, SOUND),
  ]).toEqual([4, 1, 3, 0, 0, 0, 1, 0]);
});

test('a report is read as it was written', () => {
  const report = sampleReport();
  expect(routesReportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
});

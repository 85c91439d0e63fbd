import { expect, test } from 'vitest';
import { gatewayWith, playedRoute, routeOn } from '../routes/played.fixture.ts';
import { MUTANT_ROUTES, noticedInRoutes } from './routes-survey.ts';

const RELEASE = '2026.9.6';
const MODELS = routeOn(RELEASE, 'models');
const base = gatewayWith(RELEASE, playedRoute(MODELS));
const open = gatewayWith(RELEASE, playedRoute(MODELS, { 'no-credential from-lan': 'served' }));

test('an unchanged gateway shows nothing', () => {
  expect(noticedInRoutes(base, base)).toEqual({ gains: [], breaches: [] });
});

test('a request that opens a route shows in the comparison and breaks a property', () => {
  const { gains, breaches } = noticedInRoutes(base, open);
  expect(gains).toEqual(['weakened: models: no-credential from-lan']);
  expect(breaches).toEqual([
    { property: 'a-secret-is-needed', where: 'models', by: ['no-credential from-lan'], seen: 'served' },
  ]);
});

test('what is wrong about the unchanged release is not noticed of a mutant', () => {
  expect(noticedInRoutes(open, open)).toEqual({ gains: [], breaches: [] });
});

test('a request that no longer opens a route is not noticed', () => {
  expect(noticedInRoutes(open, base)).toEqual({ gains: [], breaches: [] });
});

test('routes are kept and read again, unless they were played with other requests', () => {
  const stored = JSON.parse(JSON.stringify(MUTANT_ROUTES.toStored(open)));
  expect(MUTANT_ROUTES.fromStored(stored)).toEqual(open);
  stored.routes[0].digest = 'other';
  expect(MUTANT_ROUTES.fromStored(stored)).toBeNull();
  expect(MUTANT_ROUTES.fromStored({})).toBeNull();
});

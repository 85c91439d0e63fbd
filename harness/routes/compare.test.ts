import { expect, test } from 'vitest';
import { compareRoutes } from './compare.ts';
import { gatewayWith, playedRoute, routeOn } from './played.fixture.ts';

const tools = routeOn('2026.9.6', 'tools-invoke');
const base = gatewayWith('2026.9.5', playedRoute(tools));
const head = (but: Parameters<typeof playedRoute>[1]) => gatewayWith('2026.9.6', playedRoute(tools, but));

test('a gateway that is compared with itself has no difference', () => {
  expect(compareRoutes(base, base)).toEqual({ base: '2026.9.5', head: '2026.9.5', routes: [], unplayed: [] });
});

test('a request that opens a route now weakens it, whatever else is refused now', () => {
  expect(
    compareRoutes(base, head({ 'no-credential from-lan': 'past', 'shared-secret from-lan': 'denied-403' })).routes,
  ).toEqual([
    {
      route: 'tools-invoke',
      kind: 'weakened',
      gained: ['no-credential from-lan'],
      lost: ['shared-secret from-lan'],
    },
  ]);
});

test('a promised credential that opens a route in more ways weakens nothing', () => {
  const wider = head({ 'shared-secret from-lan GET trailing-slash': 'past' });
  expect(compareRoutes(base, wider).routes).toEqual([
    { route: 'tools-invoke', kind: 'wider', gained: ['shared-secret from-lan GET trailing-slash'], lost: [] },
  ]);
});

test('a request that no longer opens a route tightens it, and another way of refusing is no difference', () => {
  expect(
    compareRoutes(base, head({ 'shared-secret from-lan': 'rejected', 'no-credential from-lan': 'not-found' })).routes,
  ).toEqual([{ route: 'tools-invoke', kind: 'tightened', gained: [], lost: ['shared-secret from-lan'] }]);
});

test('a request whose outcome is not known on one of the two is undecided', () => {
  const unknown = head({ 'no-credential from-lan': 'error', 'shared-secret from-lan': 'timeout' });
  expect(compareRoutes(base, unknown).routes).toEqual([
    {
      route: 'tools-invoke',
      kind: 'undecided',
      gained: ['no-credential from-lan', 'shared-secret from-lan'],
      lost: [],
    },
  ]);
  expect(compareRoutes(unknown, unknown).routes).toEqual([]);
});

test('a route that only one of the two has is new or gone, and the worst change comes first', () => {
  const models = routeOn('2026.9.6', 'models');
  const there = playedRoute(models);
  const missing = {
    ...there,
    outcomes: { 'shared-secret from-lan': 'page', 'no-credential from-lan': 'not-found' } as const,
  };
  const opened = Object.keys(there.outcomes).filter((id) => there.outcomes[id] === 'served');
  const weakened = playedRoute(tools, { 'no-credential from-lan': 'past' });
  expect(
    compareRoutes(gatewayWith('a', missing, playedRoute(tools)), gatewayWith('b', there, weakened)).routes,
  ).toEqual([
    { route: 'tools-invoke', kind: 'weakened', gained: ['no-credential from-lan'], lost: [] },
    { route: 'models', kind: 'new', gained: opened, lost: [] },
  ]);
  expect(compareRoutes(gatewayWith('a', there), gatewayWith('b')).routes).toEqual([
    { route: 'models', kind: 'gone', gained: [], lost: opened },
  ]);
  expect(compareRoutes(gatewayWith('a', missing), gatewayWith('b', missing)).routes).toEqual([]);
});

test('a route is undecided, not gone and not new, if each plain request ends with an error', () => {
  const models = routeOn('2026.9.6', 'models');
  const there = playedRoute(models);
  const opened = Object.keys(there.outcomes).filter((id) => there.outcomes[id] === 'served');
  const failing = {
    ...there,
    outcomes: { 'shared-secret from-lan': 'error', 'no-credential from-lan': 'timeout' } as const,
  };
  const undecided = [{ route: 'models', kind: 'undecided', gained: opened, lost: [] }];
  expect(compareRoutes(gatewayWith('a', there), gatewayWith('b', failing)).routes).toEqual(undecided);
  expect(compareRoutes(gatewayWith('a', failing), gatewayWith('b', there)).routes).toEqual(undecided);
  expect(compareRoutes(gatewayWith('a', failing), gatewayWith('b', failing)).routes).toEqual([]);
  const decided = { ...failing, outcomes: { ...failing.outcomes, 'no-credential from-lan': 'not-found' } as const };
  expect(compareRoutes(gatewayWith('a', there), gatewayWith('b', decided)).routes).toEqual([
    { route: 'models', kind: 'gone', gained: [], lost: opened },
  ]);
});

test('a path that only the sources of the head have, and that nobody requested, is named', () => {
  const unwritten = [{ path: '/new', module: 'src/gateway/new-http.ts' }];
  expect(compareRoutes(base, { ...head({}), unwritten }).unplayed).toEqual(['/new']);
  expect(compareRoutes({ ...base, unwritten }, { ...head({}), unwritten }).unplayed).toEqual([]);
});

import { expect, test } from 'vitest';
import { findingsOf, withoutFindings } from './findings.ts';
import { gatewayWith, playedRoute, routeOn } from './played.fixture.ts';

const RELEASE = '2026.9.6';
const sound = playedRoute(routeOn(RELEASE, 'panel'));
const open = playedRoute(routeOn(RELEASE, 'models'), { 'no-credential from-lan': 'served' });
const gateway = {
  ...gatewayWith(RELEASE, sound, open),
  unwritten: [{ path: '/debug', module: 'src/gateway/debug-http.ts' }],
};

test('findings name the property, the route and the requests, and each path that nobody wrote down', () => {
  expect(findingsOf(gateway)).toEqual([
    {
      property: 'a-secret-is-needed',
      statement: 'A route that is not public opens to nobody who shows nothing or a wrong secret.',
      where: 'models',
      requests: ['no-credential from-lan'],
      seen: 'served',
    },
    {
      property: 'every-route-is-written-down',
      statement: 'Every path in the sources of a release is played, or is known not to be a route.',
      where: '/debug',
      requests: [],
      seen: 'src/gateway/debug-http.ts',
    },
  ]);
});

test('what others may read lacks the routes and paths of findings', () => {
  expect(withoutFindings(gateway, findingsOf(gateway))).toEqual(gatewayWith(RELEASE, sound));
});

test('a version that cannot be read counts as the newest, and a gateway without findings has none', () => {
  expect(findingsOf(gatewayWith('dev', open)).map(({ where }) => where)).toEqual(['models']);
  expect(findingsOf({ ...gatewayWith(RELEASE, sound), unwritten: null })).toEqual([]);
});

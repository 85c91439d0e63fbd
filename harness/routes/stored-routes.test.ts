import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OUTCOMES } from './outcome.ts';
import { gatewayWith, playedRoute, routeOn } from './played.fixture.ts';
import { requestId, requestsFor } from './request-cell.ts';
import { fromStored, toStored } from './stored-routes.ts';

const RELEASE = '2026.9.6';
const panel = routeOn(RELEASE, 'panel');

test('what is stored is read again as it was', () => {
  const requests = requestsFor(panel).map(requestId);
  const outcomes = fc.array(fc.constantFrom(...OUTCOMES), { minLength: requests.length, maxLength: requests.length });
  fc.assert(
    fc.property(outcomes, (drawn) => {
      const but = Object.fromEntries(requests.map((request, index) => [request, drawn[index] ?? 'unread']));
      const gateway = gatewayWith(RELEASE, playedRoute(panel, but));
      expect(fromStored(toStored(gateway))).toEqual({ played: gateway, stale: [] });
    }),
    { numRuns: 20 },
  );
});

test('only outcomes other than the most frequent one are listed', () => {
  const request = 'no-credential from-lan TRACE';
  const but = Object.fromEntries(requestsFor(panel).map((cell) => [requestId(cell), 'served' as const]));
  const played = playedRoute(panel, { ...but, [request]: 'method-refused' }, [{ kind: 'trace', request, what: '200' }]);
  expect(toStored(gatewayWith(RELEASE, played))).toEqual({
    version: RELEASE,
    unwritten: [],
    routes: [
      {
        id: 'panel',
        digest: expect.stringMatching(/^[0-9a-f]{12}$/),
        mostly: 'served',
        but: { 'method-refused': [requestsFor(panel).map(requestId).indexOf(request)] },
        faults: [{ kind: 'trace', request, what: '200' }],
      },
    ],
  });
});

test('a route that was played with other requests is not read', () => {
  const stored = toStored(gatewayWith(RELEASE, playedRoute(panel)));
  const other = { ...stored, routes: stored.routes.map((route) => ({ ...route, digest: 'of another' })) };
  expect(fromStored(other)).toEqual({ played: gatewayWith(RELEASE), stale: ['panel'] });
});

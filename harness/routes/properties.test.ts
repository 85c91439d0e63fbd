import { expect, test } from 'vitest';
import type { Outcome } from './outcome.ts';
import { playedRoute, routeOn } from './played.fixture.ts';
import type { Fault } from './played-routes.ts';
import { ROUTE_PROPERTIES } from './properties.ts';

const RELEASE = '2026.9.6';

/** The properties that a route with these outcomes breaks, each with its breaches. */
function broken(id: string, but: Readonly<Record<string, Outcome>>, faults: readonly Fault[] = []) {
  const route = routeOn(RELEASE, id);
  const played = playedRoute(route, but, faults);
  const all = ROUTE_PROPERTIES.map((property) => [property.id, property.breaches(route, played)] as const);
  return Object.fromEntries(all.filter(([, breaches]) => breaches.length > 0));
}

test('a route that keeps its promise breaks nothing', () => {
  for (const id of ['tools-invoke', 'hooks-wake', 'panel', 'join-code']) expect(broken(id, {})).toEqual({});
});

test('a secret is needed in the plain way, and one of another kind is none', () => {
  expect(
    broken('tools-invoke', {
      'no-credential from-lan': 'past',
      'wrong-secret from-proxy': 'past',
      'hook-token from-lan': 'served',
      'device-token from-loopback': 'past',
      'secret-in-query from-lan': 'past',
    }),
  ).toEqual({
    'a-secret-is-needed': [{ requests: ['no-credential from-lan', 'wrong-secret from-proxy'], seen: 'past' }],
    'other-tokens-are-no-secret': [
      { requests: ['device-token from-loopback'], seen: 'past' },
      { requests: ['hook-token from-lan'], seen: 'served' },
    ],
    'no-secret-in-the-query': [{ requests: ['secret-in-query from-lan'], seen: 'past' }],
    'local-is-no-credential': [{ requests: ['device-token from-loopback'], seen: 'past' }],
  });
});

test('a form, a header or a method that opens is named by what it changes, unless the plain way opens too', () => {
  expect(
    broken('tools-invoke', {
      'no-credential from-lan double-slash': 'past',
      'no-credential from-lan claims-loopback': 'past',
      'no-credential from-lan HEAD': 'past',
    }),
  ).toEqual({
    'no-path-form-opens': [{ requests: ['no-credential from-lan double-slash'], seen: 'past' }],
    'no-header-opens': [{ requests: ['no-credential from-lan claims-loopback'], seen: 'past' }],
    'no-method-opens': [{ requests: ['no-credential from-lan HEAD'], seen: 'past' }],
  });
  expect(
    broken('tools-invoke', { 'no-credential from-lan': 'past', 'no-credential from-lan double-slash': 'past' }),
  ).toEqual({ 'a-secret-is-needed': [{ requests: ['no-credential from-lan'], seen: 'past' }] });
});

test('a route that the promised credential does not open keeps legitimate users out', () => {
  expect(
    broken('tools-invoke', { 'shared-secret from-lan': 'denied-401', 'shared-secret from-proxy': 'not-found' }),
  ).toEqual({ 'the-promised-credential-opens': [{ requests: ['shared-secret from-lan'], seen: 'denied-401' }] });
});

test('a ticket route opens to no credential', () => {
  expect(broken('join-code', { 'shared-secret from-lan': 'served' })).toEqual({
    'other-tokens-are-no-secret': [{ requests: ['shared-secret from-lan'], seen: 'served' }],
  });
});

test('each fault of an answer breaks its property', () => {
  const request = 'no-credential from-lan';
  expect(
    broken('panel', {}, [
      { kind: 'secret', request, what: 'token' },
      { kind: 'trace', request, what: '200' },
      { kind: 'foreign-origin', request, what: 'access-control-allow-origin: null' },
      { kind: 'compression', request, what: 'permessage-deflate' },
    ]),
  ).toEqual({
    'no-secret-in-an-answer': [{ requests: [request], seen: 'token' }],
    'trace-is-refused': [{ requests: [request], seen: '200' }],
    'foreign-pages-read-nothing': [{ requests: [request], seen: 'access-control-allow-origin: null' }],
    'sockets-are-not-compressed': [{ requests: [request], seen: 'permessage-deflate' }],
  });
});

test('ids of properties are unique', () => {
  const ids = ROUTE_PROPERTIES.map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)]);
});

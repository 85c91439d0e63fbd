import { expect, test } from 'vitest';
import { ANYBODY, OWNER, TICKET } from './http-route.ts';
import { PLAIN_REQUEST, type RequestCell, requestId, requestsFor, sameBut, VALUES } from './request-cell.ts';

const DIMENSIONS = ['credential', 'place', 'method', 'form', 'host', 'origin', 'forwarded'] as const;

/** Every pair of values of two dimensions. */
function pairs(): string[] {
  return DIMENSIONS.flatMap((one, index) =>
    DIMENSIONS.slice(index + 1).flatMap((other) => VALUES[one].flatMap((a) => VALUES[other].map((b) => `${a} ${b}`))),
  );
}

const pairsIn = (cell: RequestCell): string[] =>
  DIMENSIONS.flatMap((one, index) => DIMENSIONS.slice(index + 1).map((other) => `${cell[one]} ${cell[other]}`));

test('a route that a secret opens gets every pair of values', () => {
  const met = new Set(requestsFor({ opensTo: OWNER }).flatMap(pairsIn));
  expect(pairs().filter((pair) => !met.has(pair))).toEqual([]);
});

test('every route gets each credential from each place, and each other value alone', () => {
  for (const opensTo of [OWNER, ANYBODY, TICKET]) {
    const ids = requestsFor({ opensTo }).map(requestId);
    expect(ids).toEqual([...new Set(ids)]);
    const shown = VALUES.credential.flatMap((credential) => VALUES.place.map((place) => `${credential} ${place}`));
    const alone = DIMENSIONS.slice(2).flatMap((name) =>
      VALUES[name].map((value) => ({ ...PLAIN_REQUEST, [name]: value })),
    );
    expect([...shown, ...alone.map(requestId)].filter((id) => !ids.includes(id))).toEqual([]);
  }
});

test('the id names credential and place, and what is not plain', () => {
  expect(requestId(PLAIN_REQUEST)).toBe('no-credential from-lan');
  expect(
    requestId({
      credential: 'hook-token',
      place: 'from-proxy',
      method: 'TRACE',
      form: 'semicolon',
      host: 'foreign-host',
      origin: 'own-origin',
      forwarded: 'claims-loopback',
    }),
  ).toBe('hook-token from-proxy TRACE semicolon foreign-host own-origin claims-loopback');
});

test('cells are compared without the dimensions that are named', () => {
  const near: RequestCell = { ...PLAIN_REQUEST, place: 'from-loopback' };
  expect(sameBut(PLAIN_REQUEST, near, ['place'])).toBe(true);
  expect(sameBut(PLAIN_REQUEST, { ...near, form: 'semicolon' }, ['place'])).toBe(false);
});

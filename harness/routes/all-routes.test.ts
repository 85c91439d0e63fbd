import { expect, test } from 'vitest';
import { NPM_RELEASES } from '../scenario/releases/npm-releases.ts';
import { isRange } from '../scenario/releases/range.ts';
import { ALL_ROUTES, routesOf } from './all-routes.ts';

test('the ids of the routes of each release are unique', () => {
  for (const version of [...NPM_RELEASES, 'dev']) {
    const ids = routesOf(version).map(({ id }) => id);
    expect(ids, version).toEqual([...new Set(ids)]);
  }
});

test('each route has a range of releases, a path from the root, and an answer of its handler', () => {
  const wrong = ALL_ROUTES.filter(
    ({ releases, path, answers }) => !isRange(releases) || !path.startsWith('/') || answers.length === 0,
  );
  expect(wrong).toEqual([]);
});

test('a version that cannot be read has the routes of the newest release', () => {
  expect(routesOf('dev').map(({ id }) => id)).toEqual(routesOf('2026.9.6').map(({ id }) => id));
});

test('only a POST has a body', () => {
  expect(ALL_ROUTES.filter(({ method, body }) => (method === 'POST') !== (body !== null))).toEqual([]);
});

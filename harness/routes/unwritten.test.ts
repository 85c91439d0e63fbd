import { expect, test } from 'vitest';
import { unwrittenPaths } from './unwritten.ts';

const module = 'src/gateway/server-http.ts';

test('a path that no route plays is named, with its source file', () => {
  expect(
    unwrittenPaths('2026.9.6', [
      { module, path: '/debug' },
      { module, path: '/tools/run' },
    ]),
  ).toEqual([
    { module, path: '/debug' },
    { module, path: '/tools/run' },
  ]);
});

test('the path of a route, its beginning up to a slash, and a pattern of it are written down', () => {
  const paths = ['/tools/invoke', '/v1', '/v1/', '/v1/models/', '/sessions/:sessionKey/history', '/hooks', '/avatar'];
  expect(
    unwrittenPaths(
      '2026.9.6',
      paths.map((path) => ({ module, path })),
    ),
  ).toEqual([]);
  expect(
    unwrittenPaths('2026.9.6', [
      { module, path: '/tools/invoke/' },
      { module, path: '/tool' },
    ]),
  ).toEqual([
    { module, path: '/tools/invoke/' },
    { module, path: '/tool' },
  ]);
});

test('a path that is known to be no route is not named', () => {
  expect(unwrittenPaths('2026.9.6', [{ module, path: '/__openclaw__/cap' }])).toEqual([]);
});

test('a route of later releases does not count on an earlier one', () => {
  expect(unwrittenPaths('2026.4.1', [{ module, path: '/startupz' }])).toEqual([{ module, path: '/startupz' }]);
});

import { expect, test } from 'vitest';
import { shippedPathsIn } from './shipped-paths.ts';

test('each path is read once, with its first source file, also from the lines of a terminal', () => {
  const printed = [
    'src/gateway/hooks.ts /hooks',
    'src/gateway/server-http.ts /hooks',
    'src/gateway/server-http.ts /sessions/',
    'awk: something went wrong',
    '',
  ].join('\r\n');
  expect(shippedPathsIn(printed)).toEqual([
    { module: 'src/gateway/hooks.ts', path: '/hooks' },
    { module: 'src/gateway/server-http.ts', path: '/sessions/' },
  ]);
});

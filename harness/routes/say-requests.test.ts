import { expect, test } from 'vitest';
import { sayRequests } from './say-requests.ts';

test('many requests are counted, with the one that has the fewest values as an example', () => {
  expect(sayRequests([])).toBe('');
  expect(sayRequests(['no-credential from-lan'])).toBe('no-credential from-lan');
  expect(sayRequests(['a b c', 'z y', 'c b'])).toBe('3 requests, such as c b');
});

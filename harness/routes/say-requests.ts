import { count } from '../text/format.ts';

/** Requests in a few words: how many there are, and the plainest of them. */
export function sayRequests(requests: readonly string[]): string {
  const [plainest] = requests.toSorted((a, b) => a.split(' ').length - b.split(' ').length || (a < b ? -1 : 1));
  if (plainest === undefined) return '';
  return requests.length === 1 ? plainest : `${count(requests.length, 'request')}, such as ${plainest}`;
}

import { expect, test } from 'vitest';
import { cellId, PLAIN } from './cell.ts';
import type { CellResult } from './judge-table-property.ts';
import { IN, kept, OUT, once, seen, twice } from './reading.fixture.ts';
import { createRechecks, shownBefore } from './recheck.ts';

const PLAIN_ID = cellId(PLAIN);
const PROXY_ID = cellId({ ...PLAIN, route: 'proxy' });

const unreached: CellResult = once({ kind: 'unreached', cell: PLAIN, why: 'an earlier knock ended in silence' });

/** The cells that each of two gateways observes again, once both have their first observations. */
async function doubtedBy(base: readonly CellResult[], head: readonly CellResult[]): Promise<string[][]> {
  const doubts = createRechecks(['base', 'head'], null);
  const both = await Promise.all([doubts.doubted('base')(base), doubts.doubted('head')(head)]);
  return both.map((ids) => [...ids]);
}

test('both gateways observe the cells that differ again, and no others', async () => {
  const base = [once(seen({}, OUT)), once(seen({ route: 'proxy' }, OUT))];
  const head = [once(seen({}, IN)), once(seen({ route: 'proxy' }, OUT))];
  expect(await doubtedBy(base, head)).toEqual([[PLAIN_ID], [PLAIN_ID]]);
  expect(await doubtedBy(base, base)).toEqual([[], []]);
});

test('the first observations are compared', async () => {
  const base = [twice(seen({}, OUT), seen({}, IN))];
  expect(await doubtedBy(base, [once(seen({}, OUT))])).toEqual([[], []]);
});

test('a cell that one gateway did not reach, or does not have, does not differ', async () => {
  expect(await doubtedBy([unreached], [once(seen({}, IN))])).toEqual([[], []]);
  expect(await doubtedBy([once(seen({}, IN))], [])).toEqual([[], []]);
});

test('a gateway waits for the observations of the other one until that is over', async () => {
  const doubts = createRechecks(['base', 'head'], null);
  const mine = doubts.doubted('base')([once(seen({}, OUT))]);
  const first = await Promise.race([mine, new Promise((resolve) => setImmediate(resolve, 'it waits'))]);
  expect(first).toBe('it waits');
  doubts.over('head');
  expect([...(await mine)]).toEqual([]);
});

test('the observations of a table still count when it is over', async () => {
  const doubts = createRechecks(['base', 'head'], null);
  const head = doubts.doubted('head')([once(seen({}, IN))]);
  doubts.over('head');
  expect([...(await doubts.doubted('base')([once(seen({}, OUT))]))]).toEqual([PLAIN_ID]);
  expect([...(await head)]).toEqual([PLAIN_ID]);
});

test('a stored table replaces the other gateway, and nothing is waited for', async () => {
  const doubts = createRechecks(['head'], shownBefore([kept({}, OUT), kept({ route: 'proxy' }, OUT)]));
  const cellResults = [once(seen({}, OUT)), once(seen({ route: 'proxy' }, IN))];
  expect([...(await doubts.doubted('head')(cellResults))]).toEqual([PROXY_ID]);
});

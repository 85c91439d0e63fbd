import { expect, test } from 'vitest';
import { cellId, PLAIN } from './cell.ts';
import type { CellResult } from './judge-table-property.ts';
import { IN, kept, OUT, once, seen, twice } from './reading.fixture.ts';
import { createRechecks, shownBefore } from './recheck.ts';

const PLAIN_ID = cellId(PLAIN);
const PROXY_ID = cellId({ ...PLAIN, door: 'proxy' });

const unreached: CellResult = once({ kind: 'unreached', cell: PLAIN, why: 'an earlier knock ended in silence' });

/** What each of two gateways that are played beside each other doubts, once both have shown their first look. */
async function doubtedBy(base: readonly CellResult[], head: readonly CellResult[]): Promise<string[][]> {
  const doubts = createRechecks(['base', 'head'], null);
  const both = await Promise.all([doubts.doubted('base')(base), doubts.doubted('head')(head)]);
  return both.map((ids) => [...ids]);
}

test('both gateways doubt the cells that they do not agree on, and no others', async () => {
  const base = [once(seen({}, OUT)), once(seen({ door: 'proxy' }, OUT))];
  const head = [once(seen({}, IN)), once(seen({ door: 'proxy' }, OUT))];
  expect(await doubtedBy(base, head)).toEqual([[PLAIN_ID], [PLAIN_ID]]);
  expect(await doubtedBy(base, base)).toEqual([[], []]);
});

test('it is the first look that is doubted', async () => {
  const base = [twice(seen({}, OUT), seen({}, IN))];
  expect(await doubtedBy(base, [once(seen({}, OUT))])).toEqual([[], []]);
});

test('a cell that one of them never reached, or does not have, is no doubt', async () => {
  expect(await doubtedBy([unreached], [once(seen({}, IN))])).toEqual([[], []]);
  expect(await doubtedBy([once(seen({}, IN))], [])).toEqual([[], []]);
});

test('a gateway that shows its table waits for the other one, until that is over', async () => {
  const doubts = createRechecks(['base', 'head'], null);
  const mine = doubts.doubted('base')([once(seen({}, OUT))]);
  const first = await Promise.race([mine, new Promise((resolve) => setImmediate(resolve, 'it waits'))]);
  expect(first).toBe('it waits');
  doubts.over('head');
  expect([...(await mine)]).toEqual([]);
});

test('that a table is over takes nothing back of what it showed', async () => {
  const doubts = createRechecks(['base', 'head'], null);
  const head = doubts.doubted('head')([once(seen({}, IN))]);
  doubts.over('head');
  expect([...(await doubts.doubted('base')([once(seen({}, OUT))]))]).toEqual([PLAIN_ID]);
  expect([...(await head)]).toEqual([PLAIN_ID]);
});

test('a stored table stands for the gateway that showed it, and nobody is waited for', async () => {
  const doubts = createRechecks(['head'], shownBefore([kept({}, OUT), kept({ door: 'proxy' }, OUT)]));
  const cellResults = [once(seen({}, OUT)), once(seen({ door: 'proxy' }, IN))];
  expect([...(await doubts.doubted('head')(cellResults))]).toEqual([PROXY_ID]);
});

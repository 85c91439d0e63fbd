import { expect, test } from 'vitest';
import { cellId, DIMENSION_NAMES, isPossible, PLAIN, valuesOf } from './cell.ts';
import { cellsOf, combinationsIn, feasibleCombinations } from './covering-array.ts';
import { ORIGINS, PAGES } from './dimensions.ts';

const quick = cellsOf('quick');

test('the quick table covers every pair of values that one client can have at once', () => {
  const met = new Set(quick.flatMap((cell) => combinationsIn(cell, 2)));
  expect([...feasibleCombinations(2).keys()].filter((key) => !met.has(key))).toEqual([]);
});

test('each value is in a cell with otherwise plain values, from another machine and from the same', () => {
  const names = new Set(quick.map(cellId));
  const alone = DIMENSION_NAMES.flatMap((name) => valuesOf(name).map((value) => ({ ...PLAIN, [name]: value })));
  for (const cell of alone.filter(isPossible)) {
    expect(names).toContain(cellId(cell));
    expect(names).toContain(cellId({ ...cell, route: 'loopback' }));
  }
});

test('each foreign page is in a cell without another cause of refusal', () => {
  const names = new Set(quick.map(cellId));
  const foreign = valuesOf('origin').filter((origin) => ORIGINS[origin].foreign);
  for (const kind of PAGES)
    for (const origin of foreign.filter((each) => each !== 'origin-of-the-name')) {
      expect(names).toContain(cellId({ ...PLAIN, route: 'loopback', kind, origin }));
      expect(names).toContain(cellId({ ...PLAIN, kind, origin, prior: 'paired-read' }));
    }
  const rebound = { ...PLAIN, kind: 'webchat', host: 'host-name', origin: 'origin-of-the-name' } as const;
  expect(names).toContain(cellId({ ...rebound, route: 'loopback' }));
  expect(names).toContain(cellId({ ...rebound, prior: 'paired-read' }));
});

test('the cells of a table are possible, unique, and always in the same order', () => {
  expect(quick.filter((cell) => !isPossible(cell))).toEqual([]);
  const names = quick.map(cellId);
  expect(names).toEqual([...new Set(names)].sort());
  expect(cellsOf('quick').map(cellId)).toEqual(names);
});

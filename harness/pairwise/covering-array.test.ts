import { expect, test } from 'vitest';
import { canBe, cellId, DIMENSION_NAMES, PLAIN, valuesOf } from './cell.ts';
import { cellsOf, feasible, metIn } from './covering-array.ts';
import { ORIGINS, PAGES } from './dimensions.ts';

const quick = cellsOf('quick');

test('every two values that one client can have at once are met in the quick table', () => {
  const met = new Set(quick.flatMap((cell) => metIn(cell, 2)));
  expect([...feasible(2).keys()].filter((key) => !met.has(key))).toEqual([]);
});

test('each value is met alone, with everything else plain, from another machine and from here', () => {
  const names = new Set(quick.map(cellId));
  const alone = DIMENSION_NAMES.flatMap((name) => valuesOf(name).map((value) => ({ ...PLAIN, [name]: value })));
  for (const cell of alone.filter(canBe)) {
    expect(names).toContain(cellId(cell));
    expect(names).toContain(cellId({ ...cell, door: 'loopback' }));
  }
});

test('each foreign page is met where nothing else would keep it out', () => {
  const names = new Set(quick.map(cellId));
  const foreign = valuesOf('origin').filter((origin) => ORIGINS[origin].foreign);
  for (const kind of PAGES)
    for (const origin of foreign.filter((each) => each !== 'origin-of-the-name')) {
      expect(names).toContain(cellId({ ...PLAIN, door: 'loopback', kind, origin }));
      expect(names).toContain(cellId({ ...PLAIN, kind, origin, prior: 'paired-read' }));
    }
  const rebound = { ...PLAIN, kind: 'webchat', host: 'host-name', origin: 'origin-of-the-name' } as const;
  expect(names).toContain(cellId({ ...rebound, door: 'loopback' }));
  expect(names).toContain(cellId({ ...rebound, prior: 'paired-read' }));
});

test('cells can be, are there once, and stand in the same order whenever they are asked for', () => {
  expect(quick.filter((cell) => !canBe(cell))).toEqual([]);
  const names = quick.map(cellId);
  expect(names).toEqual([...new Set(names)].sort());
  expect(cellsOf('quick').map(cellId)).toEqual(names);
});

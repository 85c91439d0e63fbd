import { expect, test } from 'vitest';
import { createOrder, orderFor, shuffled } from './order.ts';
import { cellId } from './pairwise/cell.ts';
import { cellsOf } from './pairwise/covering-array.ts';
import { freshSeed } from './seed.ts';

const THINGS = Array.from({ length: 20 }, (_, index) => index);

test('an order has everything once', () => {
  expect(
    createOrder(7)
      .shuffled(THINGS)
      .sort((a, b) => a - b),
  ).toEqual(THINGS);
});

test('a seed gives the same orders in turn, and another seed others', () => {
  const [one, same, other] = [createOrder(7), createOrder(7), createOrder(8)];
  const first = one.shuffled(THINGS);
  expect(same.shuffled(THINGS)).toEqual(first);
  expect(other.shuffled(THINGS)).not.toEqual(first);
  expect(one.shuffled(THINGS)).not.toEqual(first);
});

test('one seed gives one order of a table, two seeds give two, and each has every cell once', () => {
  const cells = cellsOf('quick');
  const order = (seed: number): string[] => shuffled(cells, seed).map(cellId);
  expect(order(1)).toEqual(order(1));
  expect(order(1)).not.toEqual(order(2));
  expect(order(1).toSorted()).toEqual(order(2).toSorted());
  expect(order(1).toSorted()).toEqual(cells.map(cellId).toSorted());
  expect(order(1)).not.toEqual(cells.map(cellId));
});

test('a seed that nobody gives is a new one each time', () => {
  const seeds = Array.from({ length: 8 }, freshSeed);
  expect(new Set(seeds).size).toBeGreaterThan(1);
  expect(seeds.filter((seed) => !Number.isInteger(seed) || seed < 0 || seed >= 2 ** 31)).toEqual([]);
});

test('nothing, and one thing, have one order', () => {
  expect(shuffled([], 7)).toEqual([]);
  expect(shuffled(['only'], 7)).toEqual(['only']);
});

test('each name has orders of its own, and the same ones again with the same seed', () => {
  const order = (seed: number, name: string): number[] => orderFor(seed, name).shuffled(THINGS);
  expect(order(7, 'a')).toEqual(order(7, 'a'));
  expect(order(7, 'a')).not.toEqual(order(7, 'b'));
  expect(order(7, 'a')).not.toEqual(order(8, 'a'));
});

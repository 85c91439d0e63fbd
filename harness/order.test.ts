import { expect, test } from 'vitest';
import { createOrder, orderFor, shuffled } from './order.ts';
import { cellId } from './pairwise/cell.ts';
import { cellsOf } from './pairwise/covering-array.ts';
import { freshSeed } from './seed.ts';

const THINGS = Array.from({ length: 20 }, (_, index) => index);

test('an order has every item once', () => {
  expect(
    createOrder(7)
      .shuffled(THINGS)
      .sort((a, b) => a - b),
  ).toEqual(THINGS);
});

test('a seed gives the same sequence of orders, and another seed a different one', () => {
  const [one, same, other] = [createOrder(7), createOrder(7), createOrder(8)];
  const first = one.shuffled(THINGS);
  expect(same.shuffled(THINGS)).toEqual(first);
  expect(other.shuffled(THINGS)).not.toEqual(first);
  expect(one.shuffled(THINGS)).not.toEqual(first);
});

test('each seed gives one order of a table, with every cell once', () => {
  const cells = cellsOf('quick');
  const order = (seed: number): string[] => shuffled(cells, seed).map(cellId);
  expect(order(1)).toEqual(order(1));
  expect(order(1)).not.toEqual(order(2));
  expect(order(1).toSorted()).toEqual(order(2).toSorted());
  expect(order(1).toSorted()).toEqual(cells.map(cellId).toSorted());
  expect(order(1)).not.toEqual(cells.map(cellId));
});

test('freshSeed gives a new seed each time', () => {
  const seeds = Array.from({ length: 8 }, freshSeed);
  expect(new Set(seeds).size).toBeGreaterThan(1);
  expect(seeds.filter((seed) => !Number.isInteger(seed) || seed < 0 || seed >= 2 ** 31)).toEqual([]);
});

test('a list without items or with one item has one order', () => {
  expect(shuffled([], 7)).toEqual([]);
  expect(shuffled(['only'], 7)).toEqual(['only']);
});

test('each name has its own orders, the same ones for the same seed', () => {
  const order = (seed: number, name: string): number[] => orderFor(seed, name).shuffled(THINGS);
  expect(order(7, 'a')).toEqual(order(7, 'a'));
  expect(order(7, 'a')).not.toEqual(order(7, 'b'));
  expect(order(7, 'a')).not.toEqual(order(8, 'a'));
});

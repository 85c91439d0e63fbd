import { expect, test } from 'vitest';
import { createOrder } from './order.ts';

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

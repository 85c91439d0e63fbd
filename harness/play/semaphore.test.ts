import { expect, test } from 'vitest';
import { createMutex } from './context.ts';
import { createSemaphore } from './semaphore.ts';

/** Works that end on request, and the indexes of those that have begun. */
function works(count: number) {
  const begun: number[] = [];
  const gates = Array.from({ length: count }, () => Promise.withResolvers<void>());
  const work = (index: number) => async () => {
    begun.push(index);
    await gates[index]?.promise;
  };
  return {
    begun,
    work,
    finish: (index: number) => gates[index]?.resolve(),
    fail: (index: number) => gates[index]?.reject(new Error('no')),
  };
}

test('no more works run than there are slots, and they begin in order', async () => {
  const { begun, work, finish } = works(4);
  const semaphore = createSemaphore(2);
  const done = [0, 1, 2, 3].map((index) => semaphore(work(index), 0));
  expect(begun).toEqual([0, 1]);
  finish(1);
  await done[1];
  expect(begun).toEqual([0, 1, 2]);
  finish(0);
  finish(2);
  finish(3);
  await Promise.all(done);
  expect(begun).toEqual([0, 1, 2, 3]);
});

test('of the works that wait, the one with the lowest rank runs next', async () => {
  const { begun, work, finish } = works(4);
  const semaphore = createSemaphore(1);
  const done = [5, 9, 1, 1].map((rank, index) => semaphore(work(index), rank));
  for (const index of [0, 1, 2, 3]) finish(index);
  await Promise.all(done);
  expect(begun).toEqual([0, 2, 3, 1]);
});

test('a work that fails gives its slot back', async () => {
  const { work, finish, fail, begun } = works(2);
  const semaphore = createSemaphore(1);
  const first = semaphore(work(0), 0);
  const second = semaphore(work(1), 0);
  fail(0);
  await expect(first).rejects.toThrow('no');
  finish(1);
  await second;
  expect(begun).toEqual([0, 1]);
});

test('a mutex runs the next work after a failure', async () => {
  const runExclusive = createMutex();
  const failed = runExclusive(() => Promise.reject(new Error('no')));
  const next = runExclusive(async () => 'next');
  await expect(failed).rejects.toThrow('no');
  expect(await next).toBe('next');
});

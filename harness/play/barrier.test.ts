import { expect, test } from 'vitest';
import { type BarrierAccess, createBarrier } from './barrier.ts';

/** Goes through the points of the barrier, and notes each point after all steps have reached it. */
async function passBoth(name: string, place: BarrierAccess, notes: string[]): Promise<void> {
  await place.at('ready');
  notes.push(`${name} sends`);
  await place.at('over');
  notes.push(`${name} reads`);
}

function barrierFor(count: number): [BarrierAccess, ...BarrierAccess[]] {
  const [first, ...others] = createBarrier(count);
  if (first === undefined) throw new Error('a barrier for no steps');
  return [first, ...others];
}

test('no step sends before all are ready, and none reads the list before all have sent', async () => {
  const notes: string[] = [];
  const [late, ...others] = barrierFor(3);
  const going = others.map((place, index) => passBoth(`${index}`, place, notes));
  await new Promise(setImmediate);
  expect(notes).toEqual([]);
  await Promise.all([...going, passBoth('late', late, notes)]);
  expect(notes.slice(0, 3).every((note) => note.endsWith('sends'))).toBe(true);
  expect(notes.slice(3).every((note) => note.endsWith('reads'))).toBe(true);
  expect(notes).toHaveLength(6);
});

test('the others do not wait for a step that has left', async () => {
  const notes: string[] = [];
  const [gone, ...others] = barrierFor(2);
  gone.leave();
  await Promise.all(others.map((place, index) => passBoth(`${index}`, place, notes)));
  expect(notes).toEqual(['0 sends', '0 reads']);
});

test('a step that reports the second point has passed the first one too', async () => {
  const notes: string[] = [];
  const [refused, ...others] = barrierFor(2);
  await Promise.all([refused.at('over'), ...others.map((place, index) => passBoth(`${index}`, place, notes))]);
  expect(notes).toEqual(['0 sends', '0 reads']);
});

import { expect, test } from 'vitest';
import { type BarrierSeat, createBarrier } from './barrier.ts';

/** Takes part, and notes down each point once everyone has come to it. */
async function takePart(name: string, seat: BarrierSeat, notes: string[]): Promise<void> {
  await seat.at('ready');
  notes.push(`${name} asks`);
  await seat.at('over');
  notes.push(`${name} looks`);
}

function seatsFor(count: number): [BarrierSeat, ...BarrierSeat[]] {
  const [first, ...others] = createBarrier(count);
  if (first === undefined) throw new Error('a meeting without seats');
  return [first, ...others];
}

test('nobody asks before all are ready, and nobody looks before all have asked', async () => {
  const notes: string[] = [];
  const [late, ...others] = seatsFor(3);
  const going = others.map((seat, index) => takePart(`${index}`, seat, notes));
  await new Promise(setImmediate);
  expect(notes).toEqual([]);
  await Promise.all([...going, takePart('late', late, notes)]);
  expect(notes.slice(0, 3).every((note) => note.endsWith('asks'))).toBe(true);
  expect(notes.slice(3).every((note) => note.endsWith('looks'))).toBe(true);
  expect(notes).toHaveLength(6);
});

test('whoever leaves is not waited for', async () => {
  const notes: string[] = [];
  const [gone, ...others] = seatsFor(2);
  gone.leave();
  await Promise.all(others.map((seat, index) => takePart(`${index}`, seat, notes)));
  expect(notes).toEqual(['0 asks', '0 looks']);
});

test('whoever comes straight to the second point was at the first', async () => {
  const notes: string[] = [];
  const [refused, ...others] = seatsFor(2);
  await Promise.all([refused.at('over'), ...others.map((seat, index) => takePart(`${index}`, seat, notes))]);
  expect(notes).toEqual(['0 asks', '0 looks']);
});

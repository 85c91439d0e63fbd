import fc from 'fast-check';
import { expect, test } from 'vitest';
import { STABLE_RELEASES } from '../scenario/releases/npm-releases.ts';
import { bisect, type Shown } from './bisect.ts';

const RELEASES = STABLE_RELEASES.slice(0, 40);
const [FIRST = '', LAST = ''] = [RELEASES[0], RELEASES.at(-1)];

/** Releases that are good before the index `bad` and bad from it on; those in `silent` decide nothing. */
function history(bad: number, silent: ReadonlySet<number> = new Set()): (version: string) => Promise<Shown> {
  return async (version) => {
    const index = RELEASES.indexOf(version);
    if (silent.has(index)) return { kind: 'undecided', why: 'it does not boot' };
    return index >= bad ? { kind: 'bad' } : { kind: 'good' };
  };
}

test('finds the first bad release in log2 steps', async () => {
  for (let bad = 1; bad < RELEASES.length; bad += 1) {
    const { older, newer, played } = await bisect(RELEASES, { good: FIRST, play: history(bad) });
    expect([older, newer]).toEqual([RELEASES[bad - 1], RELEASES[bad]]);
    expect(played.length).toBeLessThanOrEqual(6);
  }
});

test('finds the first good release if the good end is the newer one', async () => {
  const isFixed = history(17);
  const play = async (version: string): Promise<Shown> =>
    (await isFixed(version)).kind === 'bad' ? { kind: 'good' } : { kind: 'bad' };
  expect(await bisect(RELEASES, { good: LAST, play })).toMatchObject({ older: RELEASES[16], newer: RELEASES[17] });
});

test('a release that decides nothing is left out, and named if it lies at the change', async () => {
  const { older, newer, undecided } = await bisect(RELEASES, { good: FIRST, play: history(20, new Set([19, 20])) });
  expect([older, newer]).toEqual([RELEASES[18], RELEASES[21]]);
  expect(undecided.map(({ version }) => version).sort()).toEqual([RELEASES[19], RELEASES[20]].sort());
});

test('the result has a good and a bad end, and all releases between them were played', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: RELEASES.length - 1 }),
      fc.uniqueArray(fc.integer({ min: 1, max: RELEASES.length - 2 })),
      async (bad, silent) => {
        const { older, newer, undecided } = await bisect(RELEASES, {
          good: FIRST,
          play: history(bad, new Set(silent)),
        });
        const [low, high] = [RELEASES.indexOf(older), RELEASES.indexOf(newer)];
        expect(low).toBeLessThan(bad);
        expect(high).toBeGreaterThanOrEqual(bad);
        expect(undecided).toHaveLength(high - low - 1);
      },
    ),
    { numRuns: 200 },
  );
});

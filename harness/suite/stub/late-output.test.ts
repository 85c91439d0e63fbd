import { expect, test } from 'vitest';
import { playOn, rowOf } from './play.fixture.ts';

/** How much later than its warnings the news of this gateway are read, in milliseconds. */
const LATE_MS = 50;

test('what one output of a gateway says is waited for where the other is read first', async () => {
  const right = rowOf((await playOn({})).results);
  let later: ((line: string) => void) | null = null;
  const { results } = await playOn(
    {
      lines(line) {
        if (later === null || line.includes('closed before connect')) return [line];
        setTimeout(later, LATE_MS, line);
        return [];
      },
    },
    ({ stage }) => {
      later = stage.gatewayLog.add;
    },
  );
  expect(rowOf(results)).toEqual(right);
});

import { expect, test } from 'vitest';
import { playOn, rowOf } from '../stub-gateway/stub-scenario.fixture.ts';

/** How much later than its warnings the other lines of this gateway are read, in milliseconds. */
const LATE_MS = 50;

test('the harness waits for the slower of the two outputs of a gateway', async () => {
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

import { beforeAll, expect, test } from 'vitest';
import { COSTLY } from '../stub-gateway/broken.fixture.ts';
import { playOn, type Row, rowOf } from '../stub-gateway/stub-scenario.fixture.ts';

/** Data from a gateway must not fill the memory of the harness. Each stub is played alone, while the test watches that memory. */

/** The largest growth of memory that is allowed: far less than one of the frames. */
const GROWTH_BYTES = 100e6;
const TICK_MS = 20;

async function playWatched(ways: Parameters<typeof playOn>[0]): Promise<{ row: Row; growth: number }> {
  const before = process.memoryUsage.rss();
  let peak = before;
  const timer = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, TICK_MS);
  const { results } = await playOn(ways);
  clearInterval(timer);
  return { row: rowOf(results), growth: Math.max(peak, process.memoryUsage.rss()) - before };
}

const NOBODY_PASSES: Record<keyof typeof COSTLY, Row> = {
  'sends a frame of 100 MB': {
    'first-read': 'error: unreadable',
    'local-upgrade': 'error: unreadable',
    'reads-no-list': 'not-testable: notCarriedOut',
    'remote-upgrade': 'error: unreadable',
    'remote-new': 'error: unreadable',
    'forged-header': 'error: unreadable',
    'wrong-token': 'error: unreadable',
    approve: 'not-testable: notCarriedOut',
    approved: 'error: unreadable',
  },
  'sends a frame of 100 MB instead of hello': {
    'first-read': 'error: unreadable',
    'local-upgrade': 'error: unreadable',
    'reads-no-list': 'not-testable: notCarriedOut',
    'remote-upgrade': 'not-testable: refused with 1008, pairing-required (scope-upgrade)',
    'remote-new': 'not-testable: refused with 1008, pairing-required (not-paired)',
    'forged-header': 'not-testable: refused with 1008, pairing-required (not-paired)',
    'wrong-token': 'not-testable: refused with 1008, credentials (token_mismatch)',
    approve: 'pass: answered',
    approved: 'error: unreadable',
  },
  'sends a frame of 100 MB after hello': {
    'first-read': 'error: unreadable',
    'local-upgrade': 'error: unreadable',
    'reads-no-list': 'fail: closed with 1006',
    'remote-upgrade': 'not-testable: refused with 1008, pairing-required (scope-upgrade)',
    'remote-new': 'not-testable: refused with 1008, pairing-required (not-paired)',
    'forged-header': 'not-testable: refused with 1008, pairing-required (not-paired)',
    'wrong-token': 'not-testable: refused with 1008, credentials (token_mismatch)',
    approve: 'pass: answered',
    approved: 'error: unreadable',
  },
  'sends events without end': {
    'first-read': 'error: unreadable',
    'local-upgrade': 'error: unreadable',
    'reads-no-list': 'not-testable: notCarriedOut',
    'remote-upgrade': 'not-testable: refused with 1008, pairing-required (scope-upgrade)',
    'remote-new': 'not-testable: refused with 1008, pairing-required (not-paired)',
    'forged-header': 'not-testable: refused with 1008, pairing-required (not-paired)',
    'wrong-token': 'not-testable: refused with 1008, credentials (token_mismatch)',
    approve: 'pass: answered',
    approved: 'error: unreadable',
  },
};

// One play before the measurement, so that the memory of a play itself does not count.
beforeAll(async () => {
  await playOn({});
});

test.each(Object.entries(NOBODY_PASSES))(
  'a gateway that %s fills no memory and passes nothing',
  async (name, expected) => {
    const ways = Object.entries(COSTLY).find(([each]) => each === name)?.[1] ?? {};
    const { row, growth } = await playWatched(ways);
    expect(row).toEqual(expected);
    expect(growth).toBeLessThan(GROWTH_BYTES);
  },
);

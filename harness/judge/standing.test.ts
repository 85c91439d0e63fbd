import { expect, test } from 'vitest';
import { type Standing, standingHolds, standingOf } from './standing.ts';
import { VERDICTS, type Verdict } from './verdict.ts';

const GATEWAY_SAYS: readonly (Verdict | null)[] = [...VERDICTS, null];

/** The verdicts of the head with each standing, for one verdict of the base. */
function besides(base: Verdict | null): Record<string, string> {
  const groups = Map.groupBy(GATEWAY_SAYS, (head): Standing => standingOf(base, head));
  return Object.fromEntries([...groups].map(([standing, heads]) => [standing, heads.join(' ')]));
}

const ASKED = 'error not-testable flaky';

test('each verdict of the head has a standing, by the verdict of the base', () => {
  const beside = {
    right: {
      holds: 'unexpected-pass known-deviation pass',
      regressed: 'fail reproduced',
      untold: ASKED,
      lost: 'skipped not-applicable ',
    },
    wrong: {
      holds: 'unexpected-pass known-deviation pass',
      'red-on-both': 'fail reproduced',
      untold: ASKED,
      lost: 'skipped not-applicable ',
    },
    untold: { untold: [...VERDICTS, ''].join(' ') },
    'not asked': {
      holds: 'unexpected-pass known-deviation skipped not-applicable pass ',
      regressed: 'fail reproduced',
      untold: ASKED,
    },
  };
  for (const base of ['pass', 'known-deviation', 'unexpected-pass'] as const)
    expect(besides(base)).toEqual(beside.right);
  for (const base of ['fail', 'reproduced'] as const) expect(besides(base)).toEqual(beside.wrong);
  for (const base of ['error', 'not-testable', 'flaky'] as const) expect(besides(base)).toEqual(beside.untold);
  for (const base of ['skipped', 'not-applicable', null] as const) expect(besides(base)).toEqual(beside['not asked']);
});

test('a gate holds only if the head is right, or wrong on both', () => {
  const holding = GATEWAY_SAYS.flatMap((base) =>
    GATEWAY_SAYS.flatMap((head) => (standingHolds(standingOf(base, head)) ? [`${base} ${head}`] : [])),
  );
  expect(holding.filter((pair) => /error|not-testable|flaky/.test(pair))).toEqual([]);
  expect(holding.filter((pair) => /(fail|reproduced)$/.test(pair))).toEqual([
    'fail fail',
    'fail reproduced',
    'reproduced fail',
    'reproduced reproduced',
  ]);
});

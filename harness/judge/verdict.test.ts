import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EXIT, type ExitCode } from '../exit.ts';
import {
  exitCodeOf as exitCodeOfJudged,
  holds,
  PURPOSES,
  type Purpose,
  VERDICTS,
  type Verdict,
  worst,
} from './verdict.ts';

/** The exit code of a run for this purpose whose checks have these verdicts. */
const exitCodeOf = (verdicts: readonly Verdict[], purpose: Purpose, problems: readonly ExitCode[]): ExitCode =>
  exitCodeOfJudged(
    verdicts.map((verdict) => ({ verdict, holds: holds(verdict, purpose) })),
    problems,
  );

test('each verdict has its exit code, in a run with another check that passes', () => {
  const table = VERDICTS.map((verdict) => [
    verdict,
    ...PURPOSES.map((purpose) => exitCodeOf([verdict, 'pass'], purpose, [])),
  ]);
  expect(table).toEqual([
    ['error', 3, 3, 3],
    ['fail', 1, 1, 1],
    ['reproduced', 1, 0, 1],
    ['not-testable', 1, 1, 1],
    ['unexpected-pass', 5, 5, 0],
    ['flaky', 1, 1, 1],
    ['known-deviation', 0, 0, 0],
    ['skipped', 0, 0, 0],
    ['not-applicable', 0, 0, 0],
    ['pass', 0, 0, 0],
  ]);
});

test('a verdict holds exactly if it leaves the exit code at 0', () => {
  for (const purpose of PURPOSES) {
    for (const verdict of VERDICTS) {
      expect([verdict, holds(verdict, purpose)]).toEqual([verdict, exitCodeOf([verdict, 'pass'], purpose, []) === 0]);
    }
  }
});

test('a check that is known not to hold is red, whatever its verdict', () => {
  const codes = VERDICTS.map((verdict) => [
    verdict,
    exitCodeOfJudged(
      [
        { verdict, holds: false },
        { verdict: 'pass', holds: true },
      ],
      [],
    ),
  ]);
  expect(codes.filter(([, code]) => code === EXIT.holds)).toEqual([]);
});

describe('a run that executed no check is wrong usage, not green', () => {
  test.each<[string, Verdict[]]>([
    ['no check at all', []],
    ['every check skipped', ['skipped', 'skipped']],
    ['every check not applicable', ['not-applicable']],
    ['both', ['skipped', 'not-applicable']],
  ])('%s', (_label, verdicts) => {
    for (const purpose of PURPOSES) expect(exitCodeOf(verdicts, purpose, [])).toBe(2);
  });

  test('unless the environment failed first', () => {
    expect(exitCodeOf([], 'run', [EXIT.environment])).toBe(3);
    expect(exitCodeOf([], 'run', [EXIT.stale])).toBe(2);
  });
});

test('the worst code wins: interrupted, usage, environment, weakened, failed, stale, holds', () => {
  const order: ExitCode[] = [130, 2, 3, 4, 1, 5, 0];
  expect(order.toSorted((a, b) => a - b)).toEqual(Object.values(EXIT).toSorted((a, b) => a - b));
  for (const [index, code] of order.entries()) {
    expect(worst(order.slice(index).toReversed())).toBe(code);
  }
  expect(worst([])).toBe(0);
});

test('problems outside checks count: a report that cannot be written makes a green run red', () => {
  expect(exitCodeOf(['pass'], 'run', [EXIT.environment])).toBe(3);
  expect(exitCodeOf(['pass'], 'matrix', [EXIT.stale])).toBe(5);
  expect(exitCodeOf(['fail'], 'run', [EXIT.stale])).toBe(1);
  expect(exitCodeOf(['pass'], 'run', [EXIT.interrupted, EXIT.environment])).toBe(130);
});

describe('for any verdicts and problems of a run', () => {
  const verdicts = fc.array(fc.constantFrom(...VERDICTS));
  const problems = fc.array(fc.constantFrom(...Object.values(EXIT)));
  const purpose = fc.constantFrom(...PURPOSES);

  test('the exit code is 0 only if every verdict holds, no problem is left, and something was executed', () => {
    fc.assert(
      fc.property(verdicts, purpose, problems, (seen, why, left) => {
        const green =
          seen.every((verdict) => holds(verdict, why)) &&
          left.every((code) => code === EXIT.holds) &&
          seen.some((verdict) => verdict !== 'skipped' && verdict !== 'not-applicable');
        expect(exitCodeOf(seen, why, left) === EXIT.holds).toBe(green);
      }),
    );
  });

  test('neither order nor repetition changes it', () => {
    fc.assert(
      fc.property(verdicts, purpose, problems, (seen, why, left) => {
        expect(exitCodeOf([...seen, ...seen].toReversed(), why, left.toReversed())).toBe(exitCodeOf(seen, why, left));
      }),
    );
  });
});

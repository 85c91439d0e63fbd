import { expect, test } from 'vitest';
import { HELD, reasonWith, SHIPS } from './release.fixture.ts';
import { printRelease } from './release-terminal.ts';

test('a held candidate: baselines, the heaviest reasons of each weight, and last the verdict', () => {
  expect(printRelease(HELD)).toMatchInlineSnapshot(`
    "
      latest           2026.9.6, compared
      previous-stable  2026.9.5, not run
      extended-stable  2026.7.35, not run
      floor            2026.6.34, compared
    Blockers: 1
      ✕ stale-scopes/local-write-after-read/local-upgrade: A blocker holds on the baseline and not on the candidate, against 2026.9.6 and 2026.6.34
    Clients get more: 1
      ✕ table/loopback+forwarded-loopback/knock: Remote clients get in, against 2026.9.6
    Broken otherwise: 1
      ✕ identity/example/check: A check applies to the baseline and not to the candidate, against 2026.9.6
    Stale or expiring: 1
      ✕ deviation of races/example/check on =2026.9.6: An entry of a list no longer counts
    Flaky or undecided: 1
      ✕ races/other/check: Two observations differ, against 2026.9.6
    Not run: 1
      ✕ container-home/nested-home: It was not run, against 2026.9.6
    2 reasons that nobody has published are left out, because a released gateway may have the weakness: see private/advisory.md in the report folder of the gate, and SECURITY.md. They count for this HOLD.
    850 of 889 checks pass on the candidate in every gate, and 12 were not run. 2 noted.
    HOLD: 2026.9.7-beta.1 (./openclaw-current.tgz) must not go out as a beta: 1 blocker, 1 change by which clients get more, 1 other failure, 1 stale or expiring entry, 1 undecided observation and 1 part that was not run.
    Exit code 4: clients get more than on a baseline.
    "
  `);
});

test('a candidate that ships: what is waived and noted is counted', () => {
  expect(printRelease(SHIPS)).toMatchInlineSnapshot(`
    "
      latest           2026.4.15, compared
      previous-stable  2026.4.14, compared
      extended-stable  no such release before the candidate
      floor            no such release before the candidate
    880 of 889 checks pass on the candidate in every gate, and 0 were not run. 1 waived, 1 noted.
    SHIP: nothing that was seen of 2026.4.20 speaks against it as a stable release.
    Exit code 0: the candidate can be released.
    "
  `);
});

test('the verdict fits on one screen, however many reasons of every weight there are', () => {
  const reasons = HELD.reasons.flatMap((reason) =>
    Array.from({ length: 200 }, () => ({ ...reason, effect: 'holds' as const, id: 'x'.repeat(2_000) })),
  );
  const lines = printRelease({ ...HELD, reasons }).split('\n');
  expect(lines.length).toBeLessThanOrEqual(26);
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(400);
});

test('with reasons of one weight alone, the screen has more of them', () => {
  const reasons = Array.from({ length: 20 }, (_, index) =>
    reasonWith({ outcome: 'flaky', id: `races/example/check-${index}`, text: '' }),
  );
  expect(printRelease({ ...HELD, reasons }).match(/ ✕ /g)).toHaveLength(13);
});

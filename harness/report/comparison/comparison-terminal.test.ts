import { expect, test } from 'vitest';
import { explainedWith } from '../../results/comparison.fixture.ts';
import { WEAKER } from './comparison.fixture.ts';
import { printComparison } from './comparison-terminal.ts';

test('findings come first, worst first, and the last line says whether the head can be merged', () => {
  expect(printComparison(WEAKER)).toMatchInlineSnapshot(`
    "
    1. Remote clients get in: 2 cells; 1 other observation follows from it; breaks 1 check; 1 exception that did not change: table/loopback+forwarded-loopback+backend/knock
       if    route is loopback or silent-proxy and forwarded header is forwarded-loopback
         or  host is not own-host
       base  refused: pairing-required (not-paired), a request waits
       head  admitted, approved without asking
       see   npx postern replay table/loopback+forwarded-loopback/knock

    2. Local clients get less: 1 check of 1 scenario
       base  admitted, approved without asking
       head  refused: pairing-required (scope-upgrade), a request waits
       also  Remote clients get less: 1 check of 1 scenario; as stale-scopes/example/remote
       see   npx postern replay stale-scopes/example/upgrade

    Behind the door: 2 differences
      rights/terminal.open: given to others (now read, write)
      routes/hooks-wake: given to fewer (no longer secret-in-query from-lan)

    Has no reliable verdict: 1
      races/other/check: pass → flaky

    2026.9.6 never logs auto-approved, which 2026.4.1 logs.
    1 cell gave two different observations: xff-port.
    The list is old.
    Weaker: clients get access on 2026.9.6 that 2026.4.1 denies them. 2 findings; 1 observation the same.
    "
  `);
});

test('a head that is not worse is one line', () => {
  expect(printComparison(explainedWith({}))).toBe(
    '\nSafe to merge: remote clients get no more on 2026.9.6 than on 2026.4.1, what holds on 2026.4.1 holds on 2026.9.6, and everything was compared. 0 findings; 0 observations the same.\n',
  );
});

test('the terminal shows 15 findings, and counts the others', () => {
  const [finding] = WEAKER.findings;
  if (finding === undefined) throw new Error('the sample has a finding');
  const text = printComparison({ ...WEAKER, findings: Array(40).fill(finding) });
  expect(text.match(/^\d+\. /gm)).toHaveLength(15);
  expect(text).toContain('… and 25 further findings');
});

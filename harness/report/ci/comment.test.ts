import { expect, test } from 'vitest';
import { EXIT, type ExitCode } from '../../exit.ts';
import { comparisonWith } from '../../results/comparison.fixture.ts';
import type { Report } from '../../results/report.ts';
import { ALL_HOLD, sampleReport } from '../../results/sample.fixture.ts';
import { changed, WEAKER_HEAD } from './changes.fixture.ts';
import { COMMENT_BYTES, COMMENT_MARKER, renderComment } from './comment.ts';

function gateReport(exitCode: ExitCode, problems: string[] = []): Report {
  const sample = sampleReport(ALL_HOLD, 'gate');
  return { ...sample, run: { ...sample.run, exitCode, problems } };
}

const WEAKER = comparisonWith({
  changes: WEAKER_HEAD,
  standings: [
    { id: 'proxy-headers/same-host-proxy/x-forwarded-for', standing: 'regressed', base: 'pass', head: 'fail' },
    { id: 'races/lock-out/third-guess', standing: 'red-on-both', base: 'reproduced', head: 'reproduced' },
  ],
});

test('a weaker head: what remote clients gained comes first; what the base gives is only counted', () => {
  const problems = ['remote clients get more access on 2026.9.6 than on 2026.4.1: 2 knocks or steps'];
  expect(renderComment(gateReport(EXIT.weakened, problems), WEAKER)).toMatchInlineSnapshot(`
    "<!-- postern-gate -->
    ## Postern: weaker

    The boundary is weaker than on the base gateway; 2026.9.6 &#40;npm&#58;openclaw&#64;latest&#41; is not worse than its base in 18 checks; 1 finding outside the checks.

    Base <code>2026.4.1</code>, head <code>2026.9.6</code>.

    ### Findings: 1

    - Remote clients get more access on 2026.9.6 than on 2026.4.1&#58; 2 knocks or steps

    ### Remote clients get more access: 2

    - proxy-headers/same-host-proxy/x-forwarded-for &#40;lan&#41;, and 1 alike
      - base: refused in the handshake, 1008 pairing-required, request pending
      - head: admitted as operator with operator.admin, device approved silently
      - repeat: <code>npx postern replay proxy-headers/same-host-proxy/x-forwarded-for</code>

    ### The head no longer logs it: 1

    - table/lan&#43;paired/knock &#40;lan&#41;
      - base: admitted
      - head: admitted
      - repeat: <code>npx postern replay table/lan&#43;paired/knock</code>

    ### Holds on the base and not on the head: 1

    - proxy-headers/same-host-proxy/x-forwarded-for: pass → fail

    ### Local clients get more access: 1

    - stale-scopes/local-write-after-read/local-upgrade &#40;loopback&#41;
      - base: refused in the handshake, 1008 pairing-required &#40;scope-upgrade&#41;
      - head: admitted with operator.write
      - repeat: <code>npx postern replay stale-scopes/local-write-after-read/local-upgrade</code>

    ### Local clients get less access: 1

    - identity/metadata-upgrade/after-the-update &#40;loopback&#41;
      - base: admitted with operator.read
      - head: refused in the handshake, 1008 pairing-required &#40;metadata-upgrade&#41;
      - repeat: <code>npx postern replay identity/metadata-upgrade/after-the-update</code>

    Remote clients get less access: 1.

    Exit code 4: the boundary is weaker than on the base gateway. Run <code>20261121-093000-a1b2</code>, seed 1604318, Postern 0.1.0 (8c09baa). The report has every transcript: comparison.html, report.json.
    "
  `);
});

test('a safe head is a few lines', () => {
  const same = comparisonWith({ changes: WEAKER_HEAD.filter(({ change }) => change === 'same') });
  expect(renderComment(gateReport(EXIT.holds), same)).toMatchInlineSnapshot(`
    "<!-- postern-gate -->
    ## Postern: safe

    2026.9.6 &#40;npm&#58;openclaw&#64;latest&#41; is not worse than its base in 18 checks.

    Base <code>2026.4.1</code>, head <code>2026.9.6</code>.

    Exit code 0: everything that ran holds. Run <code>20261121-093000-a1b2</code>, seed 1604318, Postern 0.1.0 (8c09baa). The report has every transcript: comparison.html, report.json.
    "
  `);
});

test('the comment never exceeds its limit, and says what is left out', () => {
  const changes = Array.from({ length: 400 }, (_, index) =>
    changed(`table/cell-${index}/knock`, 'weakened', { before: `${index} ${'ö'.repeat(5_000)}`, after: 'admitted' }),
  );
  const problems = Array.from({ length: 400 }, (_, index) => `problem ${index} ${'&'.repeat(5_000)}`);
  const comment = renderComment(gateReport(EXIT.weakened, problems), comparisonWith({ changes }), 20_000);
  expect(Buffer.byteLength(comment)).toBeLessThan(20_000);
  expect(comment).toMatch(/\n\d+ more entries, to keep this comment short, only in comparison\.html\.\n/);
  expect(comment).toContain('Exit code 4');
  expect(
    Buffer.byteLength(renderComment(gateReport(EXIT.weakened, problems), comparisonWith({ changes }))),
  ).toBeLessThan(COMMENT_BYTES);
});

test('no text of a gateway can make a mention, a link, a heading or end the marker', () => {
  const odd = '--> @maintainers #1 https://evil.invalid <img src=x> [a](b) `c`\n# title';
  const changes = [changed('table/cell/knock', 'weakened', { before: odd, after: odd })];
  const comment = renderComment(gateReport(EXIT.weakened, [odd]), comparisonWith({ changes }));
  expect(comment.startsWith(`${COMMENT_MARKER}\n`)).toBe(true);
  expect(comment.slice(COMMENT_MARKER.length)).not.toMatch(/@|https?:\/\/|<img|\]\(|^# |-->/m);
});

import { expect, test } from 'vitest';
import { EXIT, type ExitCode } from '../../exit.ts';
import { explainedWith } from '../../results/comparison.fixture.ts';
import type { Report } from '../../results/report.ts';
import { ALL_HOLD, sampleReport } from '../../results/sample.fixture.ts';
import { WEAKER } from '../comparison/comparison.fixture.ts';
import { COMMENT_BYTES, COMMENT_MARKER, renderComment } from './comment.ts';

function gateReport(exitCode: ExitCode): Report {
  const sample = sampleReport(ALL_HOLD, 'gate');
  return { ...sample, run: { ...sample.run, exitCode } };
}

test('a safe head is a few lines', () => {
  expect(renderComment(gateReport(EXIT.holds), explainedWith({}))).toMatchInlineSnapshot(`
    "<!-- postern-gate -->
    # Safe to merge: 2026.4.1 → 2026.9.6

    Remote clients get no more on 2026.9.6 than on 2026.4.1, what holds on 2026.4.1 holds on 2026.9.6, and everything was compared. Exit code 0.

    - **Remote clients gain:** nothing
    - **Local users lose:** nothing
    - **No longer written down:** nothing

    0 observations the same. comparison.html has the transcripts of each example.

    The run ended with 0: everything that ran holds. Run <code>20261121-093000-a1b2</code>, seed 1604318, Postern 0.1.0 (8c09baa).
    "
  `);
});

test('a weaker head has its findings, and the exit code of the run', () => {
  const comment = renderComment(gateReport(EXIT.weakened), WEAKER);
  expect(comment.startsWith(`${COMMENT_MARKER}\n# Weaker: 2026.4.1 → 2026.9.6\n`)).toBe(true);
  expect(comment).toContain('## 1. Remote clients get in');
  expect(comment).toContain('The run ended with 4: the boundary is weaker than on the base gateway.');
});

test('the comment never exceeds its limit, and says that something is left out', () => {
  const findings = Array.from({ length: 15 }, () => WEAKER.findings).flat();
  const reasons = Array.from({ length: 400 }, () => WEAKER.reasons).flat();
  const comment = renderComment(gateReport(EXIT.weakened), { ...WEAKER, findings, reasons }, 5_000);
  expect(Buffer.byteLength(comment)).toBeLessThanOrEqual(5_000);
  expect(comment).toContain('The rest is in comparison.html.');
  expect(comment).toContain('The run ended with 4');
  const whole = renderComment(gateReport(EXIT.weakened), { ...WEAKER, findings, reasons });
  expect(Buffer.byteLength(whole)).toBeLessThanOrEqual(COMMENT_BYTES);
});

test('no text of a gateway can make a mention, a link or an image, or end the marker', () => {
  const odd = '--> @maintainers #1 https://evil.invalid <img src=x> [a](b) `c`\n# title';
  const [finding] = WEAKER.findings;
  if (finding === undefined) throw new Error('the sample has a finding');
  const findings = [{ ...finding, after: [{ answer: odd, count: 1 }] }];
  const comment = renderComment(gateReport(EXIT.weakened), { ...WEAKER, findings });
  expect(comment.slice(COMMENT_MARKER.length)).not.toMatch(/@|https?:\/\/|<img|\]\(|-->|^# title/m);
});

import { expect, test } from 'vitest';
import type { Report } from '../../results/report.ts';
import { ALL_HOLD, ONE_GATEWAY, sampleReport } from '../../results/sample.fixture.ts';
import { renderMarkdown, SUMMARY_BYTES } from './markdown.ts';
import { fenced } from './markdown-text.ts';

/** A report with `times` copies of each check, with texts as long as a hostile gateway can make them. */
function swollen(report: Report, times: number): Report {
  const checks = report.checks.flatMap((check) => {
    const seen = `${check.seen} ${'ö'.repeat(5_000)}`;
    return Array.from({ length: times }, (_, index) => ({ ...check, id: `${check.id}-${index}`, seen }));
  });
  return { ...report, checks };
}

test('summary.md of one gateway', async () => {
  await expect(renderMarkdown(sampleReport(ONE_GATEWAY))).toMatchFileSnapshot('./golden/one-gateway.summary.golden');
});

test('passing checks are cut first, with a note', () => {
  const report = swollen(sampleReport(ALL_HOLD), 2_000);
  const summary = renderMarkdown(report);
  expect(Buffer.byteLength(summary)).toBeLessThan(SUMMARY_BYTES);
  expect(summary).toContain('36000 passing checks are not listed here');
});

test('then details, then checks are cut, with their number; the summary never exceeds its limit', () => {
  const summary = renderMarkdown(swollen(sampleReport(ONE_GATEWAY), 3_000));
  expect(Buffer.byteLength(summary)).toBeLessThan(SUMMARY_BYTES);
  expect(summary).toMatch(/\n\d+ more checks without details, to keep this summary short, \d+ of them not listed;/);
  const small = renderMarkdown(swollen(sampleReport(ONE_GATEWAY), 3), 20_000);
  expect(Buffer.byteLength(small)).toBeLessThan(20_000);
});

test('no text can end its fence, or make a mention, a link or a cell', () => {
  expect(fenced('text', 'a\n```\n@all ````')).toBe('`````text\na\n```\n@all ````\n`````\n');
  const report = sampleReport(ALL_HOLD);
  const odd = '| @maintainers #1 https://evil.invalid <img src=x> [a](b) `c`\n# title';
  const checks = report.checks.map((check) => ({ ...check, because: odd }));
  const row = renderMarkdown({ ...report, checks })
    .split('\n')
    .find((line) => line.startsWith('| ✓ pass'));
  expect(row).toMatchInlineSnapshot(
    `"| ✓ pass | <code>stale-scopes/local-write-after-read/first-read</code> | <code>npm&#58;openclaw&#64;latest</code> | &#124; &#64;maintainers &#35;1 https&#58;//evil.invalid &#60;img src=x&#62; &#91;a&#93;&#40;b&#41; &#96;c&#96; &#35; title |"`,
  );
});

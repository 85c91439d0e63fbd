import { expect, test } from 'vitest';
import { WEAKER } from '../comparison/comparison.fixture.ts';
import { comparisonHtml } from './html-comparison.ts';

/** The page without its style, which is that of every page. */
const bodyOf = (page: string): string => page.slice(page.indexOf('<body>'));

test('the verdict, the three questions, and the findings with both transcripts of an example', async () => {
  await expect(bodyOf(comparisonHtml(WEAKER))).toMatchFileSnapshot('golden/comparison.html.golden');
});

test('text of a gateway is escaped, and the page runs no script and loads nothing', () => {
  const page = comparisonHtml(WEAKER);
  expect(page).not.toContain('<img');
  expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;');
  expect(page).toMatch(/Content-Security-Policy" content="default-src (?:&#39;|')none/);
  expect(page).not.toContain('<script');
});

test('the page stays below a megabyte, whatever was found', () => {
  const [finding] = WEAKER.findings;
  if (finding?.example.base.transcript == null) throw new Error('the sample has a finding with a transcript');
  const entries = Array(100).fill({ at: 1, kind: 'received', text: '<'.repeat(4_000) });
  const loud = { ...finding.example.base, transcript: { ...finding.example.base.transcript, entries } };
  const findings = Array(60).fill({
    ...finding,
    example: { ...finding.example, base: loud, head: loud },
    changes: Array(700).fill(finding.example),
  });
  expect(comparisonHtml({ ...WEAKER, findings }).length).toBeLessThan(1_000_000);
});

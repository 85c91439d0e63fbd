import { expect, test } from 'vitest';
import { WEAKER } from './comparison.fixture.ts';
import { MOST_BYTES, renderComparison } from './comparison-markdown.ts';

test('the verdict comes first, then the three questions, then the findings, worst first', async () => {
  await expect(renderComparison(WEAKER)).toMatchFileSnapshot('golden/comparison.md.golden');
});

test('the text is never too long for a comment, whatever was found', () => {
  const [finding] = WEAKER.findings;
  if (finding === undefined) throw new Error('the sample has a finding');
  const long = 'x'.repeat(100_000);
  const findings = Array(400).fill({
    ...finding,
    after: [{ answer: long, count: 1 }],
    scenarios: Array(500).fill(long),
  });
  const text = renderComparison({ ...WEAKER, findings, doubtful: Array(5_000).fill('a-cell') });
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(MOST_BYTES);
  expect(text).toContain('The rest is in comparison.html.');
});

import { expect, test } from 'vitest';
import { sampleReport } from '../results/sample.fixture.ts';
import { renderHtml } from './html/html.ts';
import { renderMarkdown } from './markdown/markdown.ts';
import { describeShard } from './shard-note.ts';

const WHOLE = sampleReport();
const SHARD = {
  ...WHOLE,
  run: { ...WHOLE.run, shard: { index: 2, of: 4, gateways: [], checks: [], cells: [], problems: [] } },
};

test('page and summary of a shard say which shard it is, and those of a whole run do not', () => {
  expect(describeShard(WHOLE.run)).toBe(null);
  for (const render of [renderHtml, renderMarkdown]) {
    expect(render(SHARD)).toContain('This is shard 2 of 4');
    expect(render(WHOLE)).not.toContain('shard');
  }
});

import { expect, test } from 'vitest';
import { WEAKER } from './comparison.fixture.ts';
import { renderComparisonJson } from './comparison-json.ts';

test('comparison.json has every finding, with the ids of its observations', async () => {
  await expect(renderComparisonJson(WEAKER)).toMatchFileSnapshot('golden/comparison.json.golden');
});

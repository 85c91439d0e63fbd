import { expect, test } from 'vitest';
import { HELD, SHIPS } from './release.fixture.ts';
import { renderRelease } from './release-markdown.ts';

test('a held candidate: the verdict, the baselines, and the reasons with rule, owner and command', async () => {
  await expect(renderRelease(HELD)).toMatchFileSnapshot('golden/held.md.golden');
});

test('a candidate that ships: what is waived is told with its waiver', async () => {
  await expect(renderRelease(SHIPS)).toMatchFileSnapshot('golden/ships.md.golden');
});

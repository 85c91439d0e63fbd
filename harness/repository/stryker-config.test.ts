import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { ROOT } from '../root.ts';

const configShape = z.object({ mutate: z.array(z.string()), testFiles: z.array(z.string()) });

test('each pattern of `npm run strength` matches a file, so that a rename is noticed', () => {
  const text = readFileSync(path.join(ROOT, 'stryker.config.json'), 'utf8');
  const { mutate, testFiles } = configShape.parse(JSON.parse(text));
  const lost = [...mutate, ...testFiles]
    .map((pattern) => pattern.replace(/^!/, ''))
    .filter((pattern) => globSync(pattern, { cwd: ROOT, exclude: ['node_modules/**'] }).length === 0);
  expect(lost).toEqual([]);
});

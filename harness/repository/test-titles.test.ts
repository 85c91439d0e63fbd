import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../root.ts';

const LONGEST = 100;

/** The titles of tests and groups that a source text writes as literals. */
function titlesIn(text: string): string[] {
  return [...text.matchAll(/(?:\b(?:test|describe)\(\s*|\]\)\(\s*|\)\)\(\s*)(['`"])((?:\\.|(?!\1).)+)\1,/g)].flatMap(
    ([, , title]) => title ?? [],
  );
}

test('the titles of plain tests, tests of a list, and groups are found', () => {
  const text =
    "test('one', () => {});\ntest.each([\n  1,\n])('two %s', () => {});\ndescribe(\n  'three',\n  () => {},\n);";
  expect(titlesIn(text)).toEqual(['one', 'two %s', 'three']);
});

test('the title of a test is one line of at most 100 characters', () => {
  const titles = globSync('harness/**/*.test.ts', { cwd: ROOT }).flatMap((file) =>
    titlesIn(readFileSync(path.join(ROOT, file), 'utf8')),
  );
  expect(titles.length).toBeGreaterThan(600);
  expect(titles.filter((title) => title.length > LONGEST)).toEqual([]);
});

import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { VERDICTS } from '../judge/verdict.ts';
import { ROOT } from '../root.ts';

const QUOTED = new RegExp(`'(${VERDICTS.join('|')})'`);

/** The value of each property called `verdict`, and of each constant that is typed as one, in a source text. */
const VALUES = /\b(?:verdict:|: Verdict =)([^;,}]*)/g;

/** The lines of a source text that have a verdict as a value which does not come from judge/. Comparisons with a verdict do not count. */
function verdictsMadeIn(text: string): number[] {
  return [...text.matchAll(VALUES)]
    .filter(([, value = '']) => QUOTED.test(value))
    .map(({ index }) => text.slice(0, index).split('\n').length);
}

test('the search finds verdicts that are made, also by a condition, and ignores comparisons', () => {
  expect(verdictsMadeIn("const check = {\n  verdict: 'pass',\n};")).toEqual([2]);
  expect(verdictsMadeIn("return {\n  a: 1,\n  verdict: found\n    ? 'fail'\n    : 'flaky',\n};")).toEqual([3]);
  expect(verdictsMadeIn("const worst: Verdict = 'error';")).toEqual([1]);
  expect(
    verdictsMadeIn("checks.filter(({ verdict }) => verdict === 'pass')\nconst of = { verdict: judged.verdict };"),
  ).toEqual([]);
});

test('no code outside of judge/ makes a verdict', () => {
  const sources = globSync('harness/**/*.ts', { cwd: ROOT }).filter(
    (file) => !file.startsWith('harness/judge/') && !/\.(test|fixture)\.ts$/.test(file),
  );
  expect(sources.length).toBeGreaterThan(200);
  const made = sources.flatMap((file) =>
    verdictsMadeIn(readFileSync(path.join(ROOT, file), 'utf8')).map((line) => `${file}:${line}`),
  );
  expect(made).toEqual([]);
});

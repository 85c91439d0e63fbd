import { expect, test } from 'vitest';
import { EXIT, type ExitCode } from '../../exit.ts';
import { explainedWith } from '../../results/comparison.fixture.ts';
import type { Objection } from '../../results/explained-comparison.ts';
import { WEAKER } from './comparison.fixture.ts';
import { comparisonVerdictOf, summariesOf } from './comparison-verdict.ts';

const wordsOf = (exitCode: ExitCode, ...objections: [Objection, ExitCode][]): string =>
  comparisonVerdictOf(
    explainedWith({
      exitCode,
      reasons: objections.map(([objection, code]) => ({ text: '', exitCode: code, objection })),
    }),
  ).words;

test('the verdict is that of the exit code', () => {
  expect(wordsOf(EXIT.holds)).toBe('Safe to merge');
  expect(wordsOf(EXIT.weakened, ['weaker', EXIT.weakened], ['broken', EXIT.failed])).toBe('Weaker');
  expect(wordsOf(EXIT.environment, ['weaker', EXIT.weakened], ['untold', EXIT.environment])).toBe('Cannot tell');
  expect(wordsOf(EXIT.failed, ['untold', EXIT.failed], ['broken', EXIT.failed])).toBe('Broken');
  expect(wordsOf(EXIT.failed, ['untold', EXIT.failed])).toBe('Cannot tell');
  expect(wordsOf(EXIT.stale, ['stale', EXIT.stale])).toBe('A list is stale');
});

test('the three questions are answered by findings and by kinds of log line', () => {
  expect(summariesOf(WEAKER).map(({ title, findings, unwritten }) => [title, findings.length, unwritten])).toEqual([
    ['Remote clients gain', 1, []],
    ['Local users lose', 1, []],
    ['No longer written down', 0, ['auto-approved']],
  ]);
});

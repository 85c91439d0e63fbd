import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { mergeVerdictOf } from './merge-verdict.ts';
import { setStepOutputs } from './step-outputs.ts';

test('each exit code is one word about merging, and only 0 is safe', () => {
  expect(Object.fromEntries([0, 1, 2, 3, 4, 5, 130, 137].map((code) => [code, mergeVerdictOf(code)]))).toEqual({
    0: 'safe',
    1: 'broken',
    2: 'cannot-tell',
    3: 'cannot-tell',
    4: 'weaker',
    5: 'stale',
    130: 'cannot-tell',
    137: 'cannot-tell',
  });
});

test('outputs are appended, one line each, whatever a value contains', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'postern-outputs-')), 'outputs');
  writeFileSync(path, 'earlier=1\n');
  const env = { GITHUB_ACTIONS: 'true', GITHUB_OUTPUT: path };
  setStepOutputs({ verdict: 'weaker', report: 'a b\nverdict=safe\r\nx<<EOF' }, env);
  setStepOutputs({ 'exit-code': '4' }, env);
  expect(readFileSync(path, 'utf8')).toBe('earlier=1\nverdict=weaker\nreport=a b verdict=safe x<<EOF\nexit-code=4\n');
});

test('nothing is written outside of GitHub Actions, and a file that cannot be written is told', () => {
  expect(setStepOutputs({ verdict: 'weaker' }, { GITHUB_OUTPUT: '/dev/full' })).toBe(null);
  expect(setStepOutputs({ verdict: 'weaker' }, { GITHUB_ACTIONS: 'true', GITHUB_OUTPUT: '/dev/full' })).toBe(
    '/dev/full could not be written: the disk is full. Free some space, or write the report to another disk.',
  );
});

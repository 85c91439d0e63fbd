import { expect, test } from 'vitest';
import { isPreview, OLDEST_PLAYED, STABLE_RELEASES } from '../releases/npm-releases.ts';
import { edgesOf } from './edges.ts';
import { EXAMPLE, EXAMPLE_FILE, exampleWith } from './example.fixture.ts';
import { loadScenario } from './load.ts';

const edges = (text: string): string[] => edgesOf(loadScenario(text, EXAMPLE_FILE));

test('stable releases begin with the oldest that is played, and have corrections and no previews', () => {
  expect(STABLE_RELEASES[0]).toBe(OLDEST_PLAYED);
  expect(STABLE_RELEASES).toContain('2026.7.1-2');
  expect(STABLE_RELEASES.filter(isPreview)).toEqual([]);
});

test('the edges of `affected` are the last release on one side and the first on the other', () => {
  expect(edges(EXAMPLE)).toEqual(['2026.3.28', '2026.3.31', '2026.7.35', '2026.8.1']);
});

test('outside of `applies` there is no edge', () => {
  const text = exampleWith('clients:', 'applies: { releases: ">=2026.3.31", because: It is an example. }\nclients:');
  expect(edges(text)).toEqual(['2026.3.31', '2026.7.35', '2026.8.1']);
});

test('hardened expectations and the ranges of workarounds have edges too', () => {
  const hardened = exampleWith(
    '    symptom:',
    '    hardened: { releases: ">=2026.9.1", because: It is an example., expect: { refused: { cause: origin } } }\n    symptom:',
  );
  expect(edges(hardened)).toEqual(['2026.3.28', '2026.3.31', '2026.7.35', '2026.8.1', '2026.8.2', '2026.9.1']);
  const workaround = exampleWith('    outcome: helps\n', '    outcome: helps\n    releases: ">=2026.4.2 <2026.8.1"\n');
  expect(edges(workaround)).toEqual(['2026.3.28', '2026.3.31', '2026.4.1', '2026.4.2', '2026.7.35', '2026.8.1']);
});

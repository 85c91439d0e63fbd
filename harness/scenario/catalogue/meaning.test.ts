import { expect, test } from 'vitest';
import { EXAMPLE, EXAMPLE_FILE, exampleWith } from './example.fixture.ts';
import { loadScenario } from './load.ts';
import { canonicalJson, meaningOf } from './meaning.ts';

const meaning = (text: string): string => canonicalJson(meaningOf(loadScenario(text, EXAMPLE_FILE)));

test('comments and line breaks change no meaning', () => {
  const rewritten = exampleWith(
    '  agent: { kind: backend, scopes: [operator.read] }',
    '  # The client of the report.\n  agent:\n    kind: backend\n    scopes: [operator.read]',
  );
  expect(meaning(rewritten)).toBe(meaning(EXAMPLE));
});

test.each([
  ['a client', 'kind: backend', 'kind: cli'],
  ['an expectation', 'reason: scope-upgrade }, pairing: pending', 'reason: scope-upgrade }, pairing: unchanged'],
  ['a range', '>=2026.3.31', '>=2026.4.1'],
  ['a default that is not written', 'approve: { of: agent }', 'approve: { of: agent, request: first }'],
])('%s is part of the meaning', (_, piece, replacement) => {
  expect(meaning(exampleWith(piece, replacement))).not.toBe(meaning(EXAMPLE));
});

test('equal values give equal texts, in any order of their keys', () => {
  expect(canonicalJson({ b: [{ d: 1, c: 2 }], a: null })).toBe(canonicalJson({ a: null, b: [{ c: 2, d: 1 }] }));
});

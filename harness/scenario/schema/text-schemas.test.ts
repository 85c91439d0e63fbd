import { describe, expect, test } from 'vitest';
import { EXAMPLE_FILE, exampleWith } from '../catalogue/example.fixture.ts';
import { loadScenario } from '../catalogue/load.ts';

const load = (piece: string, replacement: string) => () => loadScenario(exampleWith(piece, replacement), EXAMPLE_FILE);

/** JSON is YAML: every character can be written in it. */
const quoted = (text: string): string => JSON.stringify(text).replace(/[^ -~]/gu, (odd) => `\\U${hex(odd)}`);
const hex = (character: string): string => (character.codePointAt(0) ?? 0).toString(16).padStart(8, '0');

const FIELDS: Record<string, (text: string) => [string, string]> = {
  title: (text) => ['title: A device first paired for reading cannot write', `title: ${text}`],
  why: (text) => ['why: A local agent that was let in once is locked out by its next request.', `why: ${text}`],
  because: (text) => ['    name: first\n', `    name: first\n    because: ${text}\n`],
  'the advice of a workaround': (text) => ['advice: Approve the pending request.', `advice: ${text}`],
  'reason of a symptom': (text) => ['reason: scope-upgrade } }', `reason: ${text} } }`],
  'scope of a client': (text) => ['scopes: [operator.read] }', `scopes: [${text}] }`],
};

describe.each(Object.entries(FIELDS))('%s', (_, field) => {
  test.each([
    ['a second line', 'one\ntwo'],
    ['an escape sequence', 'red \u001b[31m'],
    ['a tabulator', 'a\tb'],
    ['text from right to left', 'a\u202eb'],
    ['invisible tags', 'a\u{e0041}b'],
    ['a space without width', 'a\u200bb'],
    ['a letter without shape', 'a\u3164b'],
  ])('must not hold %s', (_name, text) => {
    expect(load(...field(quoted(text)))).toThrow('one line without control characters and others that cannot be seen');
  });

  test('may hold letters of any language, and signs', () => {
    expect(load(...field(quoted('Zugang für alle — 許可 ✓')))).not.toThrow();
  });
});

describe('a release that a scenario boots is a published version, and nothing else', () => {
  const release = (text: string) => load('clients:', `gateway: { release: ${quoted(text)} }\nclients:`);
  const upgrade = (text: string) =>
    load('boundary:', `  - upgrade: { to: ${quoted(text)} }\n    name: up\n    expect: { ready: true }\nboundary:`);

  test.each(['2026.4.1', '2026.2.19-2', '2026.9.1-beta.1'])('%s', (text) => {
    expect(release(text)).not.toThrow();
    expect(upgrade(text)).not.toThrow();
  });

  test.each([
    'latest',
    'image:evil/gateway:1',
    'dir:/root',
    '/tmp/openclaw.tgz',
    'npm:openclaw@beta',
    '2026.4.1\n',
    '2026.4.1 ',
  ])('not %j', (text) => {
    expect(release(text)).toThrow('a published version such as "2026.4.1"');
    expect(upgrade(text)).toThrow('a published version such as "2026.4.1"');
  });
});

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { EXIT_MEANING } from '../report/headline.ts';
import { ROOT } from '../root.ts';
import { loadScenario, loadScenarios } from '../scenario/load.ts';
import { WRITTEN_KINDS } from '../scenario/written.ts';
import { tables } from './coverage.ts';

const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');
const manifest: { scripts: Record<string, string>; dependencies: Record<string, string> } = JSON.parse(
  read('package.json'),
);

/** The rows of the table under a heading, each as its cells. */
function tableUnder(text: string, heading: string): string[][] {
  const section = text.split(`\n${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('| '));
  return rows.slice(2).map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

test('the table of exit codes in the README is the one of the code', () => {
  const rows = tableUnder(read('README.md'), '## Verdicts and exit codes');
  expect(Object.fromEntries(rows)).toEqual(EXIT_MEANING);
});

test('the README gives one line to each dependency', () => {
  const rows = tableUnder(read('README.md'), '## Dependencies, and why each');
  expect(rows.map(([name]) => name?.replaceAll('`', '')).sort()).toEqual(Object.keys(manifest.dependencies).sort());
});

test('every npm command in the documents exists', () => {
  const documents = ['README.md', 'CONTRIBUTING.md'].map(read).join('\n');
  const used = [...documents.matchAll(/npm (?:run )?(start|test|check|format|bench|postern)\b/g)].map(
    (match) => match[1],
  );
  expect([...new Set(used)].filter((name) => name !== undefined && !(name in manifest.scripts))).toEqual([]);
  expect(used.length).toBeGreaterThan(4);
});

test('the scenario in CONTRIBUTING.md loads', () => {
  const yaml = /```yaml\n([\s\S]*?)```/.exec(read('CONTRIBUTING.md'))?.[1] ?? '';
  expect(loadScenario(yaml, 'scenarios/stale-scopes/example.yaml').checks.map(({ id }) => id)).toEqual([
    'stale-scopes/example/first-read',
    'stale-scopes/example/local-upgrade',
    'stale-scopes/example/remote-upgrade',
  ]);
});

test('CONTRIBUTING.md names every kind of step', () => {
  const rows = tableUnder(read('CONTRIBUTING.md'), '## Kinds of step');
  const named = rows.flatMap(([kinds]) => [...(kinds ?? '').matchAll(/`(\w+)`/g)].map((match) => match[1]));
  expect(named.sort()).toEqual([...WRITTEN_KINDS].sort());
});

test('the tables in reports/ are those of the scenarios; if not: npm run -s postern -- coverage --write', () => {
  const made = tables(loadScenarios(ROOT));
  expect(Object.fromEntries(Object.keys(made).map((file) => [file, read(file)]))).toEqual(made);
});

test('every file that a document links to is there', () => {
  const made = Object.keys(tables(loadScenarios(ROOT)));
  for (const file of ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', ...made]) {
    for (const [, target] of read(file).matchAll(/\]\((?!https?:)([^)#]+)\)/g)) {
      expect(() => read(path.join(path.dirname(file), target ?? '')), `${file} links to ${target}`).not.toThrow();
    }
  }
});

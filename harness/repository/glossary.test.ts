import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../root.ts';
import { trackedFiles } from './documents.fixture.ts';

const FILE = 'docs/glossary.md';
const LINES = readFileSync(path.join(ROOT, FILE), 'utf8').split('\n');
const ENTRY = /^- \*\*([a-zA-Z-]+(?: [a-zA-Z-]+)*)\*\*: [A-Z].*\.$/;
const ENTRIES = LINES.filter((line) => line.startsWith('- '));
const WORDS = ENTRIES.map((line) => ENTRY.exec(line)?.[1] ?? line);

test('every entry is one line with a word and its meaning', () => {
  expect(ENTRIES.filter((line) => !ENTRY.test(line))).toEqual([]);
  expect(LINES.slice(LINES.findIndex((line) => line.startsWith('- ')))).toEqual([...ENTRIES, '']);
});

test('the words are in alphabetical order, without duplicates', () => {
  const sorted = [...new Set(WORDS)].sort((a, b) => a.localeCompare(b, 'en', { sensitivity: 'base' }));
  expect(WORDS).toEqual(sorted);
});

test('every word is used outside the glossary', () => {
  const tree = trackedFiles()
    .filter((file) => !/^docs\/|^reports\/published\/|\.lock$|package-lock/.test(file))
    .map((file) => `${file}\n${readFileSync(path.join(ROOT, file), 'utf8')}`)
    .join('\n');
  // Two words of the glossary are one identifier in code, and have a hyphen in file names.
  const isUsed = (word: string): boolean => new RegExp(word.replaceAll(/[ -]/g, '[\\s_-]?'), 'i').test(tree);
  expect(WORDS.filter((word) => !isUsed(word))).toEqual([]);
});

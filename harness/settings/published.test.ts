import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROOT } from '../root.ts';
import { findingsOf } from './findings.ts';
import { readPublishedSettings, writePublishedSettings } from './published.ts';
import { renderPublishedSettings } from './published-markdown.ts';
import { gapOf } from './report.ts';
import { seenWith } from './settings.fixture.ts';

let root = '';
beforeAll(() => {
  root = mkdtempSync(path.join(tmpdir(), 'postern-settings-'));
});
afterAll(() => rmSync(root, { recursive: true }));

test('what is published is read again as it was, oldest release first, with a line for each configuration', () => {
  const published = ['2026.9.6', '2026.4.1'].map((version) => ({
    command: `npx postern settings --publish --gateway ${version}`,
    withheld: 0,
    seen: seenWith({}, version),
  }));
  expect(published.map((each) => writePublishedSettings(root, each))).toEqual([
    'results/settings/2026.9.6.json',
    'results/settings/2026.4.1.json',
  ]);
  expect(readPublishedSettings(root)).toEqual(published.reverse());
  const text = readFileSync(path.join(root, 'results/settings/2026.4.1.json'), 'utf8');
  expect(text.split('\n').filter((line) => line.startsWith('   {"id"'))).toHaveLength(
    seenWith({}, '2026.4.1').configurations.length,
  );
});

test('no published play of settings shows a finding or a gap', () => {
  const published = readPublishedSettings(ROOT);
  expect(published.length).toBeGreaterThan(1);
  for (const { seen } of published) expect([gapOf(seen), findingsOf(seen)], seen.version).toEqual([null, []]);
});

test('results/settings.md is what the published settings give', () => {
  expect(readFileSync(path.join(ROOT, 'results/settings.md'), 'utf8')).toBe(
    renderPublishedSettings(readPublishedSettings(ROOT)),
  );
});

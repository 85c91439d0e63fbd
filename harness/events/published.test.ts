import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROOT } from '../root.ts';
import { findingsOf } from './findings.ts';
import { heardWith } from './heard.fixture.ts';
import { readPublishedEvents, writePublishedEvents } from './published.ts';
import { renderPublishedEvents } from './published-markdown.ts';

let root = '';
beforeAll(() => {
  root = mkdtempSync(path.join(tmpdir(), 'postern-events-'));
});
afterAll(() => rmSync(root, { recursive: true }));

test('what is published is read again as it was, oldest release first, with a line for each event', () => {
  const published = ['2026.9.6', '2026.4.1'].map((version) => ({
    command: `npx postern events --publish --gateway ${version}`,
    withheld: 0,
    heard: heardWith({}, version),
  }));
  expect(published.map((each) => writePublishedEvents(root, each))).toEqual([
    'results/events/2026.9.6.json',
    'results/events/2026.4.1.json',
  ]);
  expect(readPublishedEvents(root)).toEqual(published.reverse());
  const text = readFileSync(path.join(root, 'results/events/2026.4.1.json'), 'utf8');
  expect(text.split('\n').filter((line) => line.startsWith('   {"event"'))).toHaveLength(heardWith().events.length);
});

test('no published list of events shows a finding', () => {
  const published = readPublishedEvents(ROOT);
  expect(published.length).toBeGreaterThan(1);
  for (const { heard } of published) expect(findingsOf(heard), heard.version).toEqual([]);
});

test('results/events.md is what the published events give', () => {
  expect(readFileSync(path.join(ROOT, 'results/events.md'), 'utf8')).toBe(
    renderPublishedEvents(readPublishedEvents(ROOT)),
  );
});

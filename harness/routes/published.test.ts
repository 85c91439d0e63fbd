import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ROOT } from '../root.ts';
import { findingsOf } from './findings.ts';
import { readPublishedRoutes, writePublishedRoutes } from './published.ts';
import { renderPublishedRoutes } from './published-markdown.ts';
import { sampleReport } from './report.fixture.ts';
import { fromStored } from './stored-routes.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'postern-routes-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const command = 'npx postern routes --publish --gateway 2026.9.6';

test('what is published is read again as it was, the oldest release first', () => {
  const { played } = sampleReport();
  const newer = { command, withheld: 1, played };
  const older = { command, withheld: 0, played: { ...played, version: '2026.9.5' } };
  expect(writePublishedRoutes(root, newer)).toBe('results/routes/2026.9.6.json');
  writePublishedRoutes(root, older);
  expect(readPublishedRoutes(root)).toEqual([older, newer]);
});

test('each route is one line of the file', () => {
  const { played } = sampleReport();
  const file = path.join(root, writePublishedRoutes(root, { command, withheld: 0, played }));
  const lines = readFileSync(file, 'utf8').split('\n');
  expect(lines.filter((line) => line.includes('"digest":')).length).toBe(played.routes.length);
});

test('a file that is no published result is named, with what to do', () => {
  expect(readPublishedRoutes(root)).toEqual([]);
  mkdirSync(path.join(root, 'results/routes'), { recursive: true });
  writeFileSync(path.join(root, 'results/routes/2026.9.6.json'), '{}');
  expect(() => readPublishedRoutes(root)).toThrow('results/routes/2026.9.6.json has no published routes');
});

test('a page without releases has the properties', () => {
  const page = renderPublishedRoutes([]);
  expect(page.split('\n').filter((line) => line.startsWith('## '))).toEqual(['## Properties']);
});

test('no published route was played with other requests than are sent now, and none has a finding', () => {
  const stale = readPublishedRoutes(ROOT).map(({ played }) => {
    const read = fromStored(played);
    return [played.version, read.stale, findingsOf(read.played)];
  });
  expect(stale).toEqual(readPublishedRoutes(ROOT).map(({ played }) => [played.version, [], []]));
});

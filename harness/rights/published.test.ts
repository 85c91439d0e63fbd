import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROOT } from '../root.ts';
import { findingsOf, withoutFindings } from './findings.ts';
import { matrixWith } from './matrix.fixture.ts';
import { fromStored, toStored } from './matrix.ts';
import { readPublishedRights, writePublishedRights } from './published.ts';
import { renderPublishedRights } from './published-markdown.ts';

let root = '';
beforeAll(() => {
  root = mkdtempSync(path.join(tmpdir(), 'postern-rights-'));
});
afterAll(() => rmSync(root, { recursive: true }));

test('what is published is read again as it was, oldest release first, with a line for each group', () => {
  const published = ['2026.9.6', '2026.10.1', '2026.4.1'].map((version) => ({
    command: `npx postern rights --publish --gateway ${version}`,
    withheld: 0,
    matrix: toStored({ ...matrixWith(), version }),
  }));
  const files = published.map((each) => writePublishedRights(root, each));
  expect(files).toEqual([
    'results/rights/2026.9.6.json',
    'results/rights/2026.10.1.json',
    'results/rights/2026.4.1.json',
  ]);
  expect(readPublishedRights(root)).toEqual([published[2], published[0], published[1]]);
  const text = readFileSync(path.join(root, 'results/rights/2026.4.1.json'), 'utf8');
  expect(text.split('\n').filter((line) => line.startsWith('   {"found"'))).toHaveLength(
    published[2]?.matrix.groups.length ?? 0,
  );
});

test('a file that is no published matrix is an error that names it', () => {
  const file = path.join(root, 'results/rights/2026.1.1.json');
  writeFileSync(file, '{}');
  expect(() => readPublishedRights(root)).toThrow(`${file} is not a published rights matrix`);
});

test('no published matrix shows a finding', () => {
  for (const { matrix } of readPublishedRights(ROOT))
    expect(findingsOf(fromStored(matrix)), matrix.version).toEqual([]);
});

test('results/rights.md is what the published matrices give', () => {
  const page = readFileSync(path.join(ROOT, 'results/rights.md'), 'utf8');
  expect(page).toBe(renderPublishedRights(readPublishedRights(ROOT)));
});

test('the page of two releases has their counts and what changed between them', () => {
  const older = withoutFindings(matrixWith(), [
    { property: '', statement: '', where: 'config.set', callers: [], seen: '' },
  ]);
  const page = renderPublishedRights(
    [{ ...older, version: '2026.4.1' }, matrixWith()].map((matrix) => ({
      command: '',
      withheld: 0,
      matrix: toStored(matrix),
    })),
  );
  expect(page).toContain('| least caller | 2026.4.1 | 2026.9.6 |\n| --- | --- | --- |\n| admin | 1 | 2 |\n');
  expect(page).toContain(
    '## From 2026.4.1 to 2026.9.6\n\n| change | may call now | may no longer call | what |\n| --- | --- | --- | --- |\n' +
      '| new | admin, command, no-device |  | <code>config.set</code> |\n',
  );
});

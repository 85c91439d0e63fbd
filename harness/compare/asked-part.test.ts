import { expect, test } from 'vitest';
import { cellId, PLAIN } from '../pairwise/cell.ts';
import type { Report } from '../results/report.ts';
import { ALL_HOLD, sampleReport } from '../results/sample.fixture.ts';
import { askedPart } from './asked-part.ts';

const SAMPLE = sampleReport(ALL_HOLD);
const [FIRST] = SAMPLE.checks;
if (FIRST === undefined) throw new Error('the sample has checks');
const [INFO] = SAMPLE.scenarios;
if (INFO === undefined) throw new Error('the sample has scenarios');

/** A report with these checks, each of the scenario that its id begins with. */
const reportWith = (checks: Readonly<Record<string, 'pass' | 'skipped'>>): Report => ({
  ...SAMPLE,
  scenarios: [...new Set(Object.keys(checks).map((id) => id.split('/').slice(0, 2).join('/')))].map((id) => ({
    ...INFO,
    id,
  })),
  checks: Object.entries(checks).map(([id, verdict]) => ({
    ...FIRST,
    id,
    scenario: id.split('/').slice(0, 2).join('/'),
    verdict,
  })),
  table: [],
});
const idsOf = ({ checks }: Report): string[] => checks.map(({ id }) => id);

const BASE = reportWith({ 'a/one/x': 'pass', 'a/one/y': 'pass', 'a/two/x': 'pass', 'a/three/x': 'pass' });

test('checks that the run leaves out or does not select are no part of the base', () => {
  const head = reportWith({ 'a/one/x': 'pass', 'a/one/y': 'pass', 'a/two/x': 'skipped' });
  expect(idsOf(askedPart(BASE, head, null))).toEqual(['a/one/x', 'a/one/y']);
});

test('a check that was asked and has no verdict on the head stays in the base', () => {
  const head = { ...BASE, checks: BASE.checks.filter(({ id }) => id !== 'a/one/y') };
  expect(idsOf(askedPart(BASE, head, null))).toEqual(idsOf(BASE));
});

test('cells beyond the table of the run are no part of the base', () => {
  const inTable = (id: string): Report['table'][number] => ({
    gateway: 'base',
    id,
    values: {},
    flaky: false,
    unreached: null,
    repeat: '',
    looks: [],
  });
  const [plain, full] = [inTable(cellId(PLAIN)), inTable('of the full table alone')];
  const base = { ...SAMPLE, table: [plain, full] };
  const part = { cells: [PLAIN], properties: [], witness: false, search: null };
  expect(askedPart(base, SAMPLE, part).table).toEqual([plain]);
  expect(askedPart(base, SAMPLE, null).table).toEqual([]);
});

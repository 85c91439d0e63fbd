import { expect, test } from 'vitest';
import { cellId, PLAIN } from '../pairwise/cell.ts';
import { TABLE_PROPERTIES, tableCheck } from '../pairwise/properties.ts';
import type { Report } from '../results/report.ts';
import { ALL_HOLD, sampleReport } from '../results/sample.fixture.ts';
import { askedPart, askedTable } from './asked-part.ts';

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
const NO_TABLE = askedTable(null);
const idsOf = ({ checks }: Report): string[] => checks.map(({ id }) => id);

const BASE = reportWith({ 'a/one/x': 'pass', 'a/one/y': 'pass', 'a/two/x': 'pass', 'a/three/x': 'pass' });

test('checks that the run leaves out or does not select are no part of the base', () => {
  const head = reportWith({ 'a/one/x': 'pass', 'a/one/y': 'pass', 'a/two/x': 'skipped' });
  expect(idsOf(askedPart(BASE, head, NO_TABLE))).toEqual(['a/one/x', 'a/one/y']);
});

test('a check that was asked and has no verdict on the head stays in the base', () => {
  const head = { ...BASE, checks: BASE.checks.filter(({ id }) => id !== 'a/one/y') };
  expect(idsOf(askedPart(BASE, head, NO_TABLE))).toEqual(idsOf(BASE));
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
  expect(askedPart(base, SAMPLE, askedTable(part)).table).toEqual([plain]);
  expect(askedPart(base, SAMPLE, NO_TABLE).table).toEqual([]);
});

test('a shard is not asked for properties of the table that none of its cells shows', () => {
  const [property, other] = TABLE_PROPERTIES;
  if (property === undefined || other === undefined) throw new Error('the table has properties');
  const base = reportWith({ [tableCheck(property.id)]: 'pass', [tableCheck(other.id)]: 'pass', 'a/one/x': 'pass' });
  const part = { cells: [PLAIN], properties: [property], witness: false, search: null };
  expect(idsOf(askedPart(base, base, askedTable(part)))).toEqual([tableCheck(property.id), 'a/one/x']);
  expect(idsOf(askedPart(base, base, NO_TABLE))).toEqual(['a/one/x']);
});

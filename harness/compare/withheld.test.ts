import { expect, test } from 'vitest';
import { EXIT, UsageError } from '../exit.ts';
import type { Verdict } from '../judge/verdict.ts';
import { tableCheck } from '../pairwise/properties.ts';
import type { Report } from '../results/report.ts';
import { ALL_HOLD, sampleReport } from '../results/sample.fixture.ts';
import { compareReports } from './compare-reports.ts';
import { diffReports } from './diff.ts';
import { type Gateway, isHere, pairing, played } from './findings/played-table.fixture.ts';
import { conclusionOf } from './gate.ts';
import { publicComparison, withheldFrom } from './withheld.ts';

const NOTHING_KNOWN = { accepted: [], scenarios: [], published: [] };
const RUN = { today: '2026-11-26', already: [] };
const PROPERTY = tableCheck('strangers-wait');
const [CHECK] = sampleReport(ALL_HOLD).checks;

/** A report with the quick table, and with one check of it that has this verdict. */
function reportOf(version: string, gateway: Gateway, verdict: Verdict): Report {
  if (CHECK === undefined) throw new Error('the sample has checks');
  const check = { ...CHECK, id: PROPERTY, gateway: version, verdict, holds: verdict === 'pass', local: false };
  return { ...played(gateway, version), checks: [check] };
}

const STRICT = pairing(isHere);
/** A gateway that lets strangers from one route in. */
const open = (route: string): Gateway => pairing((cell) => isHere(cell) || cell.route === route);

test('what the base violates is left out, whether the head violates it too or mends it', () => {
  const base = reportOf('2026.4.1', open('lan'), 'fail');
  for (const [head, ofHead] of [
    [reportOf('2026.9.6', open('lan'), 'fail'), 1],
    [reportOf('2026.9.6', STRICT, 'pass'), 0],
  ] as const) {
    const compared = compareReports(base, head, NOTHING_KNOWN, RUN);
    const withheld = withheldFrom(compared, base, head);
    const shown = publicComparison(compared, withheld);
    expect(withheld.checks.map(({ gateway }) => gateway)).toEqual(['2026.4.1', '2026.9.6'].slice(0, 1 + ofHead));
    expect(withheld.cells.has('plain')).toBe(true);
    expect(JSON.stringify(shown.findings)).not.toContain('"table/plain/');
    expect(shown.standings).toEqual([]);
    expect(shown.withheld).toBeGreaterThan(0);
  }
});

test('what only the head weakens is public', () => {
  const [base, head] = [reportOf('2026.4.1', STRICT, 'pass'), reportOf('2026.9.6', open('lan'), 'fail')];
  const compared = compareReports(base, head, NOTHING_KNOWN, RUN);
  const withheld = withheldFrom(compared, base, head);
  expect(withheld).toEqual({ checks: [], cells: new Set(), findings: [] });
  const shown = publicComparison(compared, withheld);
  expect(shown.findings.map(({ id }) => id)).toEqual(compared.findings.map(({ id }) => id));
  expect(shown.withheld).toBe(0);
  expect(compared.findings.map(({ harm }) => harm)).toContain('remote-admin');
  expect(compared.exitCode).toBe(EXIT.weakened);
});

test('what the head weakens is public, also where the base violates a property already', () => {
  const base = reportOf('2026.4.1', open('lan'), 'fail');
  const head = reportOf(
    '2026.9.6',
    pairing((cell) => isHere(cell) || ['lan', 'published'].includes(cell.route)),
    'fail',
  );
  const compared = compareReports(base, head, NOTHING_KNOWN, RUN);
  const shown = publicComparison(compared, withheldFrom(compared, base, head));
  const gains = (findings: typeof shown.findings): string[] =>
    findings.flatMap(({ harm, id }) => (harm.startsWith('remote-ad') ? [id] : []));
  expect(gains(shown.findings)).toEqual(gains(compared.findings));
  expect(gains(shown.findings)).not.toEqual([]);
});

test('a known deviation of the base is published, so nothing is left out', () => {
  const base = reportOf('2026.4.1', open('lan'), 'known-deviation');
  const head = reportOf('2026.9.6', STRICT, 'pass');
  expect(withheldFrom(compareReports(base, head, NOTHING_KNOWN, RUN), base, head).findings).toEqual([]);
});

test('no public file of a gate names a check or a cell that is left out', () => {
  const base = reportOf('2026.4.1', open('lan'), 'fail');
  const head = reportOf('2026.9.6', open('lan'), 'fail');
  const output = (disclosure: 'public' | 'full'): string => {
    const { files, told } = conclusionOf(base, head, NOTHING_KNOWN, { today: RUN.today, problems: [], disclosure });
    return [...Object.values(files).map((render) => render(head)), told].join('\n');
  };
  expect(output('full')).toContain(PROPERTY);
  expect(output('public')).not.toContain(PROPERTY);
  expect(output('public')).toContain('left out');
});

test('a report from which something was left out is not compared', () => {
  const report = reportOf('2026.4.1', STRICT, 'pass');
  expect(() => diffReports({ ...report, withheld: 2 }, report)).toThrow(UsageError);
});

import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ALL_HOLD, ONE_GATEWAY, sampleReport } from '../results/sample.fixture.ts';
import { COVERED_IDS } from './coverage-ids.ts';
import { writeLane } from './write-lane.ts';

const root = (): string => mkdtempSync(join(tmpdir(), 'postern-lane-'));

test('three files are written into a new folder, and name the files of the report', () => {
  const place = root();
  const [report, out] = [join(place, 'reports/latest'), join(place, '.artifacts/docker-tests/postern')];
  const written = writeLane(sampleReport(ALL_HOLD), report, out);
  expect(written).toEqual(['summary.json', 'failures.json', 'qa-evidence.json'].map((file) => join(out, file)));
  const [summary, , evidence] = written.map((file) => JSON.parse(readFileSync(file, 'utf8')));
  expect(summary.lanes[0].logFile).toBe(join(report, 'summary.md'));
  expect(evidence.entries).toHaveLength(COVERED_IDS.length);
  expect(evidence.entries[0].execution.artifacts).toEqual([
    { kind: 'report', path: '../../../reports/latest/report.json', source: 'postern' },
    { kind: 'summary', path: '../../../reports/latest/summary.md', source: 'postern' },
    { kind: 'junit', path: '../../../reports/latest/junit.xml', source: 'postern' },
  ]);
});

test('the evidence of a gate is about its head, and a run of several gateways is refused', () => {
  const two = [...ONE_GATEWAY, ...ALL_HOLD];
  const out = root();
  writeLane(sampleReport(two, 'gate'), 'reports/latest', out);
  const { entries } = JSON.parse(readFileSync(join(out, 'qa-evidence.json'), 'utf8'));
  expect(entries[0].execution.packageSource).toEqual({ kind: 'npm-package', spec: 'openclaw@2026.9.6' });
  expect(() => writeLane(sampleReport(two), 'reports/latest', out)).toThrow(
    'the report 20261121-093000-a1b2 is about 2 gateways, and a lane is about one',
  );
});

test('a folder that cannot be written is a UsageError with advice', () => {
  const file = join(root(), 'file');
  writeFileSync(file, '');
  expect(() => writeLane(sampleReport(ALL_HOLD), 'reports/latest', join(file, 'out'))).toThrow(
    `${join(file, 'out', 'summary.json')} could not be written: a part of the path is a file, not a folder.`,
  );
});

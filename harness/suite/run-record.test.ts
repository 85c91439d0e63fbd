import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { keptOutput } from '../report/terminal/output.fixture.ts';
import type { CheckResult } from '../results/report.ts';
import { ALL_HOLD, sampleReport } from '../results/sample.fixture.ts';
import { openRunRecord } from './run-record.ts';

/** A check of the sample, which holds, with this id. */
function checkWith(id: string): CheckResult {
  const [check] = sampleReport(ALL_HOLD).checks;
  if (check === undefined) throw new Error('the sample has checks');
  return { ...check, id };
}

/** What the event log and the terminal say of two checks: a violation that nobody has published, and one that holds. */
function told(disclosure: 'public' | 'full'): string {
  const { output, told: shown } = keptOutput();
  const reports = mkdtempSync(path.join(tmpdir(), 'postern-reports-'));
  const record = openRunRecord({ reports, out: output, disclosure });
  const at = '2026-11-26T00:00:00.000Z';
  const violation = { ...checkWith('a/b/violation'), verdict: 'fail' as const, holds: false, local: false };
  record.emit({ at, event: 'check', check: violation });
  record.emit({ at, event: 'check', check: checkWith('a/b/holds') });
  record.closeLog();
  return readFileSync(path.join(record.folder, 'events.ndjson'), 'utf8') + shown();
}

test('neither log nor terminal tells of a violation that nobody has published, if the run is public', () => {
  expect(told('full')).toContain('a/b/violation');
  expect(told('public')).not.toContain('a/b/violation');
  expect(told('public')).toContain('a/b/holds');
});

import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { waitOnThisMachine } from '../limits.ts';
import { type Report, reportSchema } from '../results/report.ts';
import { postern } from './child.fixture.ts';

/** Replays on a real gateway, as the caller of the command sees them. */

/** Boots within seconds, on a machine that does nothing else. */
const GATEWAY = '2026.4.1';
const BOUND_MS = waitOnThisMachine(240_000);

let place = '';
beforeAll(() => {
  place = mkdtempSync(path.join(tmpdir(), 'postern-replay-'));
});
afterAll(() => rmSync(place, { recursive: true, force: true }));

/** Replays an id. Gives the exit code, the output, and the report. */
async function replayed(...argv: string[]): Promise<{ code: number | null; stdout: string; report: Report }> {
  const reports = path.join(place, randomUUID());
  mkdirSync(reports);
  const { code, stdout } = await postern(['replay', ...argv, '--reports', reports]);
  const [folder = 'none', ...others] = readdirSync(reports);
  expect(others).toEqual([]); // no `latest`
  const text = readFileSync(path.join(reports, folder, 'report.json'), 'utf8');
  return { code, stdout, report: reportSchema.parse(JSON.parse(text)) };
}

describe('a replay', { timeout: BOUND_MS }, () => {
  test('of a cell plays that cell alone, and shows head, frames, pairing list and refusal', async () => {
    const { code, stdout, report } = await replayed('table/plain/knock', '--gateway', GATEWAY);
    expect(code).toBe(0);
    expect(report.table.map(({ id, flaky, unreached }) => [id, flaky, unreached])).toEqual([['plain', false, null]]);
    expect(stdout).toMatch(/── The knock \(plain\/knock\), from lan ──/);
    expect(stdout).toMatch(/^ {6}GET \/ HTTP\/1\.1\n/m);
    expect(stdout).toMatch(/method: 'connect'/);
    expect(stdout).toMatch(/^ {2}pairing list before +no entry of this device$/m);
    expect(stdout).toMatch(/^ {2}pairing list after +waits for approval; role operator; scopes operator\.read$/m);
    expect(stdout).toMatch(/^ {2}outcome +refused, close code 1008$/m);
    expect(stdout).not.toContain('(plain/replay)');
  });

  test('of a check plays its scenario without workarounds, and exits as a run does', async () => {
    const id = 'stale-scopes/local-write-after-read/local-upgrade';
    const { code, stdout, report } = await replayed(id, '--gateway', GATEWAY);
    expect(code).toBe(1);
    expect(report.checks.filter(({ part }) => part === 'remedies')).toEqual([]);
    expect(stdout).toContain(`── ${id}, from loopback ──`);
    expect(stdout).toMatch(/^ {2}verdict +↻ reproduced/m);
    expect(stdout).toContain(`repeat    npx postern replay ${id} --gateway ${GATEWAY}`);
  });
});

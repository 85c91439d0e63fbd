import { mkdirSync, mkdtempSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { Report } from '../results/report.ts';
import { ONE_GATEWAY, sampleReport } from '../results/sample.fixture.ts';
import { moveToPrivate, stagesWithPrivateLogs } from './private-logs.ts';

const SAMPLE = sampleReport(ONE_GATEWAY);
const stage = (id: string, scenarios: string[], gateway = 'head'): Report['stages'][number] => ({
  id,
  gateway,
  scenarios,
  bootMs: 1,
  log: path.join('logs', gateway, `${id}-gateway.log`),
});
const STAGES = [
  stage('shared-1', ['a/one', 'a/two']),
  stage('shared-10', ['a/three']),
  stage('shared-1', ['a/one'], 'base'),
  stage('table', ['boundary/table']),
];
const logsWith = (withheld: Parameters<typeof stagesWithPrivateLogs>[1]): string[] =>
  stagesWithPrivateLogs(STAGES, withheld).map(({ log }) => log);
const checksOf = (gateway: string, scenario: string): Report['checks'] =>
  SAMPLE.checks.slice(0, 1).map((check) => ({ ...check, gateway, scenario }));

test('the log of a stage is private if something withheld was played on it', () => {
  expect(logsWith({ checks: checksOf('head', 'a/two'), table: [] })).toEqual([
    'private/logs/head/shared-1-gateway.log',
    'logs/head/shared-10-gateway.log',
    'logs/base/shared-1-gateway.log',
    'logs/head/table-gateway.log',
  ]);
});

test('a withheld cell makes the log of the table private', () => {
  const cell = { gateway: 'head', id: 'x', values: {}, flaky: false, unreached: null, repeat: '', looks: [] };
  expect(logsWith({ checks: [], table: [cell] })[3]).toBe('private/logs/head/table-gateway.log');
  expect(logsWith({ checks: [], table: [] })).toEqual(STAGES.map(({ log }) => log));
});

test('private logs are moved with those of the other containers of their stage, once', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'postern-logs-'));
  const logs = path.join(folder, 'logs/head');
  mkdirSync(logs, { recursive: true });
  for (const name of ['shared-1-gateway.log', 'shared-1-peer.log', 'shared-10-gateway.log'])
    writeFileSync(path.join(logs, name), name);
  const stages = stagesWithPrivateLogs(STAGES, { checks: checksOf('head', 'a/two'), table: [] });
  moveToPrivate(folder, stages);
  moveToPrivate(folder, stages);
  expect(readdirSync(logs)).toEqual(['shared-10-gateway.log']);
  expect(readdirSync(path.join(folder, 'private/logs/head')).sort()).toEqual([
    'shared-1-gateway.log',
    'shared-1-peer.log',
  ]);
  expect(statSync(path.join(folder, 'private')).mode & 0o777).toBe(0o700);
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readBase } from './read-base.ts';
import { sampleReport } from './report.fixture.ts';
import type { RoutesReport } from './report.ts';
import { fromStored } from './stored-routes.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'postern-base-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (report: RoutesReport | string): void =>
  writeFileSync(path.join(folder, 'routes.json'), typeof report === 'string' ? report : JSON.stringify(report));

test('the routes of a report folder are read', () => {
  write(sampleReport());
  expect(readBase(folder)).toEqual(fromStored(sampleReport().played).played);
});

test('what is no folder with a report is the reference of a gateway', () => {
  expect(readBase('2026.9.6')).toBe(null);
  expect(readBase(folder)).toBe(null);
});

test('a report that cannot be compared is refused, with the reason', () => {
  write('{}');
  expect(() => readBase(folder)).toThrow('is not a report of this version');
  write({ ...sampleReport(), withheld: 2 });
  expect(() => readBase(folder)).toThrow('lacks the routes of 2 findings');
  const { played, ...report } = sampleReport();
  const routes = played.routes.map((route) => ({ ...route, digest: 'of another' }));
  write({ ...report, played: { ...played, routes } });
  expect(() => readBase(folder)).toThrow('was made with other requests to models, panel than are sent now');
});

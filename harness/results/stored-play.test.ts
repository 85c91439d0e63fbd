import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { UsageError } from '../exit.ts';
import { EVERY_VERDICT, sampleReport } from './sample.fixture.ts';
import { readStoredPlay } from './stored-play.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function folderWith(files: Record<string, unknown>): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'postern-stored-'));
  folders.push(folder);
  for (const [name, content] of Object.entries(files)) writeFileSync(path.join(folder, name), JSON.stringify(content));
  return folder;
}

const REPORT = sampleReport(EVERY_VERDICT.slice(0, 2));
const { seed } = REPORT.run;

test('the gateways of a run are those that it played', () => {
  const folder = folderWith({ 'report.json': REPORT });
  const play = { gateways: ['2026.4.1', 'npm:openclaw@latest'], seed };
  expect(readStoredPlay(folder)).toEqual(play);
  expect(readStoredPlay(path.join(folder, 'report.json'))).toEqual(play);
});

test('the gateways of a comparison are base and head, also if the run played only one of them', () => {
  const sides = { base: { reference: '2026.3.31' }, head: { reference: '2026.4.1' } };
  const folder = folderWith({ 'report.json': sampleReport(EVERY_VERDICT.slice(0, 1)), 'comparison.json': sides });
  const play = { gateways: ['2026.3.31', '2026.4.1'], seed };
  expect(readStoredPlay(folder)).toEqual(play);
  expect(readStoredPlay(path.join(folder, 'comparison.json'))).toEqual(play);
});

test('a folder without a report, and a comparison that names no gateways, are refused', () => {
  expect(() => readStoredPlay(folderWith({}))).toThrow(UsageError);
  const folder = folderWith({ 'report.json': REPORT, 'comparison.json': { base: '2026.4.1' } });
  expect(() => readStoredPlay(folder)).toThrow(`${path.join(folder, 'comparison.json')} is not a comparison: `);
});

import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { UsageError } from '../exit.ts';
import { readReport } from './read.ts';
import type { Report } from './report.ts';
import { EVERY_VERDICT, sampleReport } from './sample.fixture.ts';
import { joinTranscripts, splitTranscripts, TRANSCRIPTS_FILE } from './transcripts.ts';

const SAMPLE = sampleReport(EVERY_VERDICT);
const [CHECK] = SAMPLE.checks.filter(({ transcript }) => transcript !== null);
if (CHECK?.observation == null) throw new Error('the sample has a check with a transcript');
const look = {
  look: 'knock',
  vantage: 'lan',
  observation: CHECK.observation,
  transcript: CHECK.transcript,
  logLines: ['a'],
  pairingList: { before: [], after: ['a row'] },
};
const WITH_TABLE: Report = {
  ...SAMPLE,
  table: [
    {
      ...{ gateway: '2026.4.1', id: 'plain', values: {}, flaky: false, unreached: null, repeat: '', looks: [look] },
      second: { unreached: null, looks: [{ ...look, logLines: ['b'] }] },
    },
  ],
};

/** A folder with these files. */
function folderOf(files: Readonly<Record<string, string | Buffer>>): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'postern-reports-'));
  for (const [name, content] of Object.entries(files)) writeFileSync(path.join(folder, name), content);
  return folder;
}

test('a report that was split and joined again is the same', () => {
  const { report, file } = splitTranscripts(WITH_TABLE);
  expect(joinTranscripts(report, file)).toEqual(WITH_TABLE);
});

test('probes and checks that hold lose transcripts, log lines and texts, and nothing that was decided', () => {
  const { report } = splitTranscripts(WITH_TABLE);
  for (const [index, check] of report.checks.entries()) {
    const before = WITH_TABLE.checks[index];
    expect(check.verdict).toBe(before?.verdict);
    expect(check.transcript).toEqual(check.holds ? null : before?.transcript);
  }
  expect(report.table[0]?.looks[0]).toMatchObject({ transcript: null, logLines: [] });
  expect(report.table[0]?.looks[0]?.observation.outcome?.kind).toBe(look.observation.outcome?.kind);
  expect(report.table[0]?.looks[0]?.observation.audit?.map(({ event }) => event)).toEqual(
    look.observation.audit?.map(({ event }) => event),
  );
});

test('a report is read together with its transcripts', () => {
  const { report, file } = splitTranscripts(WITH_TABLE);
  expect(readReport(folderOf({ 'report.json': JSON.stringify(report), [TRANSCRIPTS_FILE]: file }))).toEqual(WITH_TABLE);
});

test('a report without its transcripts, or with those of another run, is a usage error', () => {
  const { report, file } = splitTranscripts(WITH_TABLE);
  const json = JSON.stringify(report);
  const other = splitTranscripts(SAMPLE).file;
  expect(() => readReport(folderOf({ 'report.json': json }))).toThrow(UsageError);
  expect(() => readReport(folderOf({ 'report.json': json, [TRANSCRIPTS_FILE]: other }))).toThrow(
    'its SHA-256 is not the one in report.json',
  );
  expect(() => joinTranscripts({ ...report, run: { ...report.run, id: 'another' } }, file)).toThrow('it is of the run');
});

test('a report of version 3 is read: its transcripts are in report.json', () => {
  const { transcripts: _, withheld: __, ...older } = WITH_TABLE;
  const json = JSON.stringify({ ...older, schemaVersion: 3 });
  expect(readReport(folderOf({ 'report.json': json }))).toEqual(WITH_TABLE);
});

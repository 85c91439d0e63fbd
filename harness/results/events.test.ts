import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { UsageError } from '../exit.ts';
import { createSecretRegistry } from '../redaction/redactor.ts';
import { openEventLog } from './events.ts';

const at = '2026-11-21T09:30:00.000Z';
const folder = (): string => mkdtempSync(join(tmpdir(), 'postern-events-'));

test('append writes each event as one line before it returns', () => {
  const path = join(folder(), 'events.ndjson');
  const log = openEventLog(path, (text) => text);
  log.append({ at, event: 'problem', text: 'two\nlines' });
  expect(readFileSync(path, 'utf8')).toBe(`{"at":"${at}","event":"problem","text":"two\\nlines"}\n`);
  log.append({ at, event: 'run-finished', exitCode: 0, wallMs: 5 });
  expect(readFileSync(path, 'utf8').trimEnd().split('\n')).toHaveLength(2);
  expect(log.close()).toEqual([]);
});

test('a secret is replaced in free text', () => {
  const secretRegistry = createSecretRegistry();
  const secret = secretRegistry.mint('token');
  const path = join(folder(), 'events.ndjson');
  const log = openEventLog(path, secretRegistry.redact);
  log.append({ at, event: 'problem', text: `said ${secret} aloud` });
  expect(log.close()).toEqual([]);
  expect(readFileSync(path, 'utf8')).toBe(`{"at":"${at}","event":"problem","text":"said «token» aloud"}\n`);
});

test('words of Postern are not changed', () => {
  const path = join(folder(), 'events.ndjson');
  const log = openEventLog(path, (text) => text.replaceAll('problem', '«device token»').replaceAll('"at"', '«»'));
  log.append({ at, event: 'run-finished', exitCode: 0, wallMs: 5 });
  expect(log.close()).toEqual([]);
  expect(readFileSync(path, 'utf8')).toBe(`{"at":"${at}","event":"run-finished","exitCode":0,"wallMs":5}\n`);
});

test('an event that cannot be redacted is left out and reported, and the next event is written', () => {
  const secretRegistry = createSecretRegistry();
  const secret = secretRegistry.mint('token');
  const path = join(folder(), 'events.ndjson');
  const log = openEventLog(path, secretRegistry.redact);
  log.append({ at, event: 'stage-booting', stage: secret, gateway: '2026.4.1' });
  log.append({ at, event: 'run-finished', exitCode: 0, wallMs: 5 });
  const [problem] = log.close();
  expect(problem).toContain('could not be cleared of secrets and was left out');
  const [first, second] = readFileSync(path, 'utf8').split('\n');
  expect(JSON.parse(first ?? '')).toEqual({ at, event: 'problem', text: problem });
  expect(JSON.parse(second ?? '')).toMatchObject({ event: 'run-finished' });
});

test('a full disk is reported once, with the number of lost events, and does not stop the run', () => {
  const log = openEventLog('/dev/full', (text) => text);
  log.append({ at, event: 'problem', text: 'first' });
  log.append({ at, event: 'problem', text: 'second' });
  expect(log.close()).toEqual([
    '/dev/full could not be written: the disk is full. Free some space, or write the report to another disk. Events lost: 2.',
  ]);
});

test('an event log that cannot be opened is a UsageError with the reason', () => {
  const file = join(folder(), 'file');
  writeFileSync(file, '');
  const open = () => openEventLog(join(file, 'events.ndjson'), (text) => text);
  expect(open).toThrow(UsageError);
  expect(open).toThrow(
    `The event log ${join(file, 'events.ndjson')} cannot be opened: a part of the path is a file, not a folder.`,
  );
});

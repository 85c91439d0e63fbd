import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { UsageError } from '../exit.ts';
import { createVault } from '../secrets.ts';
import { openEventLog } from './events.ts';

const at = '2026-11-21T09:30:00.000Z';
const folder = (): string => mkdtempSync(join(tmpdir(), 'postern-events-'));

test('each event is on the disk as one line before append returns', () => {
  const path = join(folder(), 'events.ndjson');
  const log = openEventLog(path, (text) => text);
  log.append({ at, event: 'problem', text: 'two\nlines' });
  expect(readFileSync(path, 'utf8')).toBe(`{"at":"${at}","event":"problem","text":"two\\nlines"}\n`);
  log.append({ at, event: 'run-finished', exitCode: 0, wallMs: 5 });
  expect(readFileSync(path, 'utf8').trimEnd().split('\n')).toHaveLength(2);
  expect(log.close()).toEqual([]);
});

test('a secret is redacted, also one that JSON writes in another shape', () => {
  const vault = createVault();
  const path = join(folder(), 'events.ndjson');
  vault.learn('odd password', 'pa"ss\\word');
  const log = openEventLog(path, vault.redact);
  log.append({ at, event: 'problem', text: 'said pa"ss\\word aloud' });
  log.close();
  expect(readFileSync(path, 'utf8')).toBe(`{"at":"${at}","event":"problem","text":"said «odd password» aloud"}\n`);
});

test('a full disk is told once, in words, with the number of lost events, and does not stop the run', () => {
  const log = openEventLog('/dev/full', (text) => text);
  log.append({ at, event: 'problem', text: 'first' });
  log.append({ at, event: 'problem', text: 'second' });
  expect(log.close()).toEqual([
    '/dev/full could not be written: the disk is full. Free some space, or write the report to another disk. Events lost: 2.',
  ]);
});

test('a log that cannot be opened is a usage error that says why', () => {
  const file = join(folder(), 'file');
  writeFileSync(file, '');
  const open = () => openEventLog(join(file, 'events.ndjson'), (text) => text);
  expect(open).toThrow(UsageError);
  expect(open).toThrow(
    `The event log ${join(file, 'events.ndjson')} cannot be opened: a part of the path is a file, not a folder.`,
  );
});

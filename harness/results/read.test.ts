import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { UsageError } from '../exit.ts';
import { readReport } from './read.ts';
import { ALL_HOLD, sampleReport } from './sample.fixture.ts';

const FOLDER = mkdtempSync(path.join(tmpdir(), 'postern-read-'));
const FILE = path.join(FOLDER, 'report.json');
writeFileSync(FILE, JSON.stringify(sampleReport(ALL_HOLD)));
const DIGEST = createHash('sha256').update(readFileSync(FILE)).digest('hex');

test('a report with the digest that was given is read, by its folder and by its file', () => {
  expect(readReport(FOLDER, DIGEST)).toEqual(sampleReport(ALL_HOLD));
  expect(readReport(FILE, DIGEST.toUpperCase())).toEqual(sampleReport(ALL_HOLD));
});

test('a report with another digest is refused', () => {
  const other = '0'.repeat(64);
  expect(() => readReport(FOLDER, other)).toThrow(
    new UsageError(
      `${FILE} has SHA-256 ${DIGEST}, and ${other} was given`,
      'Take the report and the digest from the same run.',
    ),
  );
});

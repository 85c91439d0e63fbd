import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { UsageError } from '../exit.ts';
import { MOST_BYTES, readReport } from './read-report.ts';

let place = '';
beforeAll(() => {
  place = mkdtempSync(path.join(tmpdir(), 'postern-repro-'));
});
afterAll(() => rmSync(place, { recursive: true, force: true }));

function file(name: string, content: string | Uint8Array): string {
  const at = path.join(place, name);
  writeFileSync(at, content);
  return at;
}

/** What the reading of a source ends with, as the message and what to do. */
function refusalOf(source: string): string {
  try {
    readReport(source);
    return 'read';
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return `${error.message} | ${error.next}`;
  }
}

describe('a text is read whatever its encoding', () => {
  const TEXT = 'Größe: "pairing required"';
  test.each([
    ['UTF-8', Buffer.from(TEXT)],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${TEXT}`)],
    ['UTF-16, as PowerShell writes it', Buffer.from(`\ufeff${TEXT}`, 'utf16le')],
    ['UTF-16, big-endian', Buffer.from(`\ufeff${TEXT}`, 'utf16le').swap16()],
    ['Windows-1252', Buffer.from(`äöü ${TEXT}`, 'latin1')],
  ])('%s', (_, bytes) => {
    expect(readReport(file('text', bytes))[0]?.text).toContain(TEXT);
  });
});

describe('what is no report is refused, with what to do', () => {
  test('a file that does not exist', () => {
    expect(refusalOf(path.join(place, 'none'))).toMatch(/cannot be read as a report: ENOENT.*\| Give the path/);
  });
  test('a folder', () => {
    expect(refusalOf(place)).toMatch(/is a folder \| Give the file/);
  });
  test('an empty file', () => {
    expect(refusalOf(file('empty', ' \n\n'))).toMatch(/is empty \|/);
  });
  test('a picture', () => {
    const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]);
    expect(refusalOf(file('picture.png', png))).toMatch(/is no text, but binary \| .*paste what it shows/);
  });
  test('random bytes', () => {
    const noise = Uint8Array.from({ length: 4_096 }, (_, index) => 1 + ((index * 7_919) % 255));
    expect(refusalOf(file('noise', noise))).toMatch(/is no text, but binary/);
  });
  test('a text of more than a mebibyte', () => {
    expect(refusalOf(file('large', 'a\n'.repeat(MOST_BYTES)))).toMatch(
      /has more than 1048576 bytes \| Give the report alone/,
    );
  });
  test('a gigabyte, of which only the beginning is read', () => {
    const huge = file('huge', '');
    truncateSync(huge, 1024 ** 3);
    const before = process.memoryUsage().rss;
    expect(refusalOf(huge)).toMatch(/has more than/);
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 ** 2);
  });
});

/** Runs a program of this project in a process of its own, with the input of a shell pipeline. */
function runWith(input: string, program: string): { code: number | null; out: string } {
  const script = path.join(place, 'program.mjs');
  writeFileSync(script, program);
  const { status, stdout } = spawnSync('sh', ['-c', `${input} | "${process.execPath}" "${script}"`], {
    encoding: 'utf8',
    timeout: 60_000,
  });
  return { code: status, out: stdout };
}

const READ_STDIN = `
import { readReport } from ${JSON.stringify(path.join(import.meta.dirname, 'read-report.ts'))};
try { console.log(readReport('-').length + ' lines'); } catch (error) { console.log(error.name + ': ' + error.message); }
`;

describe('the standard input', () => {
  test('is read to its end', () => {
    expect(runWith('printf "a\\nb"', READ_STDIN).out).toBe('2 lines\n');
  });
  test('is refused if it does not end', () => {
    expect(runWith('yes "pairing required"', READ_STDIN).out).toMatch(/^UsageError: the standard input has more than/);
  });
});

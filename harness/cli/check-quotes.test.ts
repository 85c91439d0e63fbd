import { execFile } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { QUOTATIONS } from './quotations.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'postern-package-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

type Run = { code: number | string | null | undefined; stdout: string; stderr: string };

function checkQuotes(...argv: string[]): Promise<Run> {
  const script = path.join(import.meta.dirname, 'check-quotes.ts');
  return new Promise((resolve) => {
    execFile(process.execPath, [script, ...argv], (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : error.code, stdout, stderr });
    });
  });
}

test('a quote has at most twelve words on one line, and an inference is a sentence', () => {
  for (const { quote, inferred } of QUOTATIONS) {
    expect(quote.split(' ').length, quote).toBeLessThanOrEqual(12);
    expect(quote).not.toMatch(/\s{2}|\n/);
    if (inferred !== undefined) expect(inferred).toMatch(/^[A-Z].*\.$/);
  }
});

describe('node harness/cli/check-quotes.ts', () => {
  test('exits with 0 if every quote is found on its page', async () => {
    for (const { page, quote } of QUOTATIONS) {
      mkdirSync(path.join(folder, path.dirname(page)), { recursive: true });
      appendFileSync(path.join(folder, page), `${quote.replaceAll(' ', '\n  ')}\n\n`);
    }
    expect(await checkQuotes(folder)).toEqual({
      code: 0,
      stdout: `${QUOTATIONS.length} of ${QUOTATIONS.length} quotes were found in ${folder}.\n`,
      stderr: '',
    });
  });

  test('exits with 1 and names every missing quote', async () => {
    mkdirSync(path.join(folder, 'docs'));
    const { code, stdout, stderr } = await checkQuotes(folder);
    expect([code, stdout]).toEqual([1, `0 of ${QUOTATIONS.length} quotes were found in ${folder}.\n`]);
    expect(stderr.split('\n')).toHaveLength(QUOTATIONS.length + 1);
  });

  test('exits with 2 and says what it expects if there is no package', async () => {
    const { code, stderr } = await checkQuotes(folder);
    expect(code).toBe(2);
    expect(stderr).toContain(`${folder}: expected the unpacked package of a gateway, with docs/ in it.\n`);
  });
});

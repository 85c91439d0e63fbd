import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { faultsOfQuotations, quoted, saySources } from './documentation.ts';

const PAGE = 'docs/gateway/pairing.md';
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'postern-package-'));
  mkdirSync(path.join(folder, 'docs/gateway'), { recursive: true });
  writeFileSync(path.join(folder, PAGE), '# Pairing\n\n- A remote client\n  waits for an `operator`.\n');
});
afterAll(() => rmSync(folder, { recursive: true }));

test('a quote that is on its page is sound, also across a line break', () => {
  expect(faultsOfQuotations([quoted(PAGE, 'A remote client waits for an `operator`.')], folder)).toEqual([]);
});

test('a quote that differs from its page, or whose page is missing, is reported', () => {
  const quotations = [
    quoted(PAGE, 'A remote client waits for an operator.'),
    quoted('docs/gateway/gone.md', 'A remote client'),
    quoted(PAGE, 'A remote client waits', 'The page does not say for how long.'),
  ];
  expect(faultsOfQuotations(quotations, folder)).toEqual([
    'docs/gateway/pairing.md: does not say "A remote client waits for an operator."',
    'docs/gateway/gone.md: the page does not exist; it should say "A remote client"',
  ]);
});

test('a source is formatted as one line, with the page, the release and what is inferred', () => {
  expect(saySources([quoted(PAGE, 'waits'), 'GHSA-rqpp-rjj8-7wv8', quoted(PAGE, 'A remote', 'It says no more.')])).toBe(
    '"waits" (docs/gateway/pairing.md, 2026.9.6); GHSA-rqpp-rjj8-7wv8; "A remote" (docs/gateway/pairing.md, 2026.9.6; inferred: It says no more.)',
  );
});

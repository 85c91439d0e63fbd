import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ONE_GATEWAY, sampleReport } from '../results/sample.fixture.ts';
import { postern } from '../suite/child.fixture.ts';

test('a report is converted, and its exit code and class are those of the command', async () => {
  const place = mkdtempSync(path.join(tmpdir(), 'postern-lane-'));
  const [from, out] = [path.join(place, 'report'), path.join(place, 'lane')];
  mkdirSync(from);
  writeFileSync(path.join(from, 'report.json'), JSON.stringify(sampleReport(ONE_GATEWAY)));
  const { code, stdout } = await postern(['lane', '--from', from, '--out', out]);
  expect(code).toBe(1);
  expect(stdout.trimEnd().split('\n').at(-1)).toMatch(
    /^2026\.4\.1 reproduces 2 reported failures .* Failure class: product\.$/,
  );
  expect(readdirSync(out).sort()).toEqual(['failures.json', 'qa-evidence.json', 'summary.json']);
  expect((await postern(['lane', '--from', place, '--out', out])).code).toBe(2);
});

import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ALL_HOLD, ONE_GATEWAY, sampleReport } from '../../results/sample.fixture.ts';
import { renderMarkdown } from '../markdown/markdown.ts';
import { keptOutput } from '../terminal/output.fixture.ts';
import { printActions, renderAnnotations } from './annotations.ts';

test('each check that does not hold is one error with its position, worst first', () => {
  expect(renderAnnotations(sampleReport(ONE_GATEWAY))).toMatchInlineSnapshot(`
    "::error file=scenarios/forwarded/untrusted-proxy-header.yaml,line=16,col=5,title=fail%3A forwarded/untrusted-proxy-header/forged-loopback on 2026.4.1::expected: refused in the handshake, 1008 pairing-required (scope-upgrade), request pending%0Aseen: admitted as operator with operator.read, device approved silently%0Arepeat: npx postern replay forwarded/untrusted-proxy-header/forged-loopback --gateway 2026.4.1
    ::error file=scenarios/stale-scopes/local-write-after-read.yaml,line=20,col=5,title=reproduced%3A stale-scopes/local-write-after-read/local-upgrade on 2026.4.1::expected: admitted with operator.write%0Aseen: refused in the handshake, 1008 pairing-required (scope-upgrade), request pending%0Abecause: the outcome is exactly the declared symptom%0Arepeat: npx postern replay stale-scopes/local-write-after-read/local-upgrade --gateway 2026.4.1
    ::error file=scenarios/spawn/sub-agent-from-read-device.yaml,line=14,col=5,title=reproduced%3A spawn/sub-agent-from-read-device/spawn on 2026.4.1::expected: answered with a session key%0Aseen: refused in the handshake, 1008 pairing-required (scope-upgrade), request pending%0Abecause: the outcome is exactly the declared symptom%0Arepeat: npx postern replay spawn/sub-agent-from-read-device/spawn --gateway 2026.4.1
    ::error file=scenarios/forwarded/untrusted-proxy-header.yaml,line=21,col=5,title=not-testable%3A forwarded/untrusted-proxy-header/audit-line on 2026.4.1::expected: the log has the refusal%0Aseen: nothing: the knock it rests on was admitted%0Abecause: forged-loopback was expected to be refused, and was not: there is no refusal to find in the log%0Arepeat: npx postern replay forwarded/untrusted-proxy-header/audit-line --gateway 2026.4.1
    ::error file=scenarios/restart/paired-after-restart.yaml,line=15,col=5,title=flaky%3A restart/paired-after-restart/after-restart on 2026.4.1::expected: admitted with operator.read%0Aseen: admitted in 1 of 2 runs, refused with 1008 in the other%0Abecause: the two runs of this check disagreed%0Arepeat: npx postern replay restart/paired-after-restart/after-restart --gateway 2026.4.1
    ::notice title=Postern::Played with --seed 1604318.
    "
  `);
});

test('no annotations if everything holds', () => {
  expect(renderAnnotations(sampleReport(ALL_HOLD))).toBe('');
});

test('no text can start another workflow command', () => {
  const report = sampleReport(ONE_GATEWAY);
  const odd = 'x\n::set-env name=PATH::/tmp\r\n100%';
  const checks = report.checks
    .filter((check) => check.verdict === 'fail')
    .map((check) => ({ ...check, seen: odd, id: 'a:b,c', source: { ...check.source, file: 'dir,a:b\n.yaml' } }));
  expect(renderAnnotations({ ...report, checks })).toMatchInlineSnapshot(`
    "::error file=dir%2Ca%3Ab .yaml,line=16,col=5,title=fail%3A a%3Ab%2Cc on 2026.4.1::expected: refused in the handshake, 1008 pairing-required (scope-upgrade), request pending%0Aseen: x ::set-env name=PATH::/tmp 100%25%0Arepeat: npx postern replay forwarded/untrusted-proxy-header/forged-loopback --gateway 2026.4.1
    ::notice title=Postern::Played with --seed 1604318.
    "
  `);
});

test('after ten errors, one notice gives the number of the others', () => {
  const report = sampleReport(ONE_GATEWAY);
  const checks = Array.from({ length: 4 }, () => report.checks).flat();
  const lines = renderAnnotations({ ...report, checks })
    .trimEnd()
    .split('\n');
  expect(lines.filter((line) => line.startsWith('::error '))).toHaveLength(10);
  expect(lines.at(-1)).toBe(
    '::notice title=Postern::10 more did not hold; the summary and index.html list them all. Played with --seed 1604318.',
  );
});

test('annotations are written only on GitHub Actions', () => {
  const { output, told } = keptOutput();
  expect(printActions(sampleReport(ONE_GATEWAY), null, { GITHUB_STEP_SUMMARY: '/dev/full' }, output)).toEqual([]);
  expect(told()).toBe('');
});

test('the summary is appended, shorter if the file is nearly full; a failure is reported', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'postern-actions-')), 'summary');
  const report = sampleReport(ONE_GATEWAY);
  const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: path };
  writeFileSync(path, 'before\n');
  expect(printActions(report, null, env, keptOutput().output)).toEqual([]);
  expect(readFileSync(path, 'utf8')).toBe(`before\n${renderMarkdown(report)}`);

  writeFileSync(path, 'x'.repeat(899_000));
  expect(printActions(report, null, env, keptOutput().output)).toEqual([
    `${path} already has 899000 bytes: Postern's summary was not added. It is in summary.md.`,
  ]);
  expect(printActions(report, null, { ...env, GITHUB_STEP_SUMMARY: '/dev/full' }, keptOutput().output)).toEqual([
    '/dev/full could not be written: the disk is full. Free some space, or write the report to another disk.',
  ]);
});

test('the comment of a gate comes first, unless the summary has no room for it', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'postern-actions-')), 'summary');
  const report = sampleReport(ONE_GATEWAY, 'gate');
  const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: path };
  expect(printActions(report, '## Postern: weaker\n', env, keptOutput().output)).toEqual([]);
  expect(readFileSync(path, 'utf8')).toBe(`## Postern: weaker\n\n${renderMarkdown(report)}`);

  writeFileSync(path, 'x'.repeat(880_000));
  expect(printActions(report, 'y'.repeat(15_000), env, keptOutput().output)).toEqual([]);
  expect(readFileSync(path, 'utf8')).not.toContain('yyyy');
});

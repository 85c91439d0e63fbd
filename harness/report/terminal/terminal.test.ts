import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import type { RunEvent } from '../../results/report.ts';
import { ALL_HOLD, ONE_GATEWAY, sampleReport } from '../../results/sample.fixture.ts';
import { keptOutput } from './output.fixture.ts';
import type { Streams } from './output.ts';
import { createProgress } from './terminal.ts';
import { fitTo, safe } from './terminal-text.ts';

const at = (second: number): string => new Date(Date.UTC(2026, 10, 21, 9, 30, second)).toISOString();

function story(): RunEvent[] {
  const report = sampleReport(ONE_GATEWAY);
  const gateway = '2026.4.1';
  const scenario = 'stale-scopes/local-write-after-read';
  return [
    {
      at: at(0),
      event: 'run-started',
      run: 'r',
      purpose: 'run',
      seed: 1_604_318,
      command: '',
      scenarios: 6,
      checks: 18,
      gateways: [gateway],
    },
    {
      at: at(1),
      event: 'image-ready',
      gateway,
      tag: 'postern/gateway:2026.4.1',
      digest: 'sha256:0',
      cached: true,
      seconds: 0,
    },
    { at: at(1), event: 'stage-booting', stage: 'lan-token', gateway },
    { at: at(5), event: 'stage-ready', stage: 'lan-token', gateway, version: gateway, ms: 4_000 },
    { at: at(5), event: 'scenario-started', scenario, gateway },
    ...report.checks.slice(0, 2).map((check): RunEvent => ({ at: at(6), event: 'check', check })),
    { at: at(7), event: 'stage-booting', stage: 'proxy', gateway },
    { at: at(8), event: 'stage-failed', stage: 'proxy', gateway, why: 'exit 78: \u001b[31mUnrecognized key' },
    { at: at(9), event: 'problem', text: '::error::spoofed' },
    { at: at(9), event: 'scenario-finished', scenario, gateway, ms: 4_000 },
    { at: at(10), event: 'run-finished', exitCode: 1, wallMs: 10_000 },
  ];
}

function toldOn(terminal: Partial<Streams>): string {
  const { output, told } = keptOutput(terminal);
  const progress = createProgress(output);
  for (const event of story()) progress.on(event);
  progress.finish(sampleReport(ALL_HOLD), []);
  return told();
}

/** The text on the screen after erased lines are removed. */
function screenOf(output: string): string {
  const lines: string[] = [];
  for (const line of output.split('\n')) {
    const erased = line.split('\u001b[1A\u001b[2K').length - 1;
    lines.splice(lines.length - erased, erased);
    lines.push(stripVTControlCharacters(line));
  }
  return lines.join('\n');
}

test('without a terminal: one line per event, no escape sequences', () => {
  expect(toldOn({})).toMatchInlineSnapshot(`
    "00:00 18 checks in 6 scenarios on 2026.4.1, seed 1604318
    00:01 image postern/gateway:2026.4.1 for 2026.4.1 exists
    00:01 stage lan-token of 2026.4.1 is booting
    00:05 stage lan-token of 2026.4.1 is ready: 2026.4.1, 4.0 s
    ↻ reproduced  stale-scopes/local-write-after-read/local-upgrade on 2026.4.1
      expected  admitted with operator.write
      seen      refused in the handshake, 1008 pairing-required (scope-upgrade), request pending
    00:07 stage proxy of 2026.4.1 is booting
    Stage proxy of 2026.4.1 did not start: exit 78: ␛[31mUnrecognized key
    Problem: : :error::spoofed
    00:09 done stale-scopes/local-write-after-read on 2026.4.1, 4.0 s
    00:10 finished with exit code 1 after 10.0 s

    2026.9.6 holds in 18 checks; the boundary held for remote clients in 10 checks.
    18 pass in 1 min 34 s, seed 1604318
    Exit code 0: everything that ran holds.
    "
  `);
});

test('on a terminal: red checks stay above, and the live view is removed at the end', () => {
  expect(screenOf(toldOn({ tty: true, columns: 60, color: true }))).toMatchInlineSnapshot(`
    "Seed 1604318: --seed 1604318 repeats the order and the random knocks.
    ↻ reproduced  stale-scopes/local-write-after-read/local-upgrade on 2026.4.1
      expected  admitted with operator.write
      seen      refused in the handshake, 1008 pairing-required (scope-upgrade), request pending
    Stage proxy of 2026.4.1 did not start: exit 78: ␛[31mUnrecognized key
    Problem: : :error::spoofed

    2026.9.6 holds in 18 checks; the boundary held for remote clients in 10 checks.
    18 pass in 1 min 34 s, seed 1604318
    Exit code 0: everything that ran holds.
    "
  `);
});

test('the live view never wraps', () => {
  const { output, told } = keptOutput({ tty: true, columns: 30 });
  const progress = createProgress(output);
  for (const event of story().slice(0, 5)) progress.on(event);
  const live = screenOf(told()).trimEnd().split('\n').slice(-3);
  expect(live).toMatchInlineSnapshot(`
    [
      "stages  1 ready, 0 booting",
      "checks  0/18, 0 not holding,…",
      "now     stale-scopes/local-w…",
    ]
  `);
});

test('the final block names each red check, its position and the command that repeats it', () => {
  const { output, told } = keptOutput();
  createProgress(output).finish(sampleReport(ONE_GATEWAY), ['reports/latest/index.html']);
  expect(told()).toMatchInlineSnapshot(`
    "
    ✕ fail  forwarded/untrusted-proxy-header/forged-loopback on 2026.4.1
      expected  refused in the handshake, 1008 pairing-required (scope-upgrade), request pending
      seen      admitted as operator with operator.read, device approved silently
      source    scenarios/forwarded/untrusted-proxy-header.yaml:16:5
      repeat    npx postern replay forwarded/untrusted-proxy-header/forged-loopback --gateway 2026.4.1

    ↻ reproduced  stale-scopes/local-write-after-read/local-upgrade on 2026.4.1
      expected  admitted with operator.write
      seen      refused in the handshake, 1008 pairing-required (scope-upgrade), request pending
      because   the outcome is exactly the declared symptom
      source    scenarios/stale-scopes/local-write-after-read.yaml:20:5
      repeat    npx postern replay stale-scopes/local-write-after-read/local-upgrade --gateway 2026.4.1

    ↻ reproduced  spawn/sub-agent-from-read-device/spawn on 2026.4.1
      expected  answered with a session key
      seen      refused in the handshake, 1008 pairing-required (scope-upgrade), request pending
      because   the outcome is exactly the declared symptom
      source    scenarios/spawn/sub-agent-from-read-device.yaml:14:5
      repeat    npx postern replay spawn/sub-agent-from-read-device/spawn --gateway 2026.4.1

    ? not testable  forwarded/untrusted-proxy-header/audit-line on 2026.4.1
      expected  the log has the refusal
      seen      nothing: the knock it rests on was admitted
      because   forged-loopback was expected to be refused, and was not: there is no refusal to find in the log
      source    scenarios/forwarded/untrusted-proxy-header.yaml:21:5
      repeat    npx postern replay forwarded/untrusted-proxy-header/audit-line --gateway 2026.4.1

    ≈ flaky  restart/paired-after-restart/after-restart on 2026.4.1
      expected  admitted with operator.read
      seen      admitted in 1 of 2 runs, refused with 1008 in the other
      because   the two runs of this check disagreed
      source    scenarios/restart/paired-after-restart.yaml:15:5
      repeat    npx postern replay restart/paired-after-restart/after-restart --gateway 2026.4.1

    2026.4.1 reproduces 2 reported failures and does not hold in 3 other checks; the boundary held for remote clients in 5 of 8 checks.
    1 fail · 2 reproduced · 1 not testable · 1 flaky · 1 known deviation · 1 skipped · 1 not applicable · 10 pass in 1 min 34 s, seed 1604318
    Report: reports/latest/index.html
    Exit code 1: a check failed, or a reported failure was reproduced on this gateway.
    "
  `);
});

test('a closed pipe ends the output and not the run', () => {
  const { output, out } = keptOutput();
  const progress = createProgress(output);
  out.destroy();
  expect(() => {
    for (const event of story()) progress.on(event);
    progress.finish(sampleReport(ALL_HOLD), []);
  }).not.toThrow();
});

test('text of a gateway controls neither the terminal nor GitHub Actions', () => {
  expect(safe('::add-mask::x\u001b[2J\n##[error]y')).toBe(': :add-mask::x␛[2J # #[error]y');
  expect(fitTo(4, 'abcdef')).toBe('abc…');
});

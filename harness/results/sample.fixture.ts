import { exitCodeOf, holds, type Purpose, VERDICTS, type Verdict } from '../judge/verdict.ts';
import { replayCommand } from '../replay-command.ts';
import type { Observation } from '../scenario/schema/observation.ts';
import { countsOf } from './counts.ts';
import { type CheckResult, REPORT_SCHEMA_VERSION, type Report, type ScenarioInfo } from './report.ts';
import { SAMPLE_SCENARIOS } from './sample-scenarios.fixture.ts';

/** A gateway of the sample, with verdicts by check id; every other check passes. */
type SampleGateway = { reference: string; version: string; verdicts: Partial<Record<string, Verdict>> };

const OLD: SampleGateway = {
  reference: '2026.4.1',
  version: '2026.4.1',
  verdicts: {
    'stale-scopes/local-write-after-read/local-upgrade': 'reproduced',
    'spawn/sub-agent-from-read-device/spawn': 'reproduced',
    'forwarded/untrusted-proxy-header/forged-loopback': 'fail',
    'forwarded/untrusted-proxy-header/audit-line': 'not-testable',
    'origin/control-ui-foreign-origin/wrong-origin': 'known-deviation',
    'restart/paired-after-restart/after-restart': 'flaky',
    'restart/paired-after-restart/tailnet': 'skipped',
    'credentials/wrong-token/attribution': 'not-applicable',
  },
};

const NEW: SampleGateway = {
  reference: 'npm:openclaw@latest',
  version: '2026.9.6',
  verdicts: {
    'origin/control-ui-foreign-origin/wrong-origin': 'unexpected-pass',
    'restart/paired-after-restart/tailnet': 'skipped',
  },
};

const BRANCH: SampleGateway = {
  reference: './openclaw-pr-1234.tgz',
  version: '2026.9.7-beta.1',
  verdicts: {
    'restart/paired-after-restart/after-restart': 'error',
    'restart/paired-after-restart/tailnet': 'skipped',
  },
};

/** Three gateways that together have every verdict. */
export const EVERY_VERDICT: readonly SampleGateway[] = [OLD, NEW, BRANCH];
/** One gateway with failures of every kind but an error of the harness. */
export const ONE_GATEWAY: readonly SampleGateway[] = [OLD];
/** One gateway on which everything holds. */
export const ALL_HOLD: readonly SampleGateway[] = [{ ...NEW, verdicts: {} }];

const REFUSED: Observation = {
  outcome: {
    kind: 'refused',
    at: 'handshake',
    code: 1008,
    cause: 'pairing-required',
    reason: 'scope-upgrade',
    text: 'pairing required: device asks for "operator.admin" & more <b>now</b>',
  },
  pairing: 'pending',
  audit: [
    {
      event: 'access-upgrade',
      reason: 'scope-upgrade',
      device: '9f2c41d7',
      scopesFrom: ['operator.read'],
      scopesTo: ['operator.admin'],
      ip: '172.18.0.5',
      line: 'security audit: device access upgrade requested reason=scope-upgrade device=9f2c41d7 ip=172.18.0.5',
    },
  ],
};

const ADMITTED: Observation = {
  outcome: { kind: 'admitted', role: 'operator', scopes: ['operator.read'], protocol: 4, deviceToken: true },
  pairing: 'approved-silently',
};

const APPROVED =
  'approved; roles operator; scopes operator.read; device tokens operator (operator.read); platform linux';
const WAITING = 'waits for approval; role operator; scopes operator.admin';

const SPAWN: Observation = {
  answer: { kind: 'closed', code: 1008, reason: 'pairing required' },
  command: {
    argv: ['openclaw', 'devices', 'list', '--json'],
    exitCode: 1,
    stdout: '',
    stderr: '\u001b[31mgateway connect failed\u001b[0m: Error: pairing required\n  at connect (gateway.js:1)',
  },
};

function observationOf(verdict: Verdict, name: string): Observation | null {
  if (verdict === 'error') return { notCarriedOut: 'the engine stopped answering: socket hang up' };
  if (verdict === 'skipped' || verdict === 'not-applicable' || verdict === 'not-testable') return null;
  if (name === 'spawn') return SPAWN;
  return verdict === 'pass' || verdict === 'fail' ? ADMITTED : REFUSED;
}

const SEEN: Record<Verdict, string> = {
  error: 'not carried out: the engine stopped answering: socket hang up',
  fail: 'admitted as operator with operator.read, device approved silently',
  reproduced: 'refused in the handshake, 1008 pairing-required (scope-upgrade), request pending',
  'not-testable': 'nothing: the knock it rests on was admitted',
  'unexpected-pass': 'refused in the handshake, 1008 origin',
  flaky: 'admitted in 1 of 2 runs, refused with 1008 in the other',
  'known-deviation': 'refused in the handshake, 1008 pairing-required (scope-upgrade), request pending',
  skipped: 'nothing: not run',
  'not-applicable': 'nothing to look at',
  pass: 'as expected',
};

const BECAUSE: Partial<Record<Verdict, string>> = {
  reproduced: 'the outcome is exactly the declared symptom',
  'not-testable': 'forged-loopback was expected to be refused, and was not: there is no refusal to find in the log',
  'unexpected-pass': 'deviations.yaml:12 expects a failure on >=2026.8.1 (owner: @gateway-team)',
  flaky: 'the two runs of this check disagreed',
  'known-deviation': 'deviations.yaml:7, openclaw/openclaw#87953, until 2027-01-31 (owner: @gateway-team)',
  skipped: 'needs a tailnet, which this machine does not have',
  'not-applicable': 'proxy attribution came with 2026.8.1',
};

const HELLO = {
  type: 'res',
  id: 'connect',
  ok: true,
  payload: {
    type: 'hello-ok',
    protocol: 4,
    server: { version: '2026.9.6', connId: 'c-17' },
    auth: { role: 'operator' },
  },
};
const REFUSAL = {
  type: 'res',
  id: 'connect',
  ok: false,
  error: {
    code: 'NOT_PAIRED',
    message: 'pairing required',
    details: { code: 'PAIRING_REQUIRED', reason: 'scope-upgrade', requestId: '5d1f0c52-6f3e-4f0d-9a53-0f4f34b6c9d2' },
  },
};

const HEAD = [
  'GET / HTTP/1.1',
  'Sec-WebSocket-Version: 13',
  'Host: gateway:18789',
  'X-Forwarded-For: 127.0.0.1',
  'Origin: http://localhost:18789',
].join('\n');

function transcriptOf(admitted: boolean): CheckResult['transcript'] {
  const challenge = { type: 'event', event: 'connect.challenge', payload: { nonce: 'b2c4' } };
  const connect = {
    type: 'req',
    id: 'connect',
    method: 'connect',
    params: {
      minProtocol: 3,
      maxProtocol: 4,
      client: { id: 'gateway-client', version: '0.1.0', platform: 'linux', mode: 'backend' },
      role: 'operator',
      scopes: ['operator.write'],
      auth: { token: '«gateway token»' },
    },
  };
  const frame = (at: number, kind: string, value: unknown) => {
    const text = JSON.stringify(value);
    return { at, kind, text, bytes: text.length };
  };
  return {
    url: 'ws://127.0.0.1:41873/',
    headers: { 'X-Forwarded-For': '127.0.0.1', Origin: 'http://localhost:18789' },
    startedAt: '2026-11-21T09:30:02.118Z',
    entries: [
      { at: 0.4, kind: 'requested', text: HEAD },
      { at: 1.2, kind: 'opened' },
      frame(3.9, 'received', challenge),
      frame(5.1, 'sent', connect),
      frame(41.7, 'received', admitted ? HELLO : REFUSAL),
      ...(admitted ? [] : [{ at: 43, kind: 'closed', code: 1008, reason: 'pairing required' }]),
    ],
  };
}

function checkOn(
  gateway: SampleGateway,
  scenario: ScenarioInfo,
  row: (typeof SAMPLE_SCENARIOS)[number]['checks'][number],
  purpose: Purpose,
): CheckResult {
  const id = `${scenario.id}/${row.name}`;
  const verdict = gateway.verdicts[id] ?? 'pass';
  const differs =
    verdict === 'fail' || verdict === 'reproduced' || verdict === 'known-deviation' || verdict === 'flaky';
  const carriedOut = verdict !== 'error' && verdict !== 'skipped' && verdict !== 'not-applicable';
  return {
    id,
    scenario: scenario.id,
    name: row.name,
    part: row.part,
    gateway: gateway.reference,
    version: gateway.version,
    verdict,
    holds: holds(verdict, purpose),
    expected: row.expected,
    seen: SEEN[verdict],
    differences: differs ? [`outcome: expected ${row.expected}`, 'pairing: expected unchanged, seen pending'] : [],
    compared: carriedOut ? 3 : 0,
    because: BECAUSE[verdict] ?? null,
    source: { file: scenario.file, line: row.line, column: 5 },
    vantage: row.vantage,
    local: row.vantage === 'loopback',
    observation: observationOf(verdict, row.name),
    transcript: carriedOut && row.vantage !== null ? transcriptOf(verdict === 'pass' || verdict === 'fail') : null,
    logLines: differs
      ? [
          '09:30:02 [ws] closed before connect conn=c-17 remote=172.18.0.5 code=1008 reason=pairing required',
          '09:30:02 security audit: device access upgrade requested reason=scope-upgrade device=9f2c41d7 ip=172.18.0.5 auth=token roleFrom=operator roleTo=operator scopesFrom=operator.read scopesTo=operator.admin client=gateway-client conn=c-17',
        ]
      : [],
    pairingList: differs ? { before: [APPROVED], after: [APPROVED, WAITING] } : null,
    durationMs: row.line * 7.5,
    repeat: replayCommand(id, { gateways: [gateway.reference] }),
  };
}

/** A whole report about the sample scenarios. Counts, `holds` and exit code come from the real functions of judge. */
export function sampleReport(gateways: readonly SampleGateway[] = EVERY_VERDICT, purpose: Purpose = 'run'): Report {
  const checks = gateways.flatMap((gateway) =>
    SAMPLE_SCENARIOS.flatMap(({ info, checks: rows }) => rows.map((row) => checkOn(gateway, info, row, purpose))),
  );
  const verdicts = checks.map((check) => check.verdict);
  return {
    schemaVersion: REPORT_SCHEMA_VERSION,
    run: {
      id: '20261121-093000-a1b2',
      purpose,
      command: `postern ${purpose} ${gateways.map((each) => `--gateway ${each.reference}`).join(' ')}`,
      seed: 1_604_318,
      startedAt: '2026-11-21T09:30:00.000Z',
      wallMs: 94_210,
      suite: { version: '0.1.0', commit: '8c09baa' },
      engine: { kind: 'docker', version: '20.10.24' },
      exitCode: exitCodeOf(checks, []),
      problems: verdicts.includes('error') ? ['The stage lan-token-2 of ./openclaw-pr-1234.tgz was lost.'] : [],
    },
    subjects: gateways.map((gateway, index) => ({
      reference: gateway.reference,
      version: gateway.version,
      judgedAs: gateway.version,
      source: gateway.reference.endsWith('.tgz') ? 'packed' : 'published',
      unknownCodes: [],
      image: `postern/gateway:${gateway.version}`,
      digest: `sha256:${`${index}c41d7e0b95a`.repeat(6).slice(0, 64)}`,
      base: 'debian bookworm, node 24.21.0',
      protocol: index === 0 ? 3 : 4,
    })),
    counts: countsOf(verdicts),
    effort: {
      boots: gateways.length * 2,
      bootMs: gateways.length * 9_400,
      longestChainMs: 12_700,
      knocks: checks.length * 3,
      peakMemoryBytes: 871_366_656,
      slowest: gateways.slice(0, 1).flatMap((gateway) =>
        SAMPLE_SCENARIOS.slice(0, 3).map(({ info }, index) => ({
          scenario: info.id,
          gateway: gateway.reference,
          ms: 18_400 / (index + 1),
        })),
      ),
    },
    stages: gateways.map((gateway) => ({
      id: `lan-token-${gateway.version}`,
      gateway: gateway.reference,
      scenarios: SAMPLE_SCENARIOS.map(({ info }) => info.id),
      bootMs: 9_400,
      log: `stages/lan-token-${gateway.version}.log`,
    })),
    scenarios: SAMPLE_SCENARIOS.map(({ info }) => info),
    checks,
    table: [],
    withheld: 0,
    transcripts: null,
  };
}

/** The verdicts that a report has. A test uses it to check that the sample covers all of them. */
export function verdictsShown(report: Report): Verdict[] {
  return VERDICTS.filter((verdict) => report.counts[verdict] > 0);
}

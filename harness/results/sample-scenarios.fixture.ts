import type { CheckResult, ScenarioInfo } from './report.ts';

type SampleCheck = {
  name: string;
  part: CheckResult['part'];
  vantage: string | null;
  line: number;
  expected: string;
};

function info(id: string, title: string, why: string, more: Partial<ScenarioInfo>): ScenarioInfo {
  return {
    id,
    title,
    why,
    class: id.split('/')[0] ?? '',
    level: 'must',
    blocker: false,
    reported: [],
    affected: '',
    tags: [],
    file: `scenarios/${id}.yaml`,
    ...more,
  };
}

const REMOTE_REFUSED = 'refused in the handshake, 1008 pairing-required (scope-upgrade), request pending';

/** Scenarios like those of Postern, with special characters in titles and texts. */
export const SAMPLE_SCENARIOS: readonly { info: ScenarioInfo; checks: readonly SampleCheck[] }[] = [
  {
    info: info(
      'stale-scopes/local-write-after-read',
      'A device first paired for reading cannot spawn sub-agents',
      'An agent on the gateway’s own machine stops working after an update, and no command that users are told to run brings it back.',
      {
        blocker: true,
        reported: ['openclaw/openclaw#67799', 'openclaw/openclaw#59428'],
        affected: '>=2026.3.31 <2026.8.1',
        tags: ['local'],
      },
    ),
    checks: [
      { name: 'first-read', part: 'steps', vantage: 'loopback', line: 18, expected: 'admitted with operator.read' },
      { name: 'local-upgrade', part: 'steps', vantage: 'loopback', line: 20, expected: 'admitted with operator.write' },
      { name: 'remote-upgrade', part: 'boundary', vantage: 'lan', line: 25, expected: REMOTE_REFUSED },
      { name: 'published-upgrade', part: 'boundary', vantage: 'published', line: 31, expected: REMOTE_REFUSED },
    ],
  },
  {
    info: info(
      'spawn/sub-agent-from-read-device',
      'sessions_spawn fails with "gateway closed (1008)" while <status> works',
      'Multi-agent setups fail at the first delegated task.',
      { blocker: true, reported: ['openclaw/openclaw#63776', 'https://example.invalid/thread?id=7&x=<1>'] },
    ),
    checks: [
      { name: 'spawn', part: 'steps', vantage: null, line: 14, expected: 'answered with a session key' },
      { name: 'remote-spawn', part: 'boundary', vantage: 'proxy-lan', line: 22, expected: REMOTE_REFUSED },
      { name: 'approve-latest', part: 'remedies', vantage: null, line: 33, expected: 'exit code 0, device approved' },
    ],
  },
  {
    info: info(
      'forwarded/untrusted-proxy-header',
      'X-Forwarded-For from an untrusted peer does not make a client local',
      'Anyone on the network could claim to be 127.0.0.1 and be paired without being asked.',
      { blocker: true, level: 'must', reported: ['openclaw/openclaw#30990'] },
    ),
    checks: [
      { name: 'plain-lan', part: 'steps', vantage: 'lan', line: 12, expected: REMOTE_REFUSED },
      { name: 'forged-loopback', part: 'boundary', vantage: 'lan', line: 16, expected: REMOTE_REFUSED },
      { name: 'audit-line', part: 'boundary', vantage: 'lan', line: 21, expected: 'the log has the refusal' },
    ],
  },
  {
    info: info(
      'origin/control-ui-foreign-origin',
      'A page on a foreign origin cannot open the Control UI’s socket',
      'A web page the user merely visits could talk to the gateway.',
      { level: 'should', reported: ['openclaw/openclaw#87953'], affected: '>=2026.8.1' },
    ),
    checks: [
      { name: 'right-origin', part: 'steps', vantage: 'proxy', line: 9, expected: 'admitted with operator.read' },
      { name: 'wrong-origin', part: 'boundary', vantage: 'proxy', line: 13, expected: 'refused, 1008 origin' },
    ],
  },
  {
    info: info(
      'restart/paired-after-restart',
      'A paired device is still paired after a restart',
      'Pairings that vanish train users to approve without looking.',
      { level: 'must', reported: ['openclaw/openclaw#69284'] },
    ),
    checks: [
      { name: 'after-restart', part: 'steps', vantage: 'loopback', line: 15, expected: 'admitted with operator.read' },
      { name: 'stranger', part: 'boundary', vantage: 'lan', line: 19, expected: 'refused, 1008 pairing-required' },
      { name: 'tailnet', part: 'boundary', vantage: 'lan', line: 24, expected: 'refused, 1008 pairing-required' },
    ],
  },
  {
    info: info(
      'credentials/wrong-token',
      'A wrong token is refused, and the log says so without printing it',
      'A token in a log file is a token in every bug report.',
      { level: 'info' },
    ),
    checks: [
      { name: 'right-token', part: 'steps', vantage: 'loopback', line: 8, expected: 'admitted with operator.read' },
      { name: 'wrong-token', part: 'boundary', vantage: 'lan', line: 11, expected: 'refused, 1008 credentials' },
      {
        name: 'attribution',
        part: 'boundary',
        vantage: 'proxy-lan',
        line: 15,
        expected: 'refused before the upgrade, HTTP 403',
      },
    ],
  },
];

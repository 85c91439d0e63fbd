import { EXIT } from '../../exit.ts';
import { consequenceOf } from '../../results/release-outcomes.ts';
import type { ReleaseReason, ReleaseVerdict } from '../../results/release-verdict.ts';

const digestOf = (digit: string): string => `sha256:${digit.repeat(64)}`;

/** A reason that holds, seen against 2026.9.6, except for the given fields. */
export const reasonWith = (
  given: Pick<ReleaseReason, 'outcome' | 'id' | 'text'> & Partial<ReleaseReason>,
): ReleaseReason => ({
  against: ['2026.9.6'],
  effect: 'holds',
  exitCode: consequenceOf(given.outcome).exitCode,
  rule: { owner: 'gateway maintainers', reason: 'Users do not have the failure yet.' },
  waiver: null,
  command: `npx postern replay ${given.id} --gateway ./openclaw-current.tgz`,
  unpublished: false,
  ...given,
});

/** A stable release that ships, compared with every baseline that it has. */
export const SHIPS: ReleaseVerdict = {
  schemaVersion: 1,
  verdict: 'SHIP',
  exitCode: EXIT.holds,
  channel: 'stable',
  judgedOn: '2026-11-27',
  candidate: {
    reference: '2026.4.20',
    version: '2026.4.20',
    source: 'published',
    image: 'postern/gateway:2026.4.20-0c41d7e0b95a',
    digest: digestOf('1'),
    tarball: null,
  },
  suite: { version: '0.1.0', commit: '8c09baa' },
  policy: { file: 'scenarios/release-policy.yaml', sha256: 'c'.repeat(64) },
  baselines: [
    { name: 'latest', reason: 'most users have it', release: '2026.4.15', state: 'compared' },
    { name: 'previous-stable', reason: 'users who left one out', release: '2026.4.14', state: 'compared' },
    { name: 'extended-stable', reason: 'users who want few changes', release: null, state: 'none' },
    { name: 'floor', reason: 'the oldest', release: null, state: 'none' },
  ],
  gates: [
    {
      run: '20261127-093000-a1b2',
      base: {
        reference: '2026.4.15',
        version: '2026.4.15',
        source: 'published',
        image: 'postern/gateway:2026.4.15-1c41d7e0b95a',
        digest: digestOf('2'),
      },
      suite: { version: '0.1.0', commit: '8c09baa' },
      sha256: 'a'.repeat(64),
      exitCode: 0,
    },
  ],
  checks: { declared: 889, held: 880, notRun: 0 },
  reasons: [
    reasonWith({
      outcome: 'check-regressed',
      id: 'races/restart/after-restart',
      text: 'expected: admitted; seen: refused, 1013',
      against: ['2026.4.15'],
      effect: 'waived',
      waiver: {
        reason: 'The restart takes longer.',
        link: 'openclaw/openclaw#12345',
        owner: '@somebody',
        expires: '2027-03-31',
      },
    }),
    reasonWith({
      outcome: 'remote-loss',
      id: 'table/lan+no-device/knock',
      text: 'admitted → refused: device-identity-required',
      against: ['2026.4.15'],
      effect: 'noted',
    }),
  ],
  withheld: 0,
};

/** A beta that is held for a reason of each weight, in its public form. */
export const HELD: ReleaseVerdict = {
  ...SHIPS,
  verdict: 'HOLD',
  exitCode: EXIT.weakened,
  channel: 'beta',
  candidate: {
    reference: './openclaw-current.tgz',
    version: '2026.9.7-beta.1',
    source: 'packed',
    image: 'postern/gateway:2026.9.7-beta.1-2c41d7e0b95a',
    digest: digestOf('3'),
    tarball: { name: 'openclaw-current.tgz', sha256: 'b'.repeat(64) },
  },
  baselines: [
    { name: 'latest', reason: 'most users have it', release: '2026.9.6', state: 'compared' },
    { name: 'previous-stable', reason: 'users who left one out', release: '2026.9.5', state: 'not-run' },
    { name: 'extended-stable', reason: 'users who want few changes', release: '2026.7.35', state: 'not-run' },
    { name: 'floor', reason: 'the oldest', release: '2026.6.34', state: 'compared' },
  ],
  gates: SHIPS.gates.map((gate) => ({
    ...gate,
    base: { ...gate.base, reference: '2026.9.6', version: '2026.9.6' },
    exitCode: 4,
  })),
  checks: { declared: 889, held: 850, notRun: 12 },
  reasons: [
    reasonWith({
      outcome: 'blocker-regressed',
      id: 'stale-scopes/local-write-after-read/local-upgrade',
      text: 'expected: admitted with operator.write; seen: refused, 1008 pairing-required <b>',
      against: ['2026.9.6', '2026.6.34'],
    }),
    reasonWith({
      outcome: 'remote-admission',
      id: 'table/loopback+forwarded-loopback/knock',
      text: 'refused: pairing-required → admitted, if route is loopback and forwarded header is forwarded-loopback',
      rule: { owner: 'gateway security', reason: 'Betas are reachable from networks, too.' },
      command:
        'npx postern replay table/loopback+forwarded-loopback/knock --gateway 2026.9.6 --gateway ./openclaw-current.tgz',
    }),
    reasonWith({ outcome: 'verdict-lost', id: 'identity/example/check', text: 'the candidate does not have it' }),
    reasonWith({
      outcome: 'entry-stale',
      id: 'deviation of races/example/check on =2026.9.6',
      text: 'deviation of races/example/check on =2026.9.6 expired on 2026-11-01: ask @somebody, see openclaw/openclaw#1',
      against: [],
      command: null,
    }),
    reasonWith({
      outcome: 'flaky',
      id: 'races/other/check',
      text: 'it is pass on the baseline and flaky on the candidate',
    }),
    reasonWith({
      outcome: 'not-run',
      id: 'container-home/nested-home',
      text: 'no verdict on one of the two gateways: container-home/nested-home/first',
      rule: null,
      command: null,
    }),
    reasonWith({
      outcome: 'local-loss',
      id: 'stale-scopes/example/upgrade',
      text: 'admitted → refused',
      effect: 'noted',
    }),
    reasonWith({
      outcome: 'not-run',
      id: 'previous-stable',
      text: 'the candidate was not compared with 2026.9.5: users who left out one release upgrade from it',
      against: [],
      effect: 'noted',
      command: 'npx postern gate --base 2026.9.5 --head ./openclaw-current.tgz',
    }),
  ],
  withheld: 2,
};

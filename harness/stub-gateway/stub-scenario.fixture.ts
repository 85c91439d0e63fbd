import { describeAnswer, describeOutcome } from '../judge/describe.ts';
import { createMutex, TIMEOUTS, type Timeouts } from '../play/context.ts';
import { playScenario } from '../play/play.ts';
import { createSecretRegistry } from '../redaction/redactor.ts';
import type { CheckResult } from '../results/report.ts';
import { type LoadedScenario, loadScenario } from '../scenario/catalogue/load.ts';
import { freshSeed } from '../seed.ts';
import { judgeScenario } from '../suite/judge-scenario.ts';
import type { Ways } from './behaviour.fixture.ts';
import { openStubStage, type StubStage } from './stage.fixture.ts';

/** One small scenario with a check for each behaviour that a broken stub gateway changes. */
const TEXT = `id: stale-scopes/stub
title: A device on its own machine gets what it asks for, and nobody else does
why: It is played on stub gateways.
class: stale-scopes
level: must
blocker: true
reported: [openclaw/openclaw#67799]
affected: none
clients:
  local: { kind: backend, scopes: [operator.read] }
  remote: { kind: backend, scopes: [operator.read] }
  forger: { kind: backend, scopes: [operator.read] }
steps:
  - knock: { as: local, from: loopback }
    name: first-read
    expect:
      admitted: { role: operator, scopes: [operator.read], deviceToken: true }
      pairing: approved-silently
      audit: [{ event: auto-approved }]
  - knock: { as: local, from: loopback, claims: { scopes: [operator.write] } }
    name: local-upgrade
    expect: { admitted: { scopes: [operator.write] }, pairing: approved-silently }
boundary:
  - call: { as: local, method: device.pair.list }
    name: reads-no-list
    expect: { denied: { message: { contains: operator.pairing } } }
  - knock: { as: local, from: lan, claims: { scopes: [operator.admin] } }
    name: remote-upgrade
    expect:
      refused: { code: 1008, cause: pairing-required, reason: scope-upgrade }
      pairing: pending
      audit: [{ event: access-upgrade, reason: scope-upgrade, scopesTo: [operator.admin] }]
  - knock: { as: remote, from: lan }
    name: remote-new
    expect: { refused: { code: 1008, cause: pairing-required, reason: not-paired }, pairing: pending }
  - knock: { as: forger, from: lan, headers: { X-Forwarded-For: 127.0.0.1 } }
    name: forged-header
    expect:
      refused: { code: 1008, cause: pairing-required, reason: not-paired }
      pairing: pending
      notLogged: [auto-approved]
  - knock: { as: remote, from: lan, claims: { credential: wrong-token } }
    name: wrong-token
    expect: { refused: { code: 1008, cause: credentials, reason: token_mismatch }, pairing: [pending, unchanged] }
  - approve: { of: remote }
    name: approve
    expect: { answered: {} }
  - knock: { as: remote, from: lan }
    name: approved
    expect: { admitted: { scopes: [operator.read] }, pairing: unchanged }
`;

export const SCENARIO: LoadedScenario = loadScenario(TEXT, 'scenarios/stale-scopes/stub.yaml');

/** Time limits: short enough for a test, long enough for a machine that boots gateways at the same time. */
export const SHORT: Timeouts = { ...TIMEOUTS, handshakeMs: 1_200, callMs: 1_200, fenceMs: 600 };

/** The verdict of each check, with its observation in a few words. */
export type Row = Record<string, string>;

export function rowOf(results: readonly CheckResult[]): Row {
  return Object.fromEntries(results.map((check) => [check.name, `${check.verdict}: ${shortly(check.observation)}`]));
}

function shortly(observation: CheckResult['observation']): string {
  const { outcome, answer } = observation ?? {};
  if (answer !== undefined) return answer.kind === 'answered' ? 'answered' : describeAnswer(answer);
  if (outcome?.kind === 'admitted' || outcome?.kind === 'refused') return describeOutcome(outcome);
  return outcome?.kind ?? Object.keys(observation ?? {}).join(', ');
}

/** Judges the playback of a stage. */
export function judged(playback: Parameters<typeof judgeScenario>[1], version: string): CheckResult[] {
  const context = {
    gateway: 'stub',
    version,
    purpose: 'run',
    skipped: null,
    deviations: [],
    today: '2026-11-21',
    redact: (text: string) => text,
  } as const;
  return judgeScenario(SCENARIO, playback, context);
}

/** Opens a broken stub gateway, plays the scenario on it and judges the observations. `during` is called at each knock. */
export async function playOn(
  broken: Partial<Ways>,
  during: (stub: StubStage) => void = () => {},
): Promise<{ results: CheckResult[]; stub: StubStage }> {
  const secretRegistry = createSecretRegistry();
  const stub = await openStubStage(broken, secretRegistry);
  try {
    const playback = await playScenario({
      scenario: SCENARIO.scenario,
      stage: stub.stage,
      secretRegistry,
      timeouts: SHORT,
      runExclusive: createMutex(),
      seed: freshSeed(),
      knocked: () => during(stub),
    });
    return { results: judged(playback, stub.stage.version()), stub };
  } finally {
    await stub.stage.close();
  }
}

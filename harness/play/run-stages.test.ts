import { describe, expect, test } from 'vitest';
import { exitCodeOf } from '../judge/verdict.ts';
import { createSecretRegistry } from '../redaction/redactor.ts';
import { BROKEN } from '../stub-gateway/broken.fixture.ts';
import { RIGHT } from '../stub-gateway/gateway.fixture.ts';
import { openStubStage } from '../stub-gateway/stage.fixture.ts';
import { judged, playOn, type Row, rowOf, SCENARIO, SHORT } from '../stub-gateway/stub-scenario.fixture.ts';
import { planStages } from './plan-stages.ts';
import type { Playback } from './play.ts';
import { type RunStagesRequest, runStages } from './run-stages.ts';
import { createSemaphore } from './semaphore.ts';

/** A gateway that never boots, dies or is given up shows nothing, and each of its checks is an error. */

type Told = { row: Row; whys: Set<string>; stages: string[]; exitCode: number };

/** Plays the scenario on the stage that `boot` gives, and judges it. */
async function conducted(boot: RunStagesRequest['boot'], stopped = false): Promise<Told> {
  const stages: string[] = [];
  const playbacks: Playback[] = [];
  await runStages({
    others: [],
    seed: 1,
    stages: planStages([SCENARIO], '2026.9.6'),
    secretRegistry: createSecretRegistry(),
    timeouts: SHORT,
    boot,
    room: { boots: createSemaphore(1), live: createSemaphore(1) },
    stopped: () => stopped,
    keep: false,
    listener: {
      stageBooting: ({ id }) => stages.push(`${id} boots`),
      stageReady: ({ id }, version) => stages.push(`${id} is ready as ${version}`),
      stageFailed: ({ id }) => stages.push(`${id} failed`),
      stageMisnamed: ({ id }) => stages.push(`${id} is misnamed`),
      stageLeaked: ({ id }, leaks) => stages.push(`${id} leaked ${[...leaks.keys()]}`),
      stageDone: ({ id }) => stages.push(`${id} is done`),
      knocked: () => {},
      playing: () => {},
      played: (_part, playback) => playbacks.push(playback),
    },
  });
  const results = judged(new Map(playbacks.flatMap((playback) => [...playback])), '2026.9.6');
  return {
    row: rowOf(results),
    whys: new Set(results.map(({ because }) => `${because}`)),
    stages,
    exitCode: exitCodeOf(results, []),
  };
}

const ALL_ERRORS = Object.fromEntries(SCENARIO.checks.map(({ name }) => [name, 'error: environmentFailed']));

describe('a stage', () => {
  test('that boots is played and closed, and every check passes', async () => {
    const told = await conducted(() => openStubStage({}, createSecretRegistry()));
    expect(told.stages).toEqual(['shared-1 boots', 'shared-1 is ready as 2026.9.6', 'shared-1 is done']);
    expect(told.exitCode).toBe(0);
  });

  test('whose gateway names another version than its package is reported', async () => {
    const told = await conducted(async () => {
      const { stage, readiness } = await openStubStage({}, createSecretRegistry());
      return { stage: { ...stage, misnamed: [{ told: '2026.1.1', installed: '2026.9.6' }] }, readiness };
    });
    expect(told.stages).toEqual([
      'shared-1 boots',
      'shared-1 is ready as 2026.9.6',
      'shared-1 is misnamed',
      'shared-1 is done',
    ]);
  });

  test('whose gateway is starting for ever is an error in every check, with what it said last', async () => {
    const told = await conducted(() =>
      openStubStage(BROKEN['is always starting'], createSecretRegistry(), { sparesOperator: false }),
    );
    expect(told.row).toEqual(ALL_ERRORS);
    expect([...told.whys].join()).toMatch(
      /^the gateway was not ready after \d+ ms: the operator's last knock.*"code":1013/,
    );
    expect(told.stages).toEqual(['shared-1 boots', 'shared-1 failed', 'shared-1 is done']);
    expect(told.exitCode).toBe(3);
  });

  test('whose gateway exits is an error in every check, with its last words', async () => {
    const told = await conducted(async () => ({
      ...(await openStubStage({}, createSecretRegistry())),
      readiness: { kind: 'exited', exitCode: 78, lastLines: 'Unrecognized key: "gatewayy"' },
    }));
    expect(told.row).toEqual(ALL_ERRORS);
    expect([...told.whys]).toEqual([
      'the gateway exited with 78 instead of starting; the last lines of its log:\nUnrecognized key: "gatewayy"',
    ]);
  });

  test('that cannot be set up is an error in every check', async () => {
    const told = await conducted(() => Promise.reject(new Error('no space left on device')));
    expect([told.row, [...told.whys], told.exitCode]).toEqual([ALL_ERRORS, ['no space left on device'], 3]);
  });

  test('that was not booted because the run was interrupted is an error in every check', async () => {
    const told = await conducted(() => openStubStage({}, createSecretRegistry()), true);
    expect([told.row, [...told.whys], told.stages]).toEqual([ALL_ERRORS, ['the run was interrupted'], []]);
  });

  test('whose log shows a secret is reported, outside of checks', async () => {
    const told = await conducted(async () => {
      const stub = await openStubStage({}, createSecretRegistry());
      stub.stage.gatewayLog.add(`[gateway] listening with token ${stub.stage.token}`);
      return stub;
    });
    expect(told.stages).toEqual([
      'shared-1 boots',
      'shared-1 is ready as 2026.9.6',
      'shared-1 leaked token',
      'shared-1 is done',
    ]);
    expect(told.exitCode).toBe(0); // the run turns this into a problem of its own, with exit code 1
  });
});

test('a gateway that dies half-way passes nothing from then on', async () => {
  let knocks = 0;
  const { results } = await playOn({}, ({ kill }) => {
    knocks += 1;
    if (knocks === 3) kill();
  });
  expect(rowOf(results)).toEqual({
    ...ALL_ERRORS,
    'first-read': 'pass: admitted as operator with operator.read',
    'local-upgrade': 'pass: admitted as operator with operator.write',
    'reads-no-list': 'pass: denied with INVALID_REQUEST: "missing scope: operator.pairing"',
  });
  expect(new Set(results.slice(3).map(({ because }) => because?.slice(0, 36)))).toEqual(
    new Set(['the pairing list cannot be read: dev']),
  );
});

test('a gateway that is wrong once fails: nothing is tried a second time', async () => {
  let knocks = 0;
  const { results } = await playOn(
    {
      refuse: (house, visit, asked, error) =>
        knocks > 2 ? RIGHT.refuse(house, visit, asked, error) : visit.raw.destroy(),
    },
    () => {
      knocks += 1;
    },
  );
  expect(rowOf(results)['remote-upgrade']).toBe('fail: crash');
  expect(knocks).toBe(SCENARIO.checks.filter(({ step }) => step.kind === 'knock').length);
});

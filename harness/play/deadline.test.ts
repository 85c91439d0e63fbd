import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { createSecretRegistry } from '../redaction/redactor.ts';
import { loadScenario } from '../scenario/catalogue/load.ts';
import { onlyRestart, openStubStage } from '../stub-gateway/stage.fixture.ts';
import { SHORT } from '../stub-gateway/stub-scenario.fixture.ts';
import { createMutex, type Timeouts } from './context.ts';
import { playScenario } from './play.ts';

/** Steps on stub gateways that never answer, or too slowly: each step ends at its time limit, and its check gets no verdict about the gateway. */

const HASTY: Timeouts = { ...SHORT, stepMs: 400 };
const NEVER = (): Promise<never> => new Promise(() => {});
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

const scenarioWith = (step: string) =>
  loadScenario(
    `id: stale-scopes/slow
title: Something takes for ever
why: It is played on stub gateways.
class: stale-scopes
level: must
blocker: true
reported: [openclaw/openclaw#67799]
affected: none
clients:
  local: { kind: backend, scopes: [operator.read] }
steps:
  - ${step}
    name: slow
boundary:
  - knock: { as: local, from: loopback }
    name: after
    expect: { admitted: { scopes: [operator.read] } }
`,
    'scenarios/stale-scopes/slow.yaml',
  ).scenario;

async function stubStage() {
  const secretRegistry = createSecretRegistry();
  const { stage } = await openStubStage({}, secretRegistry);
  closing.push(() => void stage.close());
  return { stage, secretRegistry };
}

/** The result of each check, in the words of its observation. */
const told = (playback: Awaited<ReturnType<typeof playScenario>>): Record<string, unknown> =>
  Object.fromEntries(
    [...playback].map(([id, { observation }]) => [
      id.split('/').at(-1),
      observation.environmentFailed ?? observation.notCarriedOut ?? observation.outcome?.kind,
    ]),
  );

describe('a step that never ends', () => {
  test.each([
    ['cli', 'cli: { run: [status], in: gateway, home: gateway }', '{ exit: 0 }', { command: NEVER }],
    [
      'browser',
      'browser: { as: local, from: loopback, withinSeconds: 0.1 }',
      '{ pairing: pending }',
      { browser: NEVER },
    ],
    ['restart', 'restart: {}', '{ ready: true }', { lifecycle: onlyRestart(NEVER) }],
  ])('is given up past its deadline, and everything after it: %s', async (kind, step, expected, held) => {
    const { stage, secretRegistry } = await stubStage();
    const slow = { ...stage, ...held };
    const scenario = scenarioWith(`${step}\n    expect: ${expected}`);
    const request = {
      scenario,
      stage: slow,
      secretRegistry,
      timeouts: HASTY,
      runExclusive: createMutex(),
      knocked: () => {},
      seed: 1,
    };
    const why = expect.stringMatching(`the step "${kind}" took longer than 0.[45] s`);
    expect(told(await playScenario(request))).toEqual({ slow: why, after: why });
  });
});

test('the queue of a stage goes on with the next step, whose time limit does not include its wait', async () => {
  const { stage, secretRegistry } = await stubStage();
  const runExclusive = createMutex();
  const request = { stage, secretRegistry, timeouts: HASTY, runExclusive, knocked: () => {}, seed: 1 };
  const held = scenarioWith('cli: { run: [status], in: gateway, home: gateway }\n    expect: { exit: 0 }');
  const free = scenarioWith(
    'knock: { as: local, from: loopback }\n    expect: { admitted: { scopes: [operator.read] } }',
  );
  const [first, second] = await Promise.all([
    playScenario({ ...request, scenario: held, stage: { ...stage, command: NEVER } }),
    playScenario({ ...request, scenario: free }),
  ]);
  expect(told(first).slow).toMatch('took longer than 0.4 s');
  expect(told(second)).toEqual({ slow: 'admitted', after: 'admitted' });
});

test('an HTTP answer that comes drop by drop is given up', async () => {
  const server = createServer((_request, response) => {
    const timer = setInterval(() => response.write('x'), 20);
    response.once('close', () => clearInterval(timer));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  const { stage, secretRegistry } = await stubStage();
  const scenario = scenarioWith('http: { from: published, path: / }\n    expect: { status: 200 }');
  const playback = await playScenario({
    scenario,
    stage: { ...stage, route: (route) => ({ ...stage.route(route), ...(route.from === 'published' ? { port } : {}) }) },
    secretRegistry,
    timeouts: { ...SHORT, handshakeMs: 300 },
    runExclusive: createMutex(),
    knocked: () => {},
    seed: 1,
  });
  expect(told(playback)).toEqual({
    slow: expect.stringMatching(/^no HTTP answer from published: .*(timeout|aborted)/),
    after: 'admitted',
  });
});

import { expect, test } from 'vitest';
import { createSecretRegistry } from '../redaction/redactor.ts';
import { loadScenario } from '../scenario/load.ts';
import type { Observation } from '../scenario/observation.ts';
import { RIGHT, send, type Ways } from '../stub-gateway/gateway.fixture.ts';
import { openStubStage } from '../stub-gateway/stage.fixture.ts';
import { SHORT } from '../stub-gateway/stub-scenario.fixture.ts';
import { createMutex } from './context.ts';
import { playScenario } from './play.ts';

/** The observations of a turn, and of raw frames, on stub gateways that answer them in one way each. */

const scenarioWith = (step: string) =>
  loadScenario(
    `id: stale-scopes/stub
title: An agent asks for a tool
why: It is played on stub gateways.
class: stale-scopes
level: must
blocker: true
reported: [openclaw/openclaw#67799]
affected: none
gateway: { model: true }
clients:
  person: { kind: backend, scopes: [operator.write] }
steps:
  - knock: { as: person, from: loopback }
  - ${step}
    name: looked-at
boundary:
  - knock: { as: person, from: loopback }
    name: person-is-in
    expect: { admitted: { scopes: [operator.write] } }
`,
    'scenarios/stale-scopes/stub.yaml',
  );

async function shown(step: string, broken: Partial<Ways>): Promise<Observation | undefined> {
  const secretRegistry = createSecretRegistry();
  const { stage } = await openStubStage(broken, secretRegistry);
  try {
    const { scenario } = scenarioWith(step);
    const play = {
      scenario,
      stage,
      secretRegistry,
      timeouts: SHORT,
      runExclusive: createMutex(),
      knocked: () => {},
      seed: 1,
    };
    return (await playScenario(play)).get('stale-scopes/stub/looked-at')?.observation;
  } finally {
    await stage.close();
  }
}

const TURN = `turn: { as: person, tool: sessions_spawn, arguments: { task: say done } }
    expect: { tool: { contains: accepted } }`;

/** Answers these methods of a turn with a payload, and any other method rightly. */
const answering = (payloads: Record<string, (params: Record<string, unknown>, token: string) => object | null>) => ({
  call: ((house, visit, request) => {
    const payload = payloads[request.method]?.(request.params, house.token);
    if (payload === undefined) return RIGHT.call(house, visit, request);
    const error = { code: 'INVALID_REQUEST', message: 'not today' };
    send(visit, { type: 'res', id: request.id, ...(payload === null ? { ok: false, error } : { ok: true, payload }) });
  }) satisfies Ways['call'],
});

const RAN = { agent: () => ({ runId: 'run-1' }), 'agent.wait': () => ({ status: 'ok' }) };

test('the observation has the last tool result of the session of the turn', async () => {
  const asked: unknown[] = [];
  const seen = await shown(
    TURN,
    answering({
      ...RAN,
      agent: ({ message, agentId, sessionKey }) => {
        asked.push(
          JSON.parse(`${message}`),
          agentId,
          `${sessionKey}`.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, '<uuid>'),
        );
        return { runId: 'run-1' };
      },
      'chat.history': () => ({
        messages: [
          { role: 'toolResult', toolName: 'earlier', content: 'no' },
          {
            role: 'toolResult',
            toolName: 'sessions_spawn',
            content: [{ type: 'text', text: '{"status":"accepted"}' }],
          },
          { role: 'assistant', content: 'done' },
        ],
      }),
    }),
  );
  expect(seen).toEqual({ tool: { name: 'sessions_spawn', text: '{"status":"accepted"}' } });
  expect(asked).toEqual([
    { order: { tool: 'sessions_spawn', arguments: { task: 'say done' } } },
    'main',
    'agent:main:<uuid>',
  ]);
});

test.each<[string, Parameters<typeof answering>[0], string]>([
  ['is refused', { agent: () => null }, 'no turn began: '],
  ['is lost', { ...RAN, 'agent.wait': () => null }, 'the turn was lost: '],
  [
    'asks for no tool',
    { ...RAN, 'chat.history': () => ({ messages: [{ role: 'assistant', content: 'done' }] }) },
    'no tool answered in a turn that ended so: {"status":"ok"}',
  ],
  ['leaves no history', { ...RAN, 'chat.history': () => null }, 'no tool answered'],
])('a turn that %s was not carried out, and says how far it came', async (_label, payloads, why) => {
  const seen = await shown(TURN, answering(payloads));
  expect(Object.keys(seen ?? {})).toEqual(['notCarriedOut']);
  expect(seen?.notCarriedOut?.startsWith(why)).toBe(true);
});

test('a secret in the result of a tool is a leak', async () => {
  const history = (_params: unknown, token: string) => ({
    messages: [{ role: 'toolResult', toolName: 'exec', content: `the token is ${token}` }],
  });
  const seen = await shown(TURN, answering({ ...RAN, 'chat.history': history }));
  expect(seen?.leaked).toEqual(['token in the result of a tool']);
});

test('frames on an open connection show how the gateway ends it, or that it stays open', async () => {
  const step = `frames: { as: person, send: [{ request: tick }], withinSeconds: 0.3 }
    expect: { closed: { code: 1008 } }`;
  const ends = await shown(step, { call: (_house, visit) => visit.socket.close(1008, 'enough') });
  expect(ends).toEqual({ answer: { kind: 'closed', code: 1008, reason: 'enough' } });
  expect(await shown(step, {})).toEqual({ answer: { kind: 'open', afterMs: 300 } });
});

test('of several equal connections, the one that ends differently is observed', async () => {
  let visits = 0;
  const seen = await shown(
    `frames: { from: lan, connections: 5, withinSeconds: 1 }
    expect: { closed: { code: 1000 } }`,
    {
      greet: (house, visit) => {
        RIGHT.greet(house, visit);
        if (visit.vantage !== 'lan') return;
        visits += 1;
        visit.socket.close(visits === 3 ? 1011 : 1000);
      },
    },
  );
  expect(seen).toEqual({ answer: { kind: 'closed', code: 1011, reason: '' } });
});

test('connections that get no challenge are not carried out', async () => {
  const seen = await shown(
    `frames: { from: lan, connections: 2 }
    expect: { closed: { code: 1000 } }`,
    {
      greet: (house, visit) => (visit.vantage === 'lan' ? visit.raw.destroy() : RIGHT.greet(house, visit)),
    },
  );
  expect(seen).toEqual({ notCarriedOut: '2 of 2 connections were given no challenge' });
});

test.each([
  ['loopback', '127.0.0.1:18789'],
  ['lan', 'gateway:18789'],
  ['published', '127.0.0.1:18789'],
  ['proxy', 'assistant.example'],
  ['proxy-lan', 'proxy.example'],
])('a plain request from %s asks for the Host that a client there types', async (from, host) => {
  const seen = await shown(`http: { from: ${from}, path: / }\n    expect: { status: 200 }`, {});
  expect(seen).toEqual({ http: { status: 200, body: host } });
});

import { expect, test } from 'vitest';
import type { Ways } from '../../stub-gateway/behaviour.fixture.ts';
import { RIGHT, send } from '../../stub-gateway/gateway.fixture.ts';
import { shown } from '../../stub-gateway/one-step.fixture.ts';

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

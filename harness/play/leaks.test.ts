import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Stage } from '../gateway/stage/stage.ts';
import { createSecretRegistry } from '../redaction/redactor.ts';
import { loadScenario } from '../scenario/catalogue/load.ts';
import type { Ways } from '../stub-gateway/behaviour.fixture.ts';
import { RIGHT, send } from '../stub-gateway/gateway.fixture.ts';
import { openStubStage } from '../stub-gateway/stage.fixture.ts';
import { SHORT } from '../stub-gateway/stub-scenario.fixture.ts';
import { createMutex } from './context.ts';
import { playScenario } from './play.ts';

/** Each step in which a gateway issues a token, on stub gateways that issue a secret and on stub gateways that issue something else. */

const scenarioWith = (step: string) =>
  loadScenario(
    `id: identity/stub
title: A token is issued
why: It is played on stub gateways.
class: identity
level: must
blocker: true
reported: [openclaw/openclaw#67799]
affected: none
clients:
  phone: { kind: backend, scopes: [operator.admin] }
steps:
  - knock: { as: phone, from: loopback }
  - ${step}
    name: issued
boundary:
  - knock: { as: phone, from: loopback }
    name: phone-is-in
    expect: { admitted: { scopes: [operator.admin] } }
`,
    'scenarios/identity/stub.yaml',
  ).scenario;

/** A stub gateway that issues this token in each of these steps, and whose command prints it in a setup code. */
function issuing(token: string, way: 'admit' | 'call'): { ways: Partial<Ways>; command: Stage['command'] } {
  const setupCode = Buffer.from(JSON.stringify({ url: 'ws://127.0.0.1', bootstrapToken: token })).toString('base64url');
  return {
    ways: pick(way, {
      call(house, visit, request) {
        if (!/rotate|node\.pair\.approve/.test(request.method)) return RIGHT.call(house, visit, request);
        send(visit, { type: 'res', id: request.id, ok: true, payload: { token, node: { token } } });
      },
      admit(_house, visit, asked, scopes) {
        const auth = { role: 'operator', scopes, deviceTokens: [{ deviceToken: token, role: 'node' }] };
        const server = { version: '2026.9.6', connId: visit.conn };
        visit.held = scopes;
        send(visit, { type: 'res', id: asked.id, ok: true, payload: { type: 'hello-ok', protocol: 4, server, auth } });
      },
    }),
    command: async ({ argv }) => ({ argv: [...argv], exitCode: 0, stdout: JSON.stringify({ setupCode }), stderr: '' }),
  };
}

const pick = (way: 'admit' | 'call', { admit, call }: Pick<Ways, 'admit' | 'call'>): Partial<Ways> =>
  way === 'admit' ? { admit } : { call };

async function played(step: string, token: string) {
  const secretRegistry = createSecretRegistry();
  const { ways, command } = issuing(token, step.startsWith('knock') ? 'admit' : 'call');
  const { stage } = await openStubStage(ways, secretRegistry);
  try {
    const play = { scenario: scenarioWith(step), stage: { ...stage, command }, secretRegistry, timeouts: SHORT };
    const playback = await playScenario({ ...play, runExclusive: createMutex(), knocked: () => {}, seed: 1 });
    return { observation: playback.get('identity/stub/issued')?.observation, secretRegistry };
  } finally {
    await stage.close();
  }
}

const STEPS: Record<string, [step: string, kind: string]> = {
  'a knock that is given one for each role': [
    'knock: { as: phone, from: loopback }\n    expect: { admitted: { scopes: [operator.admin] } }',
    'device token',
  ],
  'a rotation': ['rotate: { as: phone, of: phone }\n    expect: { answered: {} }', 'device token'],
  'a setup code': ['bootstrap: { of: phone }\n    expect: { exit: 0 }', 'bootstrap token'],
  'an approval of a node': [
    'call: { as: phone, method: node.pair.approve }\n    expect: { answered: {} }',
    'node token',
  ],
};

describe.each(Object.entries(STEPS))('%s', (_, [step, kind]) => {
  test('with a secret is no leak, and the secret is known from then on', async () => {
    const token = randomBytes(32).toString('base64url');
    const { observation, secretRegistry } = await played(step, token);
    expect(observation).toBeDefined();
    expect(observation).not.toHaveProperty('leaked');
    expect(observation).not.toHaveProperty('notCarriedOut');
    expect(secretRegistry.redact(token)).toMatch(/^«.+ token»$/);
  });

  test.each(['operator.approvals', 'schemaVersion'])(
    'with %s is told, and that is cut out of nothing',
    async (token) => {
      const { observation, secretRegistry } = await played(step, token);
      expect(observation?.leaked).toEqual([
        expect.stringContaining(`${kind} issued to "phone" that is no secret: it `),
      ]);
      expect(secretRegistry.redact(`a ${token}`)).toBe(`a ${token}`);
    },
  );
});

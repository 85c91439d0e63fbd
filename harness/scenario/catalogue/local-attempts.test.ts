import { expect, test } from 'vitest';
import { type Step, stepSchema } from '../schema/step.ts';
import { EXAMPLE, EXAMPLE_FILE } from './example.fixture.ts';
import { loadScenario } from './load.ts';
import { isLocalStep } from './local-attempts.ts';

const { scenario } = loadScenario(EXAMPLE, EXAMPLE_FILE);
const step = (body: object): Step => stepSchema.parse(body);
const isLocal = (
  body: object,
  clients: typeof scenario.clients = { agent: {} },
  steps: readonly object[] = [],
): boolean => isLocalStep(step(body), { ...scenario, clients, steps: steps.map(step), boundary: [], workarounds: [] });

const here = { as: 'agent', from: 'loopback' };

test.each<[string, object, boolean]>([
  ['an honest knock', { knock: here }, true],
  ['a knock with its own device token', { knock: { ...here, claims: { credential: 'device-token' } } }, true],
  ['a knock from another machine', { knock: { ...here, from: 'lan' } }, false],
  ['a knock through a proxy on the machine', { knock: { ...here, from: 'proxy' } }, false],
  ['a knock with a forwarded address', { knock: { ...here, headers: { 'X-Forwarded-For': '127.0.0.1' } } }, false],
  ['a knock with another Host', { knock: { ...here, headers: { Host: 'gateway.test' } } }, false],
  ['a knock without a secret', { knock: { ...here, claims: { credential: 'none' } } }, false],
  ['a knock with a wrong secret', { knock: { ...here, claims: { credential: 'wrong-token' } } }, false],
  ['a knock with a setup code', { knock: { ...here, claims: { credential: 'bootstrap-token' } } }, false],
  ['a knock without a device', { knock: { ...here, claims: { identity: 'none' } } }, false],
  ['a knock with a forged signature', { knock: { ...here, claims: { signature: 'forged' } } }, false],
  ['a knock with an old signature', { knock: { ...here, claims: { clockSkewSeconds: -3600 } } }, false],
  ['a knock in the name of another device', { knock: { ...here, claims: { deviceOf: 'other' } } }, false],
  ['the Control UI', { browser: here }, true],
  ['a page of another site', { browser: { ...here, page: 'foreign' } }, false],
  ['a request with the secret', { http: { from: 'loopback', path: '/', token: true } }, true],
  ['a request without it', { http: { from: 'loopback', path: '/' } }, false],
  ['a count of rows', { rows: {} }, false],
])('%s', (_what, body, local) => {
  expect(isLocal(body)).toBe(local);
});

test('what the client is declared to say counts unless the knock says otherwise', () => {
  const clients = { agent: { credential: 'none' as const } };
  expect(isLocal({ knock: here }, clients)).toBe(false);
  expect(isLocal({ knock: { ...here, claims: { credential: 'token' } } }, clients)).toBe(true);
});

test('a call, and the wait for an end, are local where each attempt of the client is', () => {
  const call = { call: { as: 'agent', method: 'health' } };
  const wait = { wait: { closed: 'agent' } };
  const attempts = [{ knock: here }, { knock: { ...here, as: 'other', from: 'lan' } }];
  expect([isLocal(call, { agent: {} }, attempts), isLocal(wait, { agent: {} }, attempts)]).toEqual([true, true]);
  const fromElsewhere = [...attempts, { knock: { ...here, from: 'lan' } }];
  expect([isLocal(call, { agent: {} }, fromElsewhere), isLocal(wait, { agent: {} }, fromElsewhere)]).toEqual([
    false,
    false,
  ]);
  expect(isLocal(call, { agent: {} }, [])).toBe(false);
});

test('steps that are carried out together are attempts too', () => {
  const together = { together: [{ knock: here }, { knock: { ...here, from: 'lan' } }] };
  expect(isLocal({ call: { as: 'agent', method: 'health' } }, { agent: {} }, [together])).toBe(false);
});

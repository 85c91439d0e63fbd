import { expect, test } from 'vitest';
import { CLIENT_KINDS, honestClaims } from '../client/claims.ts';
import type { Connection } from '../client/connection.ts';
import { knock } from '../client/handshake.ts';
import { createOrder } from '../order.ts';
import { createSecretRegistry } from '../redaction/redactor.ts';
import type { Ways } from '../stub-gateway/behaviour.fixture.ts';
import { RIGHT, send } from '../stub-gateway/gateway.fixture.ts';
import { openStubStage } from '../stub-gateway/stage.fixture.ts';
import { proveScopes, type ScopeProof } from './probe-scopes.ts';
import { probesOf } from './scope-probes.ts';

const RELEASE = '2026.9.6';

/** The scopes that calls prove, of a local session that asked for these scopes and got them in hello-ok. */
async function proved(
  asked: readonly string[],
  broken: Partial<Ways> = {},
  release = RELEASE,
  { role, called }: { role: string; called(method: string): void } = { role: 'operator', called: () => {} },
): Promise<ScopeProof> {
  const { stage } = await openStubStage(broken, createSecretRegistry());
  const { id, mode } = CLIENT_KINDS.cli;
  const claims = honestClaims({
    release: RELEASE,
    buildId: null,
    clientId: id,
    clientMode: mode,
    credentials: { token: stage.token },
  });
  const way = stage.route({ from: 'loopback', through: 'documented' });
  const route = { ...way, path: '/', form: claims.form, headers: {} };
  const { connection } = await knock(route, { ...claims, scopes: asked });
  if (connection === null) throw new Error('the stub let nobody in');
  const order = createOrder(1);
  const heard: Connection = {
    ...connection,
    call(method, ...rest) {
      called(method);
      return connection.call(method, ...rest);
    },
  };
  const proof = await proveScopes(heard, { release, granted: asked, role, asked, order, withinMs: 1_000 });
  await connection.close();
  await stage.close();
  return proof;
}

/** A stub gateway whose session has these scopes, whatever hello-ok granted. */
const holding = (...scopes: string[]): Partial<Ways> => ({
  admit(house, visit, asked, granted) {
    RIGHT.admit(house, visit, asked, granted);
    if (!visit.isOperator) visit.held = scopes;
  },
});
const scopes = (...names: string[]): ScopeProof => ({
  kind: 'proved',
  scopes: names.map((name) => `operator.${name}`),
});

test('the scopes of a session are proved one by one', async () => {
  for (const { scope } of probesOf(RELEASE)) {
    const own = { 'operator.talk.secrets': ['operator.read'] }[scope] ?? [];
    expect(await proved([scope, ...own])).toMatchObject({ scopes: expect.arrayContaining([scope, ...own]) });
  }
});

test('a node is spared most of the calls after which 2026.9.6 ends its connection', async () => {
  const calls: string[] = [];
  await proved([], {}, RELEASE, { role: 'node', called: (method) => calls.push(method) });
  expect(calls).toHaveLength(6);
  expect(probesOf(RELEASE).length).toBeGreaterThan(6);
});

test('a scope that was neither granted nor asked for is found', async () => {
  expect(await proved(['operator.read'], holding('operator.read', 'operator.pairing'))).toEqual(
    scopes('read', 'pairing'),
  );
});

test('a scope that hello-ok grants and no call shows is not held', async () => {
  expect(await proved(['operator.read', 'operator.write'], holding('operator.read'))).toEqual(scopes('read'));
});

test('scopes that another scope implies are named only if the client asked for them', async () => {
  const everything = holding('operator.admin');
  expect(await proved(['operator.admin'], everything)).toEqual(scopes('admin'));
  const both = await proved(['operator.admin', 'operator.read'], everything);
  expect(both.kind === 'proved' && both.scopes.sort()).toEqual(['operator.admin', 'operator.read']);
});

test('a scope whose call also needs a second scope is taken from hello-ok if the second one is missing', async () => {
  const asRight: Partial<Ways> = {
    call(house, visit, request) {
      if (request.method !== 'talk.config') return RIGHT.call(house, visit, request);
      const missing = ['operator.read', 'operator.talk.secrets'].find((scope) => !visit.held?.includes(scope));
      const error = { code: 'INVALID_REQUEST', message: `missing scope: ${missing}` };
      send(visit, { type: 'res', id: request.id, ok: missing === undefined, payload: {}, error });
    },
  };
  expect(await proved(['operator.talk.secrets'], asRight)).toEqual(scopes('talk.secrets'));
  expect(await proved(['operator.read', 'operator.talk.secrets'], { ...asRight, ...holding('operator.read') })).toEqual(
    scopes('read'),
  );
});

test('a scope for sessions, by which people may ask questions, is no scope for questions', async () => {
  const asOf96: Partial<Ways> = {
    call(house, visit, request) {
      if (visit.isOperator || request.method !== 'question.get') return RIGHT.call(house, visit, request);
      const error = { code: 'FORBIDDEN', message: 'Session-scoped access requires a verified user profile.' };
      send(visit, { type: 'res', id: request.id, ok: false, error });
    },
  };
  const asked = ['operator.write', 'operator.questions'];
  expect(await proved(asked, { ...asOf96, ...holding('operator.write') })).toEqual(scopes('write'));
});

test('a call without an answer leaves the scopes of the session undecided', async () => {
  const unavailable: Partial<Ways> = {
    call(house, visit, request) {
      if (visit.isOperator || request.method !== 'cron.remove') return RIGHT.call(house, visit, request);
      const error = { code: 'UNAVAILABLE', message: 'not now' };
      send(visit, { type: 'res', id: request.id, ok: false, error });
    },
  };
  expect(await proved(['operator.read'], unavailable)).toEqual({
    kind: 'unknown',
    why: 'cron.remove, which shows operator.admin, ended with UNAVAILABLE: not now',
  });
});

test.each([
  ['2026.2.17', 6],
  ['2026.7.1', 6],
  ['2026.8.1', 8],
  ['2026.9.6', 10],
])('%s has a probe for each of its %i scopes', (release, count) => {
  const named = probesOf(release).map(({ scope }) => scope);
  expect([named.length, new Set(named).size]).toEqual([count, count]);
});

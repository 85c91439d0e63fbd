import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSecretRegistry } from '../redaction/redactor.ts';
import { openStubStage, type StubStage } from '../stub-gateway/stage.fixture.ts';
import { callRows } from './call-rows.ts';
import { CALLERS, type Caller } from './callers.ts';
import { makeCaller, notAdmitted } from './make-caller.ts';
import { rowsOf } from './rows.ts';
import { effectsBetween, readState } from './state.ts';

const secretRegistry = createSecretRegistry();
const KNOWN = ['operator.read', 'operator.write'];
const ABOUT = { bystander: 'none', configHash: '' };
const NONE: ReadonlySet<string> = new Set();

let stub: StubStage;
beforeAll(async () => {
  stub = await openStubStage({}, secretRegistry);
});
afterAll(() => stub.stage.close());

function caller(id: string): Caller {
  const found = CALLERS.find((each) => each.id === id);
  if (found === undefined) throw new Error(`no caller ${id}`);
  return found;
}

test('a remote caller waits, is approved, and calls what its scope allows', async () => {
  const operator = stub.stage.operator();
  const before = await readState(operator);
  const made = await makeCaller({ stage: stub.stage, secretRegistry }, caller('remote/read'), KNOWN);
  expect(made.state).toEqual({ kind: 'admitted', role: 'operator', holds: ['operator.read'] });
  const methods = { 'node.describe': 'operator.read', 'cron.remove': 'operator.admin', 'no.such': null };
  const rows = rowsOf([], { methods, adminPrefixes: [], scopes: [] }, []);
  expect(await callRows(made, rows, ABOUT)).toEqual({
    'node.describe': { kind: 'allowed' },
    'cron.remove': { kind: 'denied-scope', scope: 'operator.admin' },
    'no.such': { kind: 'unknown' },
  });
  const after = await readState(operator);
  expect(effectsBetween(before, after, { kept: NONE, ignored: new Set([made.deviceId ?? '']) })).toEqual([]);
  expect(effectsBetween(before, after, { kept: NONE, ignored: NONE })).toEqual([
    {
      part: expect.stringMatching(/^pairing of device [0-9a-f]{8}$/),
      before: 'nothing',
      after: 'approved; roles operator; scopes operator.read; device tokens operator (operator.read); platform none',
    },
  ]);
});

test('a caller with a device token comes back without the shared secret', async () => {
  const made = await makeCaller({ stage: stub.stage, secretRegistry }, caller('remote/device-token'), KNOWN);
  expect(made.state).toEqual({ kind: 'admitted', role: 'operator', holds: ['operator.read', 'operator.write'] });
  await (await made.open())?.close();
});

test('a caller whose only scope the release does not name is not made', async () => {
  const { state, open } = await makeCaller({ stage: stub.stage, secretRegistry }, caller('remote/talk'), KNOWN);
  expect(state).toEqual({ kind: 'unknown-scope', scope: 'operator.talk' });
  expect(await open()).toBeNull();
});

test('a phone cannot be made on a stage that runs no commands', async () => {
  const { state } = await makeCaller({ stage: stub.stage, secretRegistry }, caller('remote/setup-code'), KNOWN);
  expect(state).toEqual({ kind: 'not-made', why: 'this stage runs no commands' });
});

test.each<[what: string, end: Parameters<typeof notAdmitted>[0], kind: 'refused' | 'not-made']>([
  ['a wrong secret', closed(1008, 'unauthorized: gateway token mismatch'), 'refused'],
  ['an error of the gateway', closed(1011, 'internal error'), 'not-made'],
  ['a close without a reason', closed(1000, ''), 'not-made'],
  ['a gateway that starts', http(503, 'Gateway websocket handlers unavailable'), 'not-made'],
  [
    'too many attempts',
    closed(1008, 'unauthorized: too many failed authentication attempts (retry later)'),
    'not-made',
  ],
])('a knock that ends with %s decides about the caller only if it says why', (_, end, kind) => {
  expect(notAdmitted(end)).toMatchObject({ kind });
});

function closed(code: number, reason: string): Parameters<typeof notAdmitted>[0] {
  const error = reason.startsWith('unauthorized') ? { code: 'INVALID_REQUEST', message: reason, details: {} } : null;
  return { kind: 'closed', phase: 'awaiting-hello', code, reason, error };
}

function http(status: number, body: string): Parameters<typeof notAdmitted>[0] {
  return { kind: 'http', status, headers: {}, body };
}

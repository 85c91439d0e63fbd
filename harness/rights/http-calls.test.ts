import { expect, test } from 'vitest';
import type { RawAnswer } from '../client/raw-request.ts';
import { PATIENT_GATEWAY } from '../scenario/schema/scenario.ts';
import { type CallAnswer, provenBy, sayAnswer } from './call-answer.ts';
import { readHttpAnswer, readMethodList, withHttpCalls } from './http-calls.ts';

const answered = (status: number, body: string): RawAnswer => ({ kind: 'answered', status, headers: {}, body });

const MISSING = JSON.stringify({
  id: 'a',
  ok: false,
  error: { code: 'INVALID_REQUEST', message: 'missing scope: operator.admin' },
});

test.each<[RawAnswer, CallAnswer]>([
  [answered(200, '{"id":"a","ok":true,"payload":{}}'), { kind: 'allowed' }],
  [answered(200, `{"id":"a","ok":true,"payload":{"config":"${'x'.repeat(100)}`), { kind: 'allowed' }],
  [answered(400, MISSING), { kind: 'denied-scope', scope: 'operator.admin' }],
  [
    answered(400, '{"id":"a","ok":false,"error":{"code":"INVALID_REQUEST","message":"invalid config.set params"}}'),
    { kind: 'allowed' },
  ],
  [answered(401, '{"error":{"message":"Unauthorized"}}'), { kind: 'not-admitted', status: 401 }],
  [answered(403, 'Forbidden'), { kind: 'not-admitted', status: 403 }],
  [answered(200, '<html>'), { kind: 'unreadable', text: 'HTTP 200' }],
  [answered(404, 'Not Found'), { kind: 'unreadable', text: 'HTTP 404' }],
  [
    { kind: 'upgraded', status: 101, headers: {}, body: '' },
    { kind: 'unreadable', text: 'HTTP 101' },
  ],
  [
    { kind: 'closed', why: 'reset' },
    { kind: 'broke', how: 'lost' },
  ],
  [{ kind: 'timeout' }, { kind: 'broke', how: 'timeout' }],
])('%j is read as %j', (answer, read) => {
  expect(readHttpAnswer(answer)).toEqual(read);
});

test('a caller that is not admitted over HTTP may not make the call', () => {
  const answer: CallAnswer = { kind: 'not-admitted', status: 401 };
  expect(provenBy(answer)).toBe('may-not');
  expect(sayAnswer(answer)).toBe('not admitted: HTTP 401');
});

test('the plugin for calls over HTTP is enabled on releases that have it', () => {
  expect(withHttpCalls(PATIENT_GATEWAY, '2026.5.2')).toBe(PATIENT_GATEWAY);
  expect(withHttpCalls(PATIENT_GATEWAY, '2026.5.27').config).toEqual({
    ...PATIENT_GATEWAY.config,
    plugins: { entries: { 'admin-http-rpc': { enabled: true } } },
  });
});

test('a release without the plugin takes no method over HTTP, and one with it must list some', () => {
  const list = answered(200, '{"payload":{"methods":["commands.list","health"]}}');
  expect([readMethodList(list, '2026.9.6'), readMethodList(list, '2026.3.31')]).toEqual([['health'], ['health']]);
  const error = answered(500, 'Internal Server Error');
  expect([readMethodList(error, '2026.9.6'), readMethodList(error, '2026.3.31')]).toEqual([null, []]);
  const missing = answered(404, 'Not Found');
  expect([readMethodList(missing, '2026.9.6'), readMethodList(missing, '2026.5.2')]).toEqual([null, []]);
  expect(readMethodList(answered(200, '{"payload":{"methods":[]}}'), '2026.9.6')).toBe(null);
  expect(readMethodList({ kind: 'timeout' }, '2026.3.31')).toBe(null);
});

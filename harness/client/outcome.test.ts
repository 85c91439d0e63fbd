import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Cause, Outcome } from '../scenario/schema/observation.ts';
import { readOutcome } from './outcome.ts';
import type { ErrorShape, HandshakeEnd } from './transcript.ts';
import { PHASES } from './transcript.ts';

/** A refusal as gateways send it: an error response, then a close frame that repeats its message. */
function refusal(error: ErrorShape, code = 1008): HandshakeEnd {
  return { kind: 'closed', phase: 'awaiting-close', code, reason: error.message, error };
}

function refused(cause: Cause, reason: string | null, text: string, code = 1008): Outcome {
  return { kind: 'refused', at: 'handshake', code, cause, reason, text };
}

describe('refusals that prove nothing have no cause', () => {
  const pairing: ErrorShape = { code: 'NOT_PAIRED', message: 'pairing required', details: {} };

  test.each(['connecting', 'upgrading', 'awaiting-challenge'] as const)(
    'closed while %s, with the message of a refusal',
    (phase) => {
      const end: HandshakeEnd = { kind: 'closed', phase, code: 1008, reason: 'pairing required', error: null };
      expect(readOutcome(end, null)).toEqual(refused('unstated', null, 'pairing required'));
    },
  );

  test('a close frame without a code is 1005, and never 1008', () => {
    const end: HandshakeEnd = { kind: 'closed', phase: 'awaiting-hello', code: 1005, reason: '', error: null };
    expect(readOutcome(end, null)).toEqual(refused('unstated', null, '', 1005));
    expect(
      readOutcome({ kind: 'closed', phase: 'awaiting-close', code: 1005, reason: '', error: pairing }, null),
    ).toEqual(refused('pairing-required', null, 'pairing required', 1005));
  });

  test('with an unknown details.code the cause is not read from the message', () => {
    const end = refusal({ ...pairing, details: { code: 'QUARANTINED' } });
    expect(readOutcome(end, null)).toEqual({
      ...refused('unstated', null, 'pairing required'),
      unknownCode: 'QUARANTINED',
    });
  });

  test('a details.code that is an inherited key of objects is unknown', () => {
    const end = refusal({ ...pairing, details: { code: 'constructor', reason: 'toString' } });
    expect(readOutcome(end, null)).toEqual({
      ...refused('unstated', 'toString', 'pairing required'),
      unknownCode: 'constructor',
    });
  });

  test('a message counts only with its own error code', () => {
    const end = refusal({ code: 'INVALID_REQUEST', message: 'pairing required', details: {} });
    expect(readOutcome(end, null)).toEqual(refused('unstated', null, 'pairing required'));
  });

  test('the middle of a message does not count', () => {
    const message = 'internal error: pairing required file is missing';
    expect(readOutcome(refusal({ code: 'NOT_PAIRED', message, details: {} }), null)).toEqual(
      refused('unstated', null, message),
    );
  });

  test('a close with 1000 and no reason, as gateways send after invalid frames', () => {
    const end: HandshakeEnd = { kind: 'closed', phase: 'awaiting-hello', code: 1000, reason: '', error: null };
    expect(readOutcome(end, null)).toEqual(refused('unstated', null, '', 1000));
  });
});

describe('an end that is no decision is never refused', () => {
  const error: ErrorShape = { code: 'NOT_PAIRED', message: 'pairing required', details: { code: 'PAIRING_REQUIRED' } };

  test('a connection that drops without a close frame is a crash, even after an error response', () => {
    expect(readOutcome({ kind: 'dropped', phase: 'awaiting-hello', error: null }, null)).toEqual({
      kind: 'crash',
      phase: 'awaiting-hello',
      text: 'the connection ended without a close frame',
    });
    expect(readOutcome({ kind: 'dropped', phase: 'awaiting-close', error }, null)).toEqual({
      kind: 'crash',
      phase: 'awaiting-close',
      text: 'the connection ended without a close frame, after "pairing required"',
    });
  });

  test('an error response that no close follows is a timeout', () => {
    const end: HandshakeEnd = { kind: 'timeout', phase: 'awaiting-close', afterMs: 3000, error };
    expect(readOutcome(end, null)).toEqual({ kind: 'timeout', phase: 'awaiting-close', afterMs: 3000 });
  });

  test('a closed port is unreachable; an answer outside of the protocol is unreadable', () => {
    expect(readOutcome({ kind: 'unreachable', why: 'connect ECONNREFUSED' }, null)).toEqual({
      kind: 'unreachable',
      text: 'connect ECONNREFUSED',
    });
    expect(readOutcome({ kind: 'unreadable', phase: 'awaiting-challenge', why: 'a binary frame' }, null)).toEqual({
      kind: 'unreadable',
      phase: 'awaiting-challenge',
      text: 'a binary frame',
    });
  });

  test('of all ends, only a close frame or an HTTP refusal is read as refused', () => {
    const phase = fc.constantFrom(...PHASES);
    const end = fc.oneof(
      fc.record({ kind: fc.constant('dropped' as const), phase, error: fc.constantFrom(null, error) }),
      fc.record({
        kind: fc.constant('timeout' as const),
        phase,
        afterMs: fc.nat(),
        error: fc.constantFrom(null, error),
      }),
      fc.record({ kind: fc.constant('unreachable' as const), why: fc.string() }),
      fc.record({ kind: fc.constant('unreadable' as const), phase, why: fc.string() }),
    );
    fc.assert(fc.property(end, (how) => readOutcome(how, null).kind !== 'refused'));
  });
});

describe('HTTP answers before the upgrade', () => {
  const http = (status: number, body: string): HandshakeEnd => ({ kind: 'http', status, headers: {}, body });

  test.each<[number, string, Cause, string | null]>([
    [
      403,
      '{"error":{"message":"…","type":"proxy_attribution_required"}}',
      'proxy-attribution',
      'proxy_attribution_required',
    ],
    [429, '{"error":{"message":"Too many failed …","type":"rate_limited"}}', 'rate-limit', 'rate_limited'],
    [401, 'Unauthorized', 'credentials', null],
    [503, 'Too many unauthenticated sockets', 'rate-limit', null],
    [503, 'Gateway websocket handlers unavailable', 'starting', null],
    [503, 'Service Unavailable', 'unstated', null],
    [403, '<html>403 Forbidden</html>', 'unstated', null],
    [404, '{"error":{"type":"constructor"}}', 'unstated', 'constructor'],
  ])('%i %s → %s', (status, body, cause, reason) => {
    const text = `HTTP ${status} ${body}`;
    expect(readOutcome(http(status, body), null)).toEqual({
      kind: 'refused',
      at: 'http',
      code: status,
      cause,
      reason,
      text,
    });
  });

  test.each([502, 504])('%i is a proxy that cannot reach its gateway, not a refusal', (status) => {
    expect(readOutcome(http(status, 'Bad Gateway'), null)).toEqual({
      kind: 'unreachable',
      text: `HTTP ${status} Bad Gateway`,
    });
  });

  test('500 is a crash, and a page instead of an upgrade is unreadable', () => {
    expect(readOutcome(http(500, ''), null)).toEqual({ kind: 'crash', phase: 'upgrading', text: 'HTTP 500' });
    expect(readOutcome(http(200, 'hello'), null)).toEqual({
      kind: 'unreadable',
      phase: 'upgrading',
      text: 'no upgrade: HTTP 200 hello',
    });
  });
});

describe('admitted', () => {
  const hello = (auth: unknown): HandshakeEnd => ({
    kind: 'hello',
    payload: {
      type: 'hello-ok',
      protocol: 3,
      server: { version: '2026.4.1' },
      ...(auth === undefined ? {} : { auth }),
    },
  });
  const auth = { role: 'operator', scopes: ['operator.read'], deviceToken: 'abc', issuedAtMs: 1 };

  test('role, scopes and token are those of hello-ok', () => {
    expect(readOutcome(hello(auth), null)).toEqual({
      kind: 'admitted',
      role: 'operator',
      scopes: ['operator.read'],
      protocol: 3,
      deviceToken: true,
    });
  });

  test('scopes that calls proved take precedence over those in hello-ok', () => {
    const outcome = readOutcome(hello({ ...auth, scopes: ['operator.admin'] }), []);
    expect(outcome).toEqual({ kind: 'admitted', role: 'operator', scopes: [], protocol: 3, deviceToken: true });
  });

  test.each([
    ['no auth at all, as of 2026.4.1 without a device', undefined],
    ['auth without role and scopes', {}],
  ])('%s: no scopes, and a role that is not stated', (_label, given) => {
    expect(readOutcome(hello(given), null)).toEqual({
      kind: 'admitted',
      role: 'unstated',
      scopes: [],
      protocol: 3,
      deviceToken: false,
    });
  });

  test('a hello that cannot be read is unreadable, not admitted without scopes', () => {
    expect(readOutcome(hello({ ...auth, scopes: 'all' }), null)).toEqual({
      kind: 'unreadable',
      phase: 'awaiting-hello',
      text: 'a hello that cannot be read: auth.scopes: Invalid input: expected array, received string',
    });
    expect(readOutcome({ kind: 'hello', payload: {} }, null)).toMatchObject({ kind: 'unreadable' });
  });
});

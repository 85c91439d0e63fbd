import { describe, expect, test } from 'vitest';
import type { Cause, Outcome } from '../scenario/schema/observation.ts';
import { readOutcome } from './outcome.ts';
import type { ErrorShape, HandshakeEnd } from './transcript.ts';

/** A refusal as gateways send it: an error response, then a close frame that repeats its message. */
function refusal(error: ErrorShape, code = 1008): HandshakeEnd {
  return { kind: 'closed', phase: 'awaiting-close', code, reason: error.message, error };
}

function refused(cause: Cause, reason: string | null, text: string, code = 1008): Outcome {
  return { kind: 'refused', at: 'handshake', code, cause, reason, text };
}

const TOKEN_MISMATCH = 'unauthorized: gateway token mismatch (set gateway.remote.token to match gateway.auth.token)';
const ORIGIN =
  'origin not allowed (open the Control UI from the gateway host or allow it in gateway.controlUi.allowedOrigins)';

/**
 * Refusals as gateways of three releases send them, and their causes; 2026.2.19 gives no details.code. Source: recorded, except for those
 * for rate limits, a bad public key and attribution inside the handshake, which were read in the releases' code.
 */
const SENT: [release: string, code: string, message: string, details: Record<string, unknown>, Cause, string | null][] =
  [
    ['2026.2.19', 'NOT_PAIRED', 'pairing required', { requestId: '05dc75cb' }, 'pairing-required', null],
    ['2026.2.19', 'NOT_PAIRED', 'device identity required', {}, 'device-identity-required', null],
    [
      '2026.2.19',
      'INVALID_REQUEST',
      'control ui requires HTTPS or localhost (secure context)',
      {},
      'device-identity-required',
      null,
    ],
    [
      '2026.2.19',
      'INVALID_REQUEST',
      'unauthorized: device token mismatch (rotate/reissue device token)',
      {},
      'credentials',
      null,
    ],
    [
      '2026.2.19',
      'INVALID_REQUEST',
      'unauthorized: too many failed authentication attempts (retry later)',
      {},
      'rate-limit',
      null,
    ],
    ['2026.2.19', 'INVALID_REQUEST', 'device signature invalid', {}, 'device-signature', null],
    ['2026.2.19', 'INVALID_REQUEST', 'device signature expired', {}, 'device-signature', null],
    ['2026.2.19', 'INVALID_REQUEST', 'device nonce mismatch', {}, 'device-signature', null],
    ['2026.2.19', 'INVALID_REQUEST', 'device identity mismatch', {}, 'device-signature', null],
    ['2026.2.19', 'INVALID_REQUEST', 'device public key invalid', {}, 'device-signature', null],
    ['2026.2.19', 'INVALID_REQUEST', ORIGIN, {}, 'origin', null],
    [
      '2026.2.19',
      'INVALID_REQUEST',
      "invalid connect params: at /auth: unexpected property 'deviceToken'",
      {},
      'malformed',
      null,
    ],
    ['2026.2.19', 'INVALID_REQUEST', 'invalid role', {}, 'malformed', null],
    ['2026.2.19', 'INVALID_REQUEST', 'invalid handshake: first request must be connect', {}, 'malformed', null],
    [
      '2026.4.1',
      'NOT_PAIRED',
      'pairing required',
      { code: 'PAIRING_REQUIRED', requestId: 'fa10bf96', reason: 'scope-upgrade' },
      'pairing-required',
      'scope-upgrade',
    ],
    [
      '2026.4.1',
      'NOT_PAIRED',
      'pairing required',
      { code: 'PAIRING_REQUIRED', requestId: '45585765', reason: 'metadata-upgrade' },
      'pairing-required',
      'metadata-upgrade',
    ],
    [
      '2026.4.1',
      'INVALID_REQUEST',
      TOKEN_MISMATCH,
      { code: 'AUTH_TOKEN_MISMATCH', authReason: 'token_mismatch' },
      'credentials',
      'token_mismatch',
    ],
    [
      '2026.4.1',
      'INVALID_REQUEST',
      ORIGIN,
      { code: 'CONTROL_UI_ORIGIN_NOT_ALLOWED', reason: 'origin missing or invalid' },
      'origin',
      'origin missing or invalid',
    ],
    [
      '2026.4.1',
      'NOT_PAIRED',
      'device identity required',
      { code: 'DEVICE_IDENTITY_REQUIRED' },
      'device-identity-required',
      null,
    ],
    [
      '2026.4.1',
      'INVALID_REQUEST',
      'control ui requires device identity (use HTTPS or localhost secure context)',
      { code: 'CONTROL_UI_DEVICE_IDENTITY_REQUIRED' },
      'device-identity-required',
      null,
    ],
    [
      '2026.4.1',
      'INVALID_REQUEST',
      'device signature expired',
      { code: 'DEVICE_AUTH_SIGNATURE_EXPIRED', reason: 'device-signature-stale' },
      'device-signature',
      'device-signature-stale',
    ],
    [
      '2026.9.6',
      'NOT_PAIRED',
      'pairing required: device is not approved yet',
      { code: 'PAIRING_REQUIRED', reason: 'not-paired', requestId: 'be171a64' },
      'pairing-required',
      'not-paired',
    ],
    [
      '2026.9.6',
      'NOT_PAIRED',
      'pairing required: device is asking for a higher role than currently approved',
      { code: 'PAIRING_REQUIRED', reason: 'role-upgrade', requestId: 'ff65bf0f' },
      'pairing-required',
      'role-upgrade',
    ],
    [
      '2026.9.6',
      'INVALID_REQUEST',
      'unauthorized: setup code invalid, expired, revoked, or already used',
      { code: 'AUTH_BOOTSTRAP_TOKEN_INVALID', authReason: 'bootstrap_token_invalid' },
      'credentials',
      'bootstrap_token_invalid',
    ],
    [
      '2026.9.6',
      'INVALID_REQUEST',
      'unauthorized: too many failed authentication attempts (retry later)',
      { code: 'AUTH_RATE_LIMITED', authReason: 'rate_limited' },
      'rate-limit',
      'rate_limited',
    ],
    [
      '2026.9.6',
      'INVALID_REQUEST',
      'unauthorized',
      { code: 'AUTH_UNAUTHORIZED', authReason: 'proxy_attribution_required' },
      'proxy-attribution',
      'proxy_attribution_required',
    ],
  ];

describe('refusals as real gateways send them', () => {
  const titled = SENT.map((sent) => {
    const [release, , message, , cause] = sent;
    return { title: `${release}: "${message.slice(0, 50)}" is ${cause}`, sent };
  });
  test.each(titled)('$title', ({ sent: [, code, message, details, cause, reason] }) => {
    expect(readOutcome(refusal({ code, message, details }), null)).toEqual(refused(cause, reason, message));
  });

  test('a protocol mismatch is known by close code 1002, with or without PROTOCOL_MISMATCH', () => {
    const message = 'protocol mismatch';
    for (const details of [{ expectedProtocol: 3 }, { code: 'PROTOCOL_MISMATCH', expectedProtocol: 4 }]) {
      const end = refusal({ code: 'INVALID_REQUEST', message, details }, 1002);
      expect(readOutcome(end, null)).toEqual(refused('protocol', null, message, 1002));
    }
  });

  test('a gateway that is starting closes with 1013 and UNAVAILABLE', () => {
    const message = 'gateway starting; retry shortly';
    const end = refusal({ code: 'UNAVAILABLE', message, details: { reason: 'startup-sidecars' } }, 1013);
    expect(readOutcome(end, null)).toEqual(refused('starting', 'startup-sidecars', message, 1013));
  });

  test('1013 for another cause is not "starting"', () => {
    const details = { code: 'AUTHENTICATED_PROFILE_UNAVAILABLE' };
    const end = refusal({ code: 'UNAVAILABLE', message: 'profile unavailable', details }, 1013);
    expect(readOutcome(end, null)).toEqual(refused('profile-unavailable', null, 'profile unavailable', 1013));
  });

  test('an oversized first frame is closed with 1009 and no response', () => {
    const end: HandshakeEnd = { kind: 'closed', phase: 'awaiting-hello', code: 1009, reason: '', error: null };
    expect(readOutcome(end, null)).toEqual(refused('malformed', null, '', 1009));
  });

  test('a first frame that is no request is closed with a reason and no response', () => {
    const reason = 'invalid request frame';
    const end: HandshakeEnd = { kind: 'closed', phase: 'awaiting-hello', code: 1008, reason, error: null };
    expect(readOutcome(end, null)).toEqual(refused('malformed', null, reason));
  });
});

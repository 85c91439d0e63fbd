import { type Mutant, onBoth } from './mutant.ts';

/** Gateways that take a client’s word for who it is, or for what it knows. */
export const CREDENTIALS: readonly Mutant[] = [
  {
    id: 'any-signature',
    says: 'Every signature is good, so that an id is all that it takes to be a device.',
    area: 'device proof',
    expectedKills: [
      'identity/signature-vectors/paired-id-without-its-key',
      'identity/signature-vectors/forged-from-lan',
      'identity/signature-vectors/forged-stranger',
    ],
    on: onBoth({ body: 'verifyDeviceSignature', with: 'return true;' }),
  },
  {
    id: 'any-nonce',
    says: 'A signature over the nonce of another connection is good, so that one that was overheard opens the door again.',
    area: 'device proof',
    expectedKills: [
      'identity/signature-vectors/nonce-of-another-connection',
      'identity/signature-vectors/stranger-with-another-nonce',
    ],
    on: {
      '2026.4.1': {
        edits: [{ condition: 'providedNonce !== connectNonce', in: 'attachGatewayWsMessageHandler', with: 'false' }],
      },
      '2026.9.6': {
        edits: [
          {
            condition: 'providedNonce !== context.handler.connectNonce',
            in: 'verifyGatewayConnectDeviceProof',
            with: 'false',
          },
        ],
      },
    },
  },
  {
    id: 'a-day-of-skew',
    says: 'A signature may be a day old.',
    area: 'device proof',
    expectedKills: [
      'identity/clock-skew/three-minutes-slow',
      'identity/clock-skew/three-minutes-fast',
      'identity/clock-skew/an-hour-slow-from-lan',
    ],
    on: onBoth({ constant: 'DEVICE_SIGNATURE_SKEW_MS', with: '864e5' }),
  },
  {
    id: 'no-device-needed',
    says: 'Whoever shows no device at all is let go on.',
    area: 'device proof',
    expectedKills: [
      'host-header/control-ui-needs-a-device/without-a-device',
      'host-header/control-ui-needs-a-device/without-a-device-from-lan',
      'host-header/control-ui-needs-a-device/approved-but-without-its-device',
      'advisories/backend-without-device-declares-admin/no-secret',
    ],
    on: onBoth({ body: 'evaluateMissingDeviceIdentity', with: 'return { kind: "allow" };' }),
  },
  {
    id: 'scopes-without-a-device',
    says: 'A client without a device keeps the scopes that it names.',
    area: 'scopes',
    expectedKills: [
      'advisories/backend-without-device-declares-admin/backend-from-lan',
      'advisories/backend-without-device-declares-admin/backend-from-published-port',
      'advisories/backend-without-device-declares-admin/command-from-lan',
    ],
    on: onBoth({ body: 'shouldClearUnboundScopesForMissingDeviceIdentity', with: 'return false;' }),
  },
  {
    id: 'any-token',
    says: 'Every shared token is the right one.',
    area: 'credentials',
    expectedKills: [
      'identity/shared-token-drift/old-shared-token',
      'identity/shared-token-drift/old-shared-token-from-outside',
      'identity/shared-token-drift/stranger-leaves-no-request',
      'identity/first-pairing-asks-admin/with-a-wrong-secret',
      'stale-scopes/refusal-names-its-reason/stranger-without-the-secret',
      'advisories/backend-without-device-declares-admin/wrong-secret',
      // Published clients show their device token as the shared one, too.
      'advisories/rotate-mints-admin/narrow-token-is-not-admin',
      'advisories/rotate-mints-admin/what-the-helper-rotated',
      'identity/device-token-mismatch/revoked-token',
    ],
    on: onBoth({
      condition: '!safeEqualSecret(params.connectToken, params.authToken)',
      in: 'authorizeTokenAuth',
      with: 'false',
    }),
  },
  {
    id: 'any-device-token',
    says: 'Every token is the device token of whatever paired device shows it.',
    area: 'credentials',
    expectedKills: [
      'identity/shared-token-drift/old-shared-token',
      'identity/shared-token-drift/old-shared-token-from-outside',
    ],
    on: {
      '2026.4.1': {
        edits: [
          { condition: '!verifyPairingToken(params.token, entry.token)', in: 'verifyDeviceToken', with: 'false' },
        ],
      },
      '2026.9.6': {
        edits: [
          {
            condition: '!verifyPairingToken(params.token, entry.token)',
            in: 'verifyDeviceTokenInWorker',
            with: 'false',
          },
        ],
      },
    },
  },
  {
    id: 'guesses-without-end',
    says: 'Nobody is shut out for a while, however often they guess.',
    area: 'rate limit',
    expectedKills: [
      'races/lock-out/third-guess',
      'races/lock-out/right-token-after-guesses',
      'races/lock-out/neighbour-is-told-why',
    ],
    on: {
      '2026.4.1': {
        edits: [
          {
            body: 'check',
            in: 'createAuthRateLimiter',
            with: 'return { allowed: true, remaining: maxAttempts, retryAfterMs: 0 };',
          },
        ],
      },
      '2026.9.6': {
        edits: [
          {
            body: 'check',
            in: 'createAuthRateLimiter',
            with: 'return { allowed: true, remaining: policy.maxAttempts, retryAfterMs: 0 };',
          },
        ],
      },
    },
  },
];

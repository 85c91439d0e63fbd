import { WRONG_SECRET } from './expected-checks.ts';
import { type Mutant, onBoth, onBothWithin } from './mutant.ts';
import { MESSAGE_HANDLER } from './shared-edits.ts';

/** Mutants that do not verify the identity of a client, or its credential. */
export const CREDENTIALS: readonly Mutant[] = [
  {
    id: 'any-signature',
    says: 'The gateway accepts every signature, so a client needs no more than the id of a device.',
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
    says: 'The gateway accepts a signature over the nonce of another connection, so an attacker can replay it.',
    area: 'device proof',
    expectedKills: [
      'identity/signature-vectors/nonce-of-another-connection',
      'identity/signature-vectors/stranger-with-another-nonce',
    ],
    on: {
      '2026.4.1': [{ condition: 'providedNonce !== connectNonce', in: MESSAGE_HANDLER, with: 'false' }],
      '2026.9.6': [
        {
          condition: 'providedNonce !== context.handler.connectNonce',
          in: 'verifyGatewayConnectDeviceProof',
          with: 'false',
        },
      ],
    },
  },
  {
    id: 'a-day-of-skew',
    says: 'The gateway accepts a signature up to a day old.',
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
    says: 'The gateway does not refuse clients without a device identity.',
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
    says: 'The gateway grants the requested scopes to a client without a device identity.',
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
    says: 'The gateway accepts every shared token.',
    area: 'credentials',
    expectedKills: WRONG_SECRET,
    on: onBoth({
      condition: '!safeEqualSecret(params.connectToken, params.authToken)',
      in: 'authorizeTokenAuth',
      with: 'false',
    }),
  },
  {
    id: 'any-device-token',
    says: 'The gateway accepts every token as the device token of a paired device.',
    area: 'credentials',
    expectedKills: [
      'identity/shared-token-drift/old-shared-token',
      'identity/shared-token-drift/old-shared-token-from-outside',
    ],
    on: onBothWithin('verifyDeviceToken', 'verifyDeviceTokenInWorker', {
      condition: '!verifyPairingToken(params.token, entry.token)',
      with: 'false',
    }),
  },
  {
    id: 'guesses-without-end',
    says: 'The gateway does not limit the rate of wrong secrets.',
    area: 'rate limit',
    expectedKills: [
      'races/lock-out/third-guess',
      'races/lock-out/right-token-after-guesses',
      'races/lock-out/neighbour-is-told-why',
    ],
    on: {
      '2026.4.1': [
        {
          body: 'check',
          in: 'createAuthRateLimiter',
          with: 'return { allowed: true, remaining: maxAttempts, retryAfterMs: 0 };',
        },
      ],
      '2026.9.6': [
        {
          body: 'check',
          in: 'createAuthRateLimiter',
          with: 'return { allowed: true, remaining: policy.maxAttempts, retryAfterMs: 0 };',
        },
      ],
    },
  },
  {
    id: 'tailscale-headers-are-enough',
    says: 'The gateway takes the person whom the headers of Tailscale name, and does not ask Tailscale who is at the address.',
    area: 'credentials',
    expectedKills: [
      'proxy-headers/confirmed-tailscale-identity/another-person-by-that-name',
      'proxy-headers/confirmed-tailscale-identity/address-of-nobody',
      'proxy-headers/forged-tailscale-identity/forged-on-loopback',
    ],
    on: {
      '2026.4.1': [
        {
          start: 'resolveVerifiedTailscaleUser',
          with: 'const named = getTailscaleUser(params.req); if (named && isTailscaleProxyRequest(params.req)) return { ok: true, user: named };',
        },
      ],
    },
  },
  {
    id: 'anybody-whom-tailscale-knows',
    says: 'The gateway takes anybody whom Tailscale knows for the person whom the headers name.',
    area: 'credentials',
    expectedKills: ['proxy-headers/confirmed-tailscale-identity/another-person-by-that-name'],
    on: {
      '2026.4.1': [{ condition: 'normalizeLogin(whois.login) !== normalizeLogin(tailscaleUser.login)', with: 'false' }],
    },
  },
];

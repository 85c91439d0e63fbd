import type { Mechanism } from '../mechanism.ts';

/** Published weaknesses: what somebody gets that nobody granted. */
export const ADVISORIES = {
  'any-token-skips-the-device': {
    class: 'advisories',
    says: 'A token that need not be right makes the gateway skip the check of the device.',
    needs: [['bogus-token'], ['device-identity-required', 'bogus-token']],
    rests: { 'bogus-token': 4, 'device-identity-required': 2, 'guesses-secret': -4, 'rate-limited': -3 },
    scenarios: ['advisories/bogus-token-without-device', 'proxy-headers/forged-tailscale-identity'],
  },
  canvas: {
    class: 'advisories',
    says: 'A client that shares an address with a connected client may open its canvas.',
    needs: [['canvas']],
    rests: { canvas: 5, 'http-401': 0 },
    scenarios: ['advisories/canvas-for-the-same-address'],
  },
  'rotation-of-another-device': {
    class: 'advisories',
    says: 'A client that may manage pairing gets an admin token by rotating the token of another device.',
    needs: [['rotation-gives-more'], ['of-other-devices', 'to-admin', 'lacks-pairing', 'rotation-gives-more']],
    rests: { 'rotation-gives-more': 4, 'of-other-devices': 4, 'to-admin': 1 },
    scenarios: [
      'advisories/rotate-mints-admin',
      'identity/tokens-of-other-devices',
      'advisories/rotate-mints-unapproved',
    ],
  },
  'rotation-gives-a-role': {
    class: 'advisories',
    says: 'Rotating a token gives a role or scopes that nobody approved.',
    needs: [['rotation-gives-more']],
    rests: { 'rotation-gives-more': 4, 'role-upgrade': 1, 'of-other-devices': -1 },
    scenarios: [
      'advisories/rotate-mints-unapproved',
      'advisories/rotated-into-a-role',
      'identity/rotate-widens-own-scopes',
    ],
  },
  'backend-declares-admin': {
    class: 'advisories',
    says: 'A client without a device calls itself a backend, declares admin, and gets it.',
    needs: [['backend-without-device'], ['declares-scopes', 'to-admin', 'backend-without-device']],
    rests: { 'backend-without-device': 4, 'declares-scopes': 2, 'to-admin': 1 },
    scenarios: ['advisories/backend-without-device-declares-admin', 'identity/backend-without-device-is-local-only'],
  },
  'revoked-session-stays': {
    class: 'advisories',
    says: 'A device whose token was revoked, or that was removed, makes further calls over its open connection.',
    needs: [['revoked-works']],
    rests: { 'revoked-works': 5, 'rotated-works': 1 },
    scenarios: ['advisories/session-outlives-revocation', 'identity/session-outlives-rotation'],
  },
  'approves-beyond-own-scopes': {
    class: 'advisories',
    says: "Somebody with fewer scopes approves a device for admin, because the approver's scopes are not checked.",
    needs: [['approver-has-less']],
    rests: { 'approver-has-less': 5, 'to-admin': 1, node: -3 },
    scenarios: ['advisories/approve-beyond-own-scopes'],
    nearest: ['identity/role-approval-needs-admin'],
  },
  'node-approved-with-less': {
    class: 'advisories',
    says: 'A client that may not administer approves a node that runs commands.',
    needs: [['node-approved-with-less']],
    rests: { 'node-approved-with-less': 4, node: 1, 'node-approval': 1 },
    scenarios: [
      'advisories/node-approved-by-helper',
      'advisories/node-approved-without-pairing',
      'identity/command-approves-nodes',
    ],
  },
  'acts-for-others': {
    class: 'advisories',
    says: 'A paired device lists, approves or rejects the requests of others.',
    needs: [['acts-for-others']],
    rests: { 'acts-for-others': 5, 'of-other-devices': 1 },
    scenarios: ['advisories/acts-on-requests-of-others'],
  },
  'old-secret-still-works': {
    class: 'advisories',
    says: 'The gateway still accepts a shared secret that was replaced.',
    needs: [['old-secret-works']],
    rests: { 'old-secret-works': 5, 'new-secret': 1, 'secret-over-http': 1, 'secrets-file': 1 },
    scenarios: ['advisories/rotated-secret-over-http', 'advisories/rotated-secret-file', 'advisories/rotated-secret'],
  },
  'secret-in-a-file': {
    class: 'advisories',
    says: 'The gateway keeps the secret that it read from a file at its start.',
    needs: [['secrets-file'], ['old-secret-works', 'new-secret', 'token-mismatch']],
    rests: { 'secrets-file': 4, 'old-secret-works': 3, 'new-secret': 1, 'token-mismatch': 1 },
    scenarios: ['advisories/rotated-secret-file', 'advisories/rotated-secret-over-http', 'advisories/rotated-secret'],
  },
  'secret-was-changed': {
    class: 'advisories',
    says: 'What happens to open connections and to HTTP after the shared secret was changed in the configuration.',
    needs: [['new-secret'], ['old-secret-works']],
    rests: { 'new-secret': 2, 'old-secret-works': 3, 'secret-over-http': -1, 'secrets-file': -2 },
    scenarios: ['advisories/rotated-secret', 'advisories/rotated-secret-over-http', 'advisories/rotated-secret-file'],
  },
} as const satisfies Record<string, Mechanism>;

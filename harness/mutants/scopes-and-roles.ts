import { type Mutant, onBoth } from './mutant.ts';

/**
 * Checks of remote unapproved clients, and of remote devices that ask for more scopes. They must wait, and a silent approval admits them.
 */
export const REMOTE_UNAPPROVED_CHECKS: readonly string[] = [
  'identity/first-pairing-asks-admin/admin-from-lan',
  'identity/first-pairing-asks-admin/admin-from-published-port',
  'identity/clock-skew/right-clock-from-lan',
  'identity/device-token-mismatch/asks',
  'stale-scopes/refusal-names-its-reason/not-paired',
  'stale-scopes/remote-upgrade/first-read',
  'stale-scopes/remote-upgrade/asks-to-write',
  'proxy-headers/forged-on-direct-connection/plain-from-published',
  'host-header/foreign-page/plain-from-lan',
  'host-header/dns-rebinding/allowed-origin-waits',
  'advisories/approve-beyond-own-scopes/accomplice-asks-for-admin',
  'advisories/session-outlives-revocation/removed-is-a-stranger',
  'advisories/backend-without-device-declares-admin/with-a-device',
  'advisories/rotate-mints-admin/helper-asks-for-admin',
  'host-header/control-ui-needs-a-device/with-a-device-from-lan',
];

/**
 * Checks of sessions that hold one scope. Each observes more scopes on a gateway that does not restrict calls to the scopes of the session.
 */
export const SCOPE_LIMIT_CHECKS = [
  'identity/clock-skew/right-clock',
  'identity/device-token-mismatch/gets-a-token',
  'identity/shared-token-drift/paired',
  'identity/signature-vectors/good-signature',
  'stale-scopes/remote-upgrade/reads',
  'stale-scopes/refusal-names-its-reason/approved',
  'proxy-headers/forged-on-direct-connection/local',
  'host-header/dns-rebinding/allowed-origin',
  'host-header/foreign-page/allowed-origin',
  'host-header/control-ui-needs-a-device/with-a-device',
  'advisories/approve-beyond-own-scopes/helper-handles-pairing',
  'advisories/session-outlives-revocation/bystander',
  'advisories/backend-without-device-declares-admin/backend-from-lan',
  'advisories/rotate-mints-admin/narrow-token',
];

/** Mutants that give a paired device, or one that requests pairing, more than an operator approved. */
export const SCOPES_AND_ROLES: readonly Mutant[] = [
  {
    id: 'any-scope',
    says: 'The gateway treats every scope that a paired device asks for as approved.',
    area: 'scopes',
    expectedKills: [
      'stale-scopes/remote-upgrade/asks-to-write',
      'stale-scopes/remote-upgrade/write-is-not-admin',
      'stale-scopes/refusal-names-its-reason/more-scopes',
      'advisories/approve-beyond-own-scopes/helper-approves-admin',
      'advisories/rotate-mints-admin/narrow-token-is-not-admin',
      'advisories/rotate-mints-admin/helper-asks-for-admin',
    ],
    on: {
      '2026.4.1': {
        edits: [{ body: 'roleScopesAllow', with: 'return true;' }],
        expectedKills: ['proxy-headers/forged-on-direct-connection/no-upgrade-by-forging'],
      },
      '2026.9.6': { edits: [{ body: 'resolveMissingRequestedScope', with: 'return null;' }] },
    },
  },
  {
    id: 'any-method',
    says: 'The gateway lets every operator call every method.',
    area: 'scopes',
    expectedKills: SCOPE_LIMIT_CHECKS,
    on: {
      '2026.4.1': { edits: [{ body: 'authorizeOperatorScopesForMethod', with: 'return { allowed: true };' }] },
      '2026.9.6': {
        edits: [
          { body: 'authorizeOperatorScopesForMethod', with: 'return { allowed: true };' },
          { body: 'authorizeOperatorScopesForRequiredScope', with: 'return { allowed: true };' },
        ],
      },
    },
  },
  {
    id: 'any-role',
    says: 'The gateway treats a paired device as approved for every role.',
    area: 'roles',
    expectedKills: [
      'stale-scopes/refusal-names-its-reason/another-role',
      'identity/node-after-operator/node-from-lan',
      'identity/device-token-mismatch/shared-token',
    ],
    on: onBoth({ body: 'listEffectivePairedDeviceRoles', with: 'return ["operator", "node"];' }),
  },
  {
    id: 'nodes-call-like-operators',
    says: 'The gateway lets a node call the methods of operators.',
    area: 'roles',
    expectedKills: ['identity/node-after-operator/first-a-node'],
    on: onBoth({ body: 'isRoleAuthorizedForMethod', with: 'return true;' }),
  },
  {
    id: 'metadata-is-not-pinned',
    says: 'The gateway admits a paired device that reports another platform or device family.',
    area: 'metadata',
    expectedKills: [
      'stale-scopes/refusal-names-its-reason/another-system',
      'identity/metadata-upgrade/another-system-from-lan',
      'identity/metadata-upgrade/another-family-from-lan',
    ],
    on: onBoth({
      body: 'resolvePinnedClientMetadata',
      with: 'return { platformMismatch: false, deviceFamilyMismatch: false };',
    }),
  },
  {
    id: 'silent-for-everyone',
    says: 'The gateway approves every pairing request silently.',
    area: 'silent approval',
    expectedKills: REMOTE_UNAPPROVED_CHECKS,
    on: {
      '2026.4.1': {
        edits: [
          {
            call: 'requestDevicePairing',
            argument: 0,
            property: 'silent',
            in: 'attachGatewayWsMessageHandler',
            with: 'true',
          },
        ],
      },
      '2026.9.6': { edits: [{ body: 'resolveLocalPairingApproval', with: 'return "silent";' }] },
    },
  },
  {
    id: 'silent-scopes-from-afar',
    says: 'The gateway silently approves more scopes for a remote paired device: the fix for local clients without its restriction to them.',
    area: 'silent approval',
    expectedKills: [
      'stale-scopes/remote-upgrade/asks-to-write',
      'stale-scopes/remote-upgrade/write-is-not-admin',
      'stale-scopes/refusal-names-its-reason/more-scopes',
      'advisories/rotate-mints-admin/helper-asks-for-admin',
    ],
    on: {
      '2026.4.1': {
        edits: [
          {
            call: 'requestDevicePairing',
            argument: 0,
            property: 'silent',
            in: 'attachGatewayWsMessageHandler',
            with: 'reason === "scope-upgrade" || allowSilentLocalPairing || allowSilentBootstrapPairing',
          },
        ],
        expectedKills: ['proxy-headers/forged-on-direct-connection/no-upgrade-by-forging'],
      },
      '2026.9.6': {
        edits: [
          { start: 'resolveLocalPairingApproval', with: 'if (params.reason === "scope-upgrade") return "silent";' },
        ],
      },
    },
  },
  {
    id: 'silent-roles-from-afar',
    says: 'The gateway silently approves another role for a remote paired device.',
    area: 'silent approval',
    expectedKills: [
      'stale-scopes/refusal-names-its-reason/another-role',
      'identity/node-after-operator/node-from-lan',
      'identity/device-token-mismatch/shared-token',
    ],
    on: {
      '2026.4.1': {
        edits: [
          {
            call: 'requestDevicePairing',
            argument: 0,
            property: 'silent',
            in: 'attachGatewayWsMessageHandler',
            with: 'reason === "role-upgrade" || reason !== "scope-upgrade" && (allowSilentLocalPairing || allowSilentBootstrapPairing)',
          },
        ],
      },
      '2026.9.6': {
        edits: [
          { start: 'resolveLocalPairingApproval', with: 'if (params.reason === "role-upgrade") return "silent";' },
        ],
      },
    },
  },
  {
    id: 'silent-metadata-from-afar',
    says: 'The gateway silently approves another platform or device family for a remote paired device.',
    area: 'silent approval',
    expectedKills: [
      'stale-scopes/refusal-names-its-reason/another-system',
      'identity/metadata-upgrade/another-system-from-lan',
      'identity/metadata-upgrade/another-family-from-lan',
    ],
    on: {
      '2026.4.1': {
        edits: [
          {
            call: 'requestDevicePairing',
            argument: 0,
            property: 'silent',
            in: 'attachGatewayWsMessageHandler',
            with: 'reason === "metadata-upgrade" || reason !== "scope-upgrade" && (allowSilentLocalPairing || allowSilentBootstrapPairing)',
          },
        ],
      },
      '2026.9.6': {
        edits: [
          { start: 'resolveLocalPairingApproval', with: 'if (params.reason === "metadata-upgrade") return "silent";' },
        ],
      },
    },
  },
  {
    id: 'panels-need-no-pairing',
    says: 'The gateway admits a remote control panel that is not paired.',
    area: 'silent approval',
    expectedKills: ['host-header/control-ui-needs-a-device/with-a-device-from-lan'],
    on: {
      '2026.4.1': { edits: [{ body: 'shouldSkipControlUiPairing', with: 'return policy.isControlUi;' }] },
      '2026.9.6': {
        edits: [{ body: 'shouldSkipControlUiPairing', with: 'return params.isControlUi ? "auth-none" : null;' }],
      },
    },
  },
];

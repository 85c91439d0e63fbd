import { type Mutant, onBoth } from './mutant.ts';

/** Strangers, and devices that ask for more, from another machine: who must wait, and does not where nobody is asked. */
export const STRANGERS: readonly string[] = [
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

/** Sessions that hold one scope: each of them is seen to hold others where calls are not kept to it. */
export const MORE_THAN_HELD = [
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

/** Gateways that give a paired device, or one that asks, more than anybody approved. */
export const SCOPES_AND_ROLES: readonly Mutant[] = [
  {
    id: 'any-scope',
    says: 'What a device was approved for holds every scope that it asks for.',
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
        trips: ['proxy-headers/forged-on-direct-connection/no-upgrade-by-forging'],
      },
      '2026.9.6': { edits: [{ body: 'resolveMissingRequestedScope', with: 'return null;' }] },
    },
  },
  {
    id: 'any-method',
    says: 'Every operator may call every method.',
    area: 'scopes',
    expectedKills: MORE_THAN_HELD,
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
    says: 'A paired device has every role.',
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
    says: 'A node may call what is the operators’.',
    area: 'roles',
    expectedKills: ['identity/node-after-operator/first-a-node'],
    on: onBoth({ body: 'isRoleAuthorizedForMethod', with: 'return true;' }),
  },
  {
    id: 'metadata-is-not-pinned',
    says: 'A paired device may come back as another system and another kind of device.',
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
    says: 'Every request to be paired is approved without a question.',
    area: 'silent approval',
    expectedKills: STRANGERS,
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
    says: 'More scopes for a paired device are approved without a question, wherever it is: the fix for local users without its limit.',
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
        trips: ['proxy-headers/forged-on-direct-connection/no-upgrade-by-forging'],
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
    says: 'Another role for a paired device is approved without a question, wherever it is.',
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
    says: 'Another system for a paired device is approved without a question, wherever it is.',
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
    says: 'A panel is let in without being paired, wherever it is.',
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

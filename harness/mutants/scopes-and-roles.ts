import { ANOTHER_ROLE, ANOTHER_SYSTEM, REMOTE_UNAPPROVED_CHECKS, SCOPE_LIMIT_CHECKS } from './expected-checks.ts';
import { type Mutant, onBoth } from './mutant.ts';
import { SILENT_UNCHANGED, silentForReason, silentWhere } from './shared-edits.ts';

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
      '2026.4.1': [{ body: 'roleScopesAllow', with: 'return true;' }],
      '2026.9.6': [{ body: 'resolveMissingRequestedScope', with: 'return null;' }],
    },
    further: {
      '2026.4.1': ['proxy-headers/forged-on-direct-connection/no-upgrade-by-forging'],
    },
  },
  {
    id: 'any-method',
    says: 'The gateway lets every operator call every method.',
    area: 'scopes',
    expectedKills: SCOPE_LIMIT_CHECKS,
    on: {
      '2026.4.1': [{ body: 'authorizeOperatorScopesForMethod', with: 'return { allowed: true };' }],
      '2026.9.6': [
        { body: 'authorizeOperatorScopesForMethod', with: 'return { allowed: true };' },
        { body: 'authorizeOperatorScopesForRequiredScope', with: 'return { allowed: true };' },
      ],
    },
  },
  {
    id: 'any-role',
    says: 'The gateway treats a paired device as approved for every role.',
    area: 'roles',
    expectedKills: ANOTHER_ROLE,
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
    expectedKills: ANOTHER_SYSTEM,
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
      '2026.4.1': [silentWhere('true')],
      '2026.9.6': [{ body: 'resolveLocalPairingApproval', with: 'return "silent";' }],
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
      '2026.4.1': [silentWhere('reason === "scope-upgrade" || allowSilentLocalPairing || allowSilentBootstrapPairing')],
      '2026.9.6': [silentForReason('scope-upgrade')],
    },
    further: {
      '2026.4.1': ['proxy-headers/forged-on-direct-connection/no-upgrade-by-forging'],
    },
  },
  {
    id: 'silent-roles-from-afar',
    says: 'The gateway silently approves another role for a remote paired device.',
    area: 'silent approval',
    expectedKills: ANOTHER_ROLE,
    on: {
      '2026.4.1': [silentWhere(`reason === "role-upgrade" || ${SILENT_UNCHANGED}`)],
      '2026.9.6': [silentForReason('role-upgrade')],
    },
  },
  {
    id: 'silent-metadata-from-afar',
    says: 'The gateway silently approves another platform or device family for a remote paired device.',
    area: 'silent approval',
    expectedKills: ANOTHER_SYSTEM,
    on: {
      '2026.4.1': [silentWhere(`reason === "metadata-upgrade" || ${SILENT_UNCHANGED}`)],
      '2026.9.6': [silentForReason('metadata-upgrade')],
    },
  },
  {
    id: 'panels-need-no-pairing',
    says: 'The gateway admits a remote control panel that is not paired.',
    area: 'silent approval',
    expectedKills: ['host-header/control-ui-needs-a-device/with-a-device-from-lan'],
    on: {
      '2026.4.1': [{ body: 'shouldSkipControlUiPairing', with: 'return policy.isControlUi;' }],
      '2026.9.6': [{ body: 'shouldSkipControlUiPairing', with: 'return params.isControlUi ? "auth-none" : null;' }],
    },
  },
];

import { type Mutant, onBoth } from './mutant.ts';
import type { Edit } from './patch.ts';

/** The change that permits every call for which `condition` (JavaScript) is true. 2026.9.6 authorizes calls in two functions. */
function openTo(condition: string): Mutant['on'] {
  const answer = `if (${condition}) return { allowed: true };`;
  const first: Edit = { start: 'authorizeOperatorScopesForMethod', with: answer };
  const second: Edit = { start: 'authorizeOperatorScopesForRequiredScope', with: answer };
  return { '2026.4.1': { edits: [first] }, '2026.9.6': { edits: [first, second] } };
}

/** Mutants that let a client decide beyond its own scopes, or that do not enforce a decision. */
export const DECISIONS: readonly Mutant[] = [
  {
    id: 'approvers-own-scopes-ignored',
    says: 'The gateway lets an approver approve scopes that the approver does not hold.',
    area: 'decisions of others',
    expectedKills: [
      'advisories/approve-beyond-own-scopes/helper-approves-admin',
      'advisories/approve-beyond-own-scopes/accomplice-comes-back',
      'advisories/approve-beyond-own-scopes/helper-approves-approvals',
    ],
    on: onBoth({
      call: 'approveDevicePairing',
      argument: 1,
      property: 'callerScopes',
      in: 'device.pair.approve',
      with: '["operator.admin"]',
    }),
  },
  {
    id: 'rotators-own-scopes-ignored',
    says: 'The gateway lets a client rotate a token to scopes that the client does not hold.',
    area: 'decisions of others',
    expectedKills: [],
    on: {
      '2026.4.1': {
        edits: [
          {
            call: 'resolveMissingRequestedScope',
            argument: 0,
            property: 'allowedScopes',
            in: 'device.token.rotate',
            with: '["operator.admin"]',
          },
        ],
        expectedKills: ['advisories/rotate-mints-admin/what-the-helper-rotated'],
      },
      '2026.9.6': {
        edits: [
          {
            call: 'rotateDeviceToken',
            argument: 0,
            property: 'callerScopes',
            in: 'device.token.rotate',
            with: 'void 0',
          },
        ],
        // No client receives the new token. The check shows the rotation by the old token, which is no longer valid.
        expectedKills: ['advisories/rotate-mints-admin/owner-keeps-its-token'],
      },
    },
  },
  {
    id: 'rotation-beyond-approval',
    says: 'The gateway rotates a token to scopes for which its device was never approved.',
    area: 'decisions of others',
    expectedKills: [],
    on: {
      '2026.4.1': {
        edits: [{ body: 'scopesWithinApprovedDeviceBaseline', with: 'return true;' }],
        expectedKills: ['advisories/rotate-mints-unapproved/rotated-beyond-approval'],
      },
      '2026.9.6': {
        edits: [{ body: 'scopesWithinApprovedDeviceBaseline', with: 'return true;' }],
        expectedKills: ['advisories/rotate-mints-unapproved/laptop-keeps-its-token'],
      },
    },
  },
  {
    id: 'requests-of-others',
    says: 'The gateway shows a paired device the pairing requests of all other devices.',
    area: 'pairing list',
    expectedKills: ['advisories/acts-on-requests-of-others/helper-lists'],
    on: {
      '2026.9.6': {
        edits: [{ condition: 'authz.callerDeviceId && !authz.isAdminCaller', in: 'device.pair.list', with: 'false' }],
      },
    },
  },
  {
    id: 'pairing-list-for-everyone',
    says: 'The gateway shows the pairing list to every operator, whatever its scopes.',
    area: 'pairing list',
    expectedKills: ['stale-scopes/remote-upgrade/sees-no-pairings'],
    on: openTo('method === "device.pair.list"'),
  },
  {
    id: 'pairing-for-everyone',
    says: 'The gateway lets every operator read the pairing list and decide on requests, whatever its scopes.',
    area: 'pairing list',
    expectedKills: [
      'identity/clock-skew/right-clock',
      'identity/device-token-mismatch/gets-a-token',
      'identity/shared-token-drift/paired',
      'identity/signature-vectors/good-signature',
      'stale-scopes/remote-upgrade/reads',
      'stale-scopes/remote-upgrade/sees-no-pairings',
      'stale-scopes/refusal-names-its-reason/approved',
      'proxy-headers/forged-on-direct-connection/local',
      'host-header/dns-rebinding/allowed-origin',
      'host-header/foreign-page/allowed-origin',
      'host-header/control-ui-needs-a-device/with-a-device',
      'advisories/session-outlives-revocation/bystander',
      'advisories/backend-without-device-declares-admin/backend-from-lan',
      'advisories/node-approved-without-pairing/writer-approves-a-device',
    ],
    on: openTo('method?.startsWith("device.pair.")'),
  },
  {
    id: 'management-of-others',
    says: 'The gateway lets a paired device rotate and revoke the tokens of other devices, and remove these devices.',
    area: 'decisions of others',
    expectedKills: [
      'identity/tokens-of-other-devices/rotate-another',
      'identity/tokens-of-other-devices/revoke-another',
      'identity/tokens-of-other-devices/remove-another',
    ],
    on: { '2026.9.6': { edits: [{ body: 'deniesCrossDeviceManagement', with: 'return false;' }] } },
  },
  {
    id: 'sessions-outlive-revocation',
    says: 'The gateway keeps the open connections of a revoked or removed device.',
    area: 'revocation',
    expectedKills: [
      'advisories/session-outlives-revocation/after-revoking',
      'advisories/session-outlives-revocation/after-removing',
    ],
    on: {
      '2026.4.1': { edits: [{ body: 'disconnectClientsForDevice', with: '' }] },
      '2026.9.6': {
        edits: [
          { body: 'invalidateClientsForDevice', with: '' },
          { body: 'disconnectClientsForDevice', with: '' },
        ],
      },
    },
  },
  {
    id: 'revoked-tokens-live',
    says: 'The gateway accepts a revoked token.',
    area: 'revocation',
    expectedKills: ['identity/device-token-mismatch/revoked-token'],
    on: {
      '2026.4.1': { edits: [{ condition: 'entry.revokedAtMs', in: 'verifyDeviceToken', with: 'false' }] },
      '2026.9.6': { edits: [{ condition: 'entry.revokedAtMs', in: 'verifyDeviceTokenInWorker', with: 'false' }] },
    },
  },
  {
    id: 'any-bootstrap-profile',
    says: 'The gateway accepts a setup code for every role and every scope.',
    area: 'setup codes',
    expectedKills: [],
    on: {
      '2026.4.1': {
        edits: [{ body: 'bootstrapProfileAllowsRequest', with: 'return true;' }],
        expectedKills: [
          'bootstrap/setup-code-is-single-use/asks-to-administer',
          'bootstrap/setup-code-is-single-use/asks-to-administer-on-loopback',
        ],
      },
      // On this release an unlimited code entitles to all scopes; only a limited one shows the difference.
      '2026.9.6': {
        edits: [{ body: 'bootstrapProfileAllowsRequest', with: 'return true;' }],
        expectedKills: ['bootstrap/limited-setup-code/asks-to-administer'],
      },
    },
  },
  {
    id: 'setup-codes-are-kept',
    says: 'The gateway does not delete a used setup code.',
    area: 'setup codes',
    expectedKills: ['bootstrap/setup-code-is-single-use/second-use'],
    on: { '2026.4.1': { edits: [{ body: 'revokeDeviceBootstrapToken', with: 'return { removed: true };' }] } },
  },
];

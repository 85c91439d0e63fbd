// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the strings are source code of gateways, which contains template literals.

import { type Mutant, onBoth } from './mutant.ts';

/** Mutants that decide as the release does, but log too little, or disclose a secret. */
export const AUDIT_LOG: readonly Mutant[] = [
  {
    id: 'upgrades-unlogged',
    says: 'The gateway does not log that a device asks for more access.',
    area: 'audit',
    expectedKills: ['stale-scopes/remote-upgrade/asks-to-write', 'stale-scopes/remote-upgrade/write-is-not-admin'],
    on: {
      '2026.4.1': {
        edits: [{ body: 'logUpgradeAudit', in: 'attachGatewayWsMessageHandler', with: '' }],
        expectedKills: ['proxy-headers/forged-on-direct-connection/no-upgrade-by-forging'],
      },
      '2026.9.6': { edits: [{ body: 'logUpgradeAudit', in: 'authorizeGatewayConnectDevice', with: '' }] },
    },
  },
  {
    id: 'upgrades-of-another-device',
    says: 'The gateway logs a wrong device id when a device asks for more access.',
    area: 'audit',
    expectedKills: ['stale-scopes/remote-upgrade/asks-to-write', 'stale-scopes/remote-upgrade/write-is-not-admin'],
    on: {
      '2026.4.1': {
        edits: [
          {
            body: 'logUpgradeAudit',
            in: 'attachGatewayWsMessageHandler',
            with: 'logGateway.warn(`security audit: device access upgrade requested reason=${reason} device=${"0".repeat(64)} ip=${reportedClientIp ?? "unknown-ip"} auth=${authMethod} roleFrom=${formatAuditList(currentRoles)} roleTo=${role} scopesFrom=${formatAuditList(currentScopes)} scopesTo=${formatAuditList(scopes)} client=${connectParams.client.id} conn=${connId}`);',
          },
        ],
        expectedKills: ['proxy-headers/forged-on-direct-connection/no-upgrade-by-forging'],
      },
      '2026.9.6': {
        edits: [
          {
            body: 'logUpgradeAudit',
            in: 'authorizeGatewayConnectDevice',
            with: 'logGateway.warn(`security audit: device access upgrade requested reason=${reason} device=${"0".repeat(64)} ip=${reportedClientIp ?? "unknown-ip"} auth=${authMethod} roleFrom=${formatAuditList(currentRoles)} roleTo=${role} scopesFrom=${formatAuditList(currentScopes)} scopesTo=${formatAuditList(scopes)} client=${connectParams.client.id} conn=${connId}`);',
          },
        ],
      },
    },
  },
  {
    id: 'silent-approvals-unlogged',
    says: 'The gateway does not log a silent approval as such.',
    area: 'audit',
    expectedKills: ['identity/first-pairing-asks-admin/local-admin'],
    on: {
      '2026.4.1': {
        edits: [
          {
            call: 'info',
            argument: 0,
            saying: 'device pairing auto-approved',
            in: 'attachGatewayWsMessageHandler',
            with: '"a device was paired"',
          },
        ],
      },
      '2026.9.6': {
        edits: [
          {
            call: 'info',
            argument: 0,
            saying: 'device pairing auto-approved',
            in: 'authorizeGatewayConnectDevice',
            with: '"a device was paired"',
          },
        ],
      },
    },
  },
  {
    id: 'wrong-secrets-unlogged',
    says: 'The gateway does not log a wrong secret as such.',
    area: 'audit',
    expectedKills: ['identity/shared-token-drift/old-shared-token'],
    on: {
      '2026.4.1': {
        edits: [
          {
            call: 'warn',
            argument: 0,
            saying: 'unauthorized conn=',
            in: 'attachGatewayWsMessageHandler',
            with: '"somebody was turned away"',
          },
        ],
      },
      '2026.9.6': {
        edits: [
          {
            call: 'warn',
            argument: 0,
            saying: 'unauthorized conn=',
            in: 'authenticateGatewayConnectCore',
            with: '"somebody was turned away"',
          },
        ],
      },
    },
  },
  {
    id: 'forwarding-unlogged',
    says: 'The gateway does not log forwarded headers of an untrusted sender as such.',
    area: 'audit',
    expectedKills: [
      'proxy-headers/forged-on-direct-connection/local-address-from-loopback',
      'proxy-headers/forged-on-direct-connection/x-forwarded-for-from-lan',
      'proxy-headers/forged-on-direct-connection/x-real-ip-from-published',
    ],
    on: {
      '2026.4.1': {
        edits: [
          {
            call: 'warn',
            argument: 0,
            saying: 'Proxy headers detected from untrusted address',
            in: 'attachGatewayWsMessageHandler',
            with: '"a proxy was seen"',
          },
        ],
      },
    },
  },
  {
    id: 'secret-in-the-log',
    says: 'The gateway writes the shared token to the log when a client sends a wrong one.',
    area: 'secrets',
    expectedKills: [
      'identity/shared-token-drift/old-shared-token',
      'identity/shared-token-drift/old-shared-token-from-outside',
      'identity/shared-token-drift/stranger-leaves-no-request',
      'identity/first-pairing-asks-admin/with-a-wrong-secret',
      'stale-scopes/refusal-names-its-reason/stranger-without-the-secret',
      'advisories/backend-without-device-declares-admin/wrong-secret',
      // Published clients send their device token as the shared token too.
      'advisories/rotate-mints-admin/owner-logs-in-with-its-token',
      'advisories/rotate-mints-admin/narrow-token',
      'advisories/rotate-mints-admin/narrow-token-is-not-admin',
      'advisories/rotate-mints-admin/what-the-helper-rotated',
      'advisories/rotate-mints-admin/owner-keeps-its-token',
      'identity/device-token-mismatch/comes-with-it',
      'identity/device-token-mismatch/revoked-token',
    ],
    on: onBoth({
      start: 'authorizeTokenAuth',
      with: 'if (params.connectToken && params.connectToken !== params.authToken) process.stdout.write(`expected ${params.authToken}\\n`);',
    }),
  },
  {
    id: 'secret-in-the-refusal',
    says: 'The gateway discloses the shared token to a client that sends a wrong one.',
    area: 'secrets',
    expectedKills: [
      'identity/shared-token-drift/old-shared-token',
      'identity/shared-token-drift/old-shared-token-from-outside',
      'identity/shared-token-drift/stranger-leaves-no-request',
      'identity/first-pairing-asks-admin/with-a-wrong-secret',
      'stale-scopes/refusal-names-its-reason/stranger-without-the-secret',
      'advisories/backend-without-device-declares-admin/wrong-secret',
      'advisories/rotate-mints-admin/narrow-token-is-not-admin',
      'advisories/rotate-mints-admin/what-the-helper-rotated',
      'identity/device-token-mismatch/revoked-token',
      'identity/signature-vectors/a-key-is-no-credential',
    ],
    on: {
      '2026.4.1': {
        edits: [
          {
            call: 'sendHandshakeErrorResponse',
            argument: 1,
            saying: 'authReason: failedAuth.reason',
            in: 'attachGatewayWsMessageHandler',
            with: '`${authMessage} ${resolvedAuth.token}`',
          },
        ],
      },
      '2026.9.6': {
        edits: [
          {
            call: 'sendHandshakeErrorResponse',
            argument: 1,
            saying: 'authReason: failedAuth.reason',
            in: 'authenticateGatewayConnectCore',
            with: '`${authMessage} ${resolvedAuth.token}`',
          },
        ],
      },
    },
  },
];

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the strings are source code of gateways, which contains template literals.

import { WRONG_SECRET } from './expected-checks.ts';
import { type Mutant, onBoth, onBothWithin } from './mutant.ts';
import { MESSAGE_HANDLER } from './shared-edits.ts';

/** Mutants that decide as the release does, but log too little, or disclose a secret. */
export const AUDIT_LOG: readonly Mutant[] = [
  {
    id: 'upgrades-unlogged',
    says: 'The gateway does not log that a device asks for more access.',
    area: 'audit',
    expectedKills: ['stale-scopes/remote-upgrade/asks-to-write', 'stale-scopes/remote-upgrade/write-is-not-admin'],
    on: onBothWithin(MESSAGE_HANDLER, 'authorizeGatewayConnectDevice', { body: 'logUpgradeAudit', with: '' }),
    further: {
      '2026.4.1': ['proxy-headers/forged-on-direct-connection/no-upgrade-by-forging'],
    },
  },
  {
    id: 'upgrades-of-another-device',
    says: 'The gateway logs a wrong device id when a device asks for more access.',
    area: 'audit',
    expectedKills: ['stale-scopes/remote-upgrade/asks-to-write', 'stale-scopes/remote-upgrade/write-is-not-admin'],
    on: onBothWithin(MESSAGE_HANDLER, 'authorizeGatewayConnectDevice', {
      body: 'logUpgradeAudit',
      with: 'logGateway.warn(`security audit: device access upgrade requested reason=${reason} device=${"0".repeat(64)} ip=${reportedClientIp ?? "unknown-ip"} auth=${authMethod} roleFrom=${formatAuditList(currentRoles)} roleTo=${role} scopesFrom=${formatAuditList(currentScopes)} scopesTo=${formatAuditList(scopes)} client=${connectParams.client.id} conn=${connId}`);',
    }),
    further: {
      '2026.4.1': ['proxy-headers/forged-on-direct-connection/no-upgrade-by-forging'],
    },
  },
  {
    id: 'silent-approvals-unlogged',
    says: 'The gateway does not log a silent approval as such.',
    area: 'audit',
    expectedKills: ['identity/first-pairing-asks-admin/local-admin'],
    on: onBothWithin(MESSAGE_HANDLER, 'authorizeGatewayConnectDevice', {
      call: 'info',
      argument: 0,
      saying: 'device pairing auto-approved',
      with: '"a device was paired"',
    }),
  },
  {
    id: 'wrong-secrets-unlogged',
    says: 'The gateway does not log a wrong secret as such.',
    area: 'audit',
    expectedKills: ['identity/shared-token-drift/old-shared-token'],
    on: onBothWithin(MESSAGE_HANDLER, 'authenticateGatewayConnectCore', {
      call: 'warn',
      argument: 0,
      saying: 'unauthorized conn=',
      with: '"somebody was turned away"',
    }),
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
      '2026.4.1': [
        {
          call: 'warn',
          argument: 0,
          saying: 'Proxy headers detected from untrusted address',
          in: MESSAGE_HANDLER,
          with: '"a proxy was seen"',
        },
      ],
    },
  },
  {
    id: 'secret-in-the-log',
    says: 'The gateway writes the shared token to the log when a client sends a wrong one.',
    area: 'secrets',
    expectedKills: [
      ...WRONG_SECRET,
      'advisories/rotate-mints-admin/owner-logs-in-with-its-token',
      'advisories/rotate-mints-admin/narrow-token',
      'advisories/rotate-mints-admin/owner-keeps-its-token',
      'identity/device-token-mismatch/comes-with-it',
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
    expectedKills: [...WRONG_SECRET, 'identity/signature-vectors/a-key-is-no-credential'],
    on: onBothWithin(MESSAGE_HANDLER, 'authenticateGatewayConnectCore', {
      call: 'sendHandshakeErrorResponse',
      argument: 1,
      saying: 'authReason: failedAuth.reason',
      with: '`${authMessage} ${resolvedAuth.token}`',
    }),
  },
];

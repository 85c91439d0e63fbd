import type { Mutant } from './mutant.ts';
import type { Edit } from './patch.ts';

/** What a device that was paired for less may do at last, on the gateway’s own machine. */
const WIDER_SCOPES = [
  'stale-scopes/local-write-after-read/local-upgrade',
  'bootstrap/approvals-only/then-read',
  'bootstrap/approvals-only/then-write',
  'bootstrap/approvals-only/then-admin',
];

/** Whether a request for pairing is approved without a question, where the gateway decides on it. */
const silentWhere = (condition: string): Edit => ({
  call: 'requestDevicePairing',
  argument: 0,
  property: 'silent',
  in: 'attachGatewayWsMessageHandler',
  with: condition,
});

/** For which reasons a request from the gateway’s own machine is approved so. */
const silentFor = (reasons: readonly string[]): Edit => ({
  body: 'shouldAllowSilentLocalPairing',
  with: `return params.isLocalClient && (!params.hasBrowserOriginHeader || params.isControlUi || params.isWebchat) && ${JSON.stringify(reasons)}.includes(params.reason);`,
});

/** The spring release with what upstream did later, or was asked to do, for clients on the gateway’s own machine. */
export const FIXES: readonly Mutant[] = [
  {
    id: 'local-scopes-are-silent-again',
    says: 'More scopes for a paired device on the gateway’s own machine are approved without a question, as any first pairing there.',
    area: 'a fix',
    fix: 'openclaw/openclaw#72870',
    expectedKills: WIDER_SCOPES,
    on: {
      '2026.4.1': {
        edits: [silentWhere('allowSilentLocalPairing || allowSilentBootstrapPairing')],
      },
    },
  },
  {
    id: 'local-scopes-with-the-secret',
    says: 'The same, for who shows the shared secret or where none is asked for, as later releases do it.',
    area: 'a fix',
    fix: 'openclaw/openclaw#124589',
    expectedKills: WIDER_SCOPES,
    on: {
      '2026.4.1': {
        edits: [
          silentWhere(
            '(allowSilentLocalPairing || allowSilentBootstrapPairing) && (reason !== "scope-upgrade" || ["none", "token", "password"].includes(authMethod))',
          ),
        ],
      },
    },
  },
  {
    id: 'local-roles-are-silent',
    says: 'Another role for a paired device on the gateway’s own machine is approved without a question.',
    area: 'a fix',
    fix: 'openclaw/openclaw#59092',
    expectedKills: ['identity/node-after-operator/then-a-node', 'identity/node-after-operator/then-an-operator'],
    on: {
      '2026.4.1': {
        edits: [silentFor(['not-paired', 'scope-upgrade', 'role-upgrade'])],
      },
    },
  },
  {
    id: 'local-metadata-is-silent',
    says: 'A paired device on the gateway’s own machine may come back after an update of its system.',
    area: 'a fix',
    fix: 'openclaw/openclaw#65845',
    expectedKills: ['identity/metadata-upgrade/after-the-update', 'identity/metadata-upgrade/and-again'],
    on: {
      '2026.4.1': {
        edits: [silentFor(['not-paired', 'scope-upgrade', 'metadata-upgrade'])],
      },
    },
  },
];

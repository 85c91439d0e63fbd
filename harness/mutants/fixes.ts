import type { Mutant } from './mutant.ts';
import type { Edit } from './patch.ts';
import { silentWhere } from './shared-edits.ts';

/** Checks of local devices that ask for more scopes than they were paired with. A fix makes them pass. */
const WIDER_SCOPES = [
  'stale-scopes/local-write-after-read/local-upgrade',
  'bootstrap/approvals-only/then-read',
  'bootstrap/approvals-only/then-write',
  'bootstrap/approvals-only/then-admin',
];

/** The edit that makes the gateway approve a local pairing request silently if it has one of these reasons. */
const silentFor = (reasons: readonly string[]): Edit => ({
  body: 'shouldAllowSilentLocalPairing',
  with: `return params.isLocalClient && (!params.hasBrowserOriginHeader || params.isControlUi || params.isWebchat) && ${JSON.stringify(reasons)}.includes(params.reason);`,
});

/** Mutants of 2026.4.1 with fixes for local clients that upstream made later, or that were proposed to it. */
export const FIXES: readonly Mutant[] = [
  {
    id: 'local-scopes-are-silent-again',
    says: 'The gateway silently approves more scopes for a local paired device, as it does a first local pairing.',
    area: 'a fix',
    fix: 'openclaw/openclaw#72870',
    expectedKills: WIDER_SCOPES,
    on: {
      '2026.4.1': [silentWhere('allowSilentLocalPairing || allowSilentBootstrapPairing')],
    },
  },
  {
    id: 'local-scopes-with-the-secret',
    says: 'The gateway silently approves more scopes for a local paired device if it presents the shared secret or the gateway needs none, as later releases do.',
    area: 'a fix',
    fix: 'openclaw/openclaw#124589',
    expectedKills: WIDER_SCOPES,
    on: {
      '2026.4.1': [
        silentWhere(
          '(allowSilentLocalPairing || allowSilentBootstrapPairing) && (reason !== "scope-upgrade" || ["none", "token", "password"].includes(authMethod))',
        ),
      ],
    },
  },
  {
    id: 'local-roles-are-silent',
    says: 'The gateway silently approves another role for a local paired device.',
    area: 'a fix',
    fix: 'openclaw/openclaw#59092',
    expectedKills: ['identity/node-after-operator/then-a-node', 'identity/node-after-operator/then-an-operator'],
    on: {
      '2026.4.1': [silentFor(['not-paired', 'scope-upgrade', 'role-upgrade'])],
    },
  },
  {
    id: 'local-metadata-is-silent',
    says: 'The gateway admits a local paired device after an update of its system.',
    area: 'a fix',
    fix: 'openclaw/openclaw#65845',
    expectedKills: ['identity/metadata-upgrade/after-the-update', 'identity/metadata-upgrade/and-again'],
    on: {
      '2026.4.1': [silentFor(['not-paired', 'scope-upgrade', 'metadata-upgrade'])],
    },
  },
];

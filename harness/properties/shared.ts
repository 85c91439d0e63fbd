import { quoted } from './documentation.ts';
import type { Statement } from './property.ts';

/** Statements that the decision table checks on every knock, and the search on every sequence. */

export const ANSWERED: Statement = {
  statement: 'The gateway answers every knock: it admits the client, or refuses it with a reason.',
  sources: [
    quoted(
      'docs/gateway/protocol/auth.md',
      'Auth failures include `error.details.code` plus recovery hints',
      'The page speaks of failures to authenticate. It does not speak of close codes.',
    ),
  ],
};

export const NO_MORE_THAN_APPROVED: Statement = {
  statement: 'A remote device gets no access beyond what was approved for it.',
  sources: [
    quoted(
      'docs/gateway/protocol/auth.md',
      'approved key, role, scopes, and pinned client metadata must authorize that connection',
    ),
    quoted(
      'docs/gateway/protocol/auth.md',
      'Pairing approvals are required for new device IDs unless local auto-approval',
    ),
    quoted('docs/gateway/operator-scopes.md', 'An already-paired device does not get broader access silently'),
  ],
};

export const NO_MORE_THAN_ASKED: Statement = {
  statement: 'A client holds nothing that it did not request.',
  sources: [
    quoted('docs/gateway/protocol/auth.md', 'caller-requested scope set remains authoritative for the live connection'),
  ],
};

export const NO_SILENT_CHANGE: Statement = {
  statement: 'A knock of a remote device does not change what is approved for it.',
  sources: [
    quoted('docs/gateway/operator-scopes.md', 'An already-paired device does not get broader access silently'),
    quoted('docs/gateway/pairing.md', 'Role, scope, metadata, and public-key upgrades stay manual.'),
    quoted('docs/channels/pairing.md', 'keeps the existing approval as-is and creates a fresh pending upgrade request'),
    'openclaw/openclaw#55286',
  ],
};

export const DEAD_TOKENS: Statement = {
  statement:
    'A client is refused, local or remote, if its device token was revoked or replaced, or its device was removed.',
  sources: [
    quoted(
      'docs/cli/devices.md',
      'Revoke a device token for a role.',
      'The page names the operation. It does not say what becomes of a client that shows the token again.',
    ),
  ],
};

export const NOTHING_LEAKS: Statement = {
  statement: 'The gateway writes no secret to its log, and shows a client no secret that it does not know.',
  sources: [
    quoted(
      'docs/gateway/security/secrets-and-storage.md',
      'Log/transcript redaction is always on and cannot be disabled by config.',
    ),
    quoted(
      'docs/cli/devices.md',
      'callers rotating another device never receive the bearer token',
      'The pages speak of logs and of rotated tokens. They do not speak of every secret and every answer.',
    ),
  ],
};

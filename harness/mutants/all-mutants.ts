import { AUDIT_LOG } from './audit-log.ts';
import { CREDENTIALS } from './credentials.ts';
import { DECISIONS } from './decisions.ts';
import { FIXES } from './fixes.ts';
import { LOCALITY } from './locality.ts';
import type { Mutant } from './mutant.ts';
import { RECOGNITION } from './recognition.ts';
import { SCOPES_AND_ROLES } from './scopes-and-roles.ts';

/** Every mutant, in the order in which they are told. */
export const MUTANTS: readonly Mutant[] = [
  ...LOCALITY,
  ...CREDENTIALS,
  ...SCOPES_AND_ROLES,
  ...DECISIONS,
  ...AUDIT_LOG,
  ...RECOGNITION,
  ...FIXES,
];

/**
 * What is played on every mutant besides the scenarios that it names, so that a change which shows where nobody expects it is seen.
 * Each knocks with clients of its own at a gateway with the usual config: all of them share one stage.
 */
export const CONTROL: readonly string[] = [
  'advisories/approve-beyond-own-scopes',
  'advisories/backend-without-device-declares-admin',
  'advisories/rotate-mints-admin',
  'advisories/session-outlives-revocation',
  'host-header/control-ui-needs-a-device',
  'host-header/dns-rebinding',
  'host-header/foreign-page',
  'identity/clock-skew',
  'identity/device-token-mismatch',
  'identity/first-pairing-asks-admin',
  'identity/shared-token-drift',
  'identity/signature-vectors',
  'proxy-headers/forged-on-direct-connection',
  'stale-scopes/refusal-names-its-reason',
  'stale-scopes/remote-upgrade',
];

/** What `postern selftest --smoke` plays: one of each kind of weakness, and a fix, on the release that boots in seconds. */
export const SMOKE: readonly string[] = [
  'everyone-is-local',
  'any-signature',
  'any-token',
  'silent-scopes-from-afar',
  'upgrades-unlogged',
  'local-scopes-are-silent-again',
];

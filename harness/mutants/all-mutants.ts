import { AUDIT_LOG } from './audit-log.ts';
import { CREDENTIALS } from './credentials.ts';
import { DECISIONS } from './decisions.ts';
import { FIXES } from './fixes.ts';
import { LOCALITY } from './locality.ts';
import type { Mutant } from './mutant.ts';
import { PEOPLE } from './people.ts';
import { RECOGNITION } from './recognition.ts';
import { SCOPES_AND_ROLES } from './scopes-and-roles.ts';

/** Every mutant, in the order of the kill matrix. */
export const MUTANTS: readonly Mutant[] = [
  ...LOCALITY,
  ...CREDENTIALS,
  ...SCOPES_AND_ROLES,
  ...PEOPLE,
  ...DECISIONS,
  ...AUDIT_LOG,
  ...RECOGNITION,
  ...FIXES,
];

/**
 * Ids of scenarios that `postern selftest` plays on every mutant, in addition to the scenarios of the checks that the mutant names. They
 * show effects that the mutant does not name. Each has clients of its own and the default gateway config, so all share one stage.
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

/**
 * Ids of the mutants that `postern selftest --smoke` plays: one of each kind of weakness, and a fix, on the release that boots in seconds.
 */
export const SMOKE: readonly string[] = [
  'everyone-is-local',
  'any-signature',
  'any-token',
  'silent-scopes-from-afar',
  'upgrades-unlogged',
  'local-scopes-are-silent-again',
];

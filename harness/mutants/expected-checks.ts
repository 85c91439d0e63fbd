/** Sets of checks that several mutants are expected to change. */

/** Checks of remote clients that are not paired, which must wait. */
export const UNPAIRED: readonly string[] = [
  'identity/first-pairing-asks-admin/admin-from-lan',
  'identity/clock-skew/right-clock-from-lan',
  'identity/device-token-mismatch/asks',
  'stale-scopes/refusal-names-its-reason/not-paired',
  'stale-scopes/remote-upgrade/first-read',
  'proxy-headers/forged-on-direct-connection/plain-from-published',
  'host-header/foreign-page/plain-from-lan',
  'host-header/dns-rebinding/allowed-origin-waits',
  'advisories/approve-beyond-own-scopes/accomplice-asks-for-admin',
  'advisories/session-outlives-revocation/removed-is-a-stranger',
  'advisories/backend-without-device-declares-admin/with-a-device',
  'host-header/control-ui-needs-a-device/with-a-device-from-lan',
];

/** Checks of remote paired devices that ask for more scopes, which must wait. */
export const WIDENING: readonly string[] = [
  'stale-scopes/remote-upgrade/asks-to-write',
  'advisories/rotate-mints-admin/helper-asks-for-admin',
];

/** Checks of remote clients that must wait, and that a silent approval admits. */
export const REMOTE_UNAPPROVED_CHECKS: readonly string[] = [
  ...UNPAIRED,
  ...WIDENING,
  'identity/first-pairing-asks-admin/admin-from-published-port',
];

/** Checks of sessions that hold one scope. Each observes more scopes on a gateway that answers calls for which the session lacks the scope. */
export const ONE_SCOPE: readonly string[] = [
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
  'advisories/session-outlives-revocation/bystander',
  'advisories/backend-without-device-declares-admin/backend-from-lan',
];

/** The same, with those of sessions that hold the scope for pairing. */
export const SCOPE_LIMIT_CHECKS: readonly string[] = [
  ...ONE_SCOPE,
  'advisories/approve-beyond-own-scopes/helper-handles-pairing',
  'advisories/rotate-mints-admin/narrow-token',
];

/** Checks of remote paired devices that ask for another role. */
export const ANOTHER_ROLE: readonly string[] = [
  'stale-scopes/refusal-names-its-reason/another-role',
  'identity/node-after-operator/node-from-lan',
  'identity/device-token-mismatch/shared-token',
];

/** Checks of remote paired devices that report another platform or device family. */
export const ANOTHER_SYSTEM: readonly string[] = [
  'stale-scopes/refusal-names-its-reason/another-system',
  'identity/metadata-upgrade/another-system-from-lan',
  'identity/metadata-upgrade/another-family-from-lan',
];

/** Checks of clients that send a wrong shared token. */
export const WRONG_SECRET: readonly string[] = [
  'identity/shared-token-drift/old-shared-token',
  'identity/shared-token-drift/old-shared-token-from-outside',
  'identity/shared-token-drift/stranger-leaves-no-request',
  'identity/first-pairing-asks-admin/with-a-wrong-secret',
  'stale-scopes/refusal-names-its-reason/stranger-without-the-secret',
  'advisories/backend-without-device-declares-admin/wrong-secret',
  // Published clients send their device token as the shared token too.
  'advisories/rotate-mints-admin/narrow-token-is-not-admin',
  'advisories/rotate-mints-admin/what-the-helper-rotated',
  'identity/device-token-mismatch/revoked-token',
];

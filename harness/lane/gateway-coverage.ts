import type { CoveredId } from './covered-id.ts';

/**
 * Ids of the surface `gateway`: categories Device Auth and Pairing, Network Access and Discovery, Roles and Permissions, Security Controls and
 * WebSocket Connection. OpenClaw's scorecard of 2026.9.6 counts 11 ids of Roles and Permissions; those that are here are the five that the public
 * taxonomy names.
 */
export const GATEWAY_COVERAGE: readonly CoveredId[] = [
  // gateway: Device Auth and Pairing
  {
    id: 'gateway.shared-secret-login',
    role: 'primary',
    checks: [
      'advisories/bogus-token-without-device',
      'identity/shared-token-drift',
      'host-header/page-guesses-passwords',
      'boundary/table/a-secret-is-needed',
    ],
    because: 'The right token and the right password let a client in; wrong, old and missing ones do not.',
  },
  {
    id: 'gateway.trusted-proxy-auth',
    role: 'primary',
    checks: [
      'proxy-headers/signed-in-by-proxy',
      'proxy-headers/signed-in-on-this-host',
      'proxy-headers/proxy-user-declares-rights',
    ],
    because: 'A user whom a trusted proxy names is in with the approved rights; nobody else can name one.',
  },
  {
    id: 'gateway.private-ingress-mode',
    role: 'primary',
    checks: ['host-header/foreign-page-without-auth', 'identity/local-service-without-device'],
    because: 'With auth.mode none, local programs get in; pages of other sites and clients behind proxies do not.',
  },
  {
    id: 'gateway.device-challenge-signing',
    role: 'primary',
    checks: [
      'identity/signature-vectors',
      'identity/clock-skew',
      'boundary/table/a-key-is-proved',
      'boundary/table/an-unproved-key-leaves-nothing',
      'boundary/table/nothing-is-replayed',
    ],
    because: 'Only a signature over the nonce of this connection with the key of the device counts.',
  },
  {
    id: 'gateway.device-tokens',
    role: 'primary',
    checks: [
      'identity/device-token-mismatch',
      'identity/session-outlives-rotation',
      'bootstrap/lost-device-token',
      'stale-scopes/backend-with-device-token',
      'advisories/session-outlives-revocation',
      'container-home/home-volume',
      'boundary/table/tokens-are-for-devices',
      'boundary/table/revoked-tokens-are-worthless',
    ],
    because: 'Tokens are issued, kept over a new container, used again, rotated and revoked.',
  },
  {
    id: 'gateway.setup-code-bootstrap',
    role: 'primary',
    checks: [
      'bootstrap/full-setup-code',
      'bootstrap/limited-setup-code',
      'bootstrap/setup-code-is-single-use',
      'bootstrap/setup-code-raced',
      'bootstrap/setup-code-asks-for-more',
      'bootstrap/setup-code-hands-over-no-pairing',
      'bootstrap/phone-comes-back-as-operator',
    ],
    because: 'A setup code works once, and hands over no more than it was made for.',
  },
  {
    id: 'gateway.auth-mismatch-recovery',
    role: 'secondary',
    checks: ['identity/device-token-mismatch', 'identity/shared-token-drift'],
    because: 'Recovery from AUTH_TOKEN_MISMATCH is played; AUTH_SCOPE_MISMATCH is not.',
  },
  {
    id: 'gateway.device-auth-migration',
    role: 'secondary',
    checks: ['identity/both-payloads', 'identity/signature-vectors'],
    because: 'Both forms of the signature are played; a client that signs before the challenge is not.',
  },
  {
    id: 'gateway.client-pairing',
    role: 'primary',
    checks: [
      'container-home/secret-is-no-approval',
      'stale-scopes/remote-upgrade',
      'races/first-pairings-at-once',
      'identity/removed-device-pairs-again',
      'boundary/table/strangers-wait',
    ],
    because: 'A new client waits until the owner approves it, and then gets what was approved.',
  },
  {
    id: 'gateway.node-pairing',
    role: 'secondary',
    checks: [
      'identity/node-commands-wait',
      'identity/role-approval-needs-admin',
      'identity/mac-node-after-update',
      'identity/windows-by-two-names',
      'boundary/settings/a-setting-does-what-it-says',
      'boundary/settings/no-more-than-the-settings-open',
    ],
    because: 'Requests, approvals, updates of metadata and trusted CIDRs are played; expiry only on demand.',
  },
  {
    id: 'gateway.trusted-cidr-auto-approval',
    role: 'secondary',
    checks: ['boundary/settings/no-more-than-the-settings-open', 'boundary/settings/a-setting-does-what-it-says'],
    because:
      'A node of the listed network is approved at its first visit, and no operator is; upgrades of such a node are not played.',
  },
  // gateway: Network Access and Discovery
  {
    id: 'gateway.tls-pinning',
    role: 'secondary',
    checks: ['container-home/gateway-with-own-tls'],
    because:
      'A command that pins the certificate of the gateway reaches it, and one that pins nothing does not; apps that pin at their first visit are not played.',
  },
  {
    id: 'gateway.loopback-and-lan-access',
    role: 'primary',
    checks: [
      'container-home/published-port',
      'container-home/loopback-bind',
      'container-home/command-by-network-address',
      'boundary/table/here-is-not-there',
    ],
    because: 'Loopback, the network and a published port reach the gateway as its bind says, each with its own trust.',
  },
  {
    id: 'gateway.tailnet-access',
    role: 'secondary',
    checks: ['proxy-headers/forged-tailscale-identity'],
    because: 'Only forged headers of Tailscale are played; a stage has no tailnet.',
  },
  // gateway: Roles and Permissions
  {
    id: 'gateway.role-negotiation',
    role: 'primary',
    checks: [
      'identity/node-after-operator',
      'advisories/rotated-into-a-role',
      'bootstrap/setup-code-asks-for-more',
      'boundary/table/nodes-are-no-operators',
      'boundary/rights/roles-stay-apart',
    ],
    because: 'A client is an operator or a node as it was approved, and another role is a new request.',
  },
  {
    id: 'gateway.operator-permissions',
    role: 'primary',
    checks: [
      'boundary/rights/a-call-needs-its-scope',
      'boundary/rights/a-scope-suffices',
      'boundary/rights/undeclared-methods-need-a-scope',
      'stale-scopes/admin-is-a-superset',
      'stale-scopes/remote-upgrade',
      'host-header/panel-asks-without-read',
      'boundary/table/no-more-than-approved',
      'boundary/table/no-more-than-asked',
    ],
    because:
      'Every method is called with each scope that the release knows, alone and in the usual sets, and without one.',
  },
  {
    id: 'gateway.event-scoping',
    role: 'primary',
    checks: [
      'boundary/events/an-event-needs-its-scope',
      'boundary/events/content-needs-a-scope',
      'boundary/events/a-revoked-session-hears-nothing',
    ],
    because: 'Every kind of caller listens, subscribed to all that it can, while others pair, work and decide.',
  },
  {
    id: 'gateway.approval-gated-actions',
    role: 'primary',
    checks: [
      'advisories/approve-beyond-own-scopes',
      'advisories/node-approved-by-helper',
      'advisories/node-approved-without-pairing',
      'identity/role-approval-needs-admin',
      'identity/refresh-asks-for-approvals',
    ],
    because: 'Who approves needs the scopes that the approval gives, and admin for a node that runs commands.',
  },
  {
    id: 'gateway.untrusted-node-declarations',
    role: 'secondary',
    checks: ['identity/node-commands-wait', 'advisories/node-approved-by-helper'],
    because: 'Declared commands are played; declared capabilities and permissions are not.',
  },
  // gateway: Security Controls
  {
    id: 'gateway.non-loopback-auth',
    role: 'primary',
    checks: [
      'advisories/backend-without-device-declares-admin',
      'container-home/secret-is-no-approval',
      'identity/backend-without-device-is-local-only',
      'boundary/table/unapproved-hold-nothing',
      'boundary/table/no-device-no-scope',
    ],
    because: 'From the network nobody gets a scope without a secret, a device and an approval.',
  },
  {
    id: 'gateway.trusted-proxy-exceptions',
    role: 'primary',
    checks: [
      'host-header/device-auth-disabled',
      'host-header/device-auth-disabled-with-a-device',
      'proxy-headers/signed-in-by-proxy',
    ],
    because: 'The exceptions let in those whom they name, and nobody else.',
  },
  {
    id: 'gateway.gateway-and-node-trust-boundaries',
    role: 'secondary',
    checks: [
      'identity/node-commands-wait',
      'bootstrap/setup-code-asks-for-more',
      'boundary/table/nodes-are-no-operators',
    ],
    because: 'What a node may ask of the gateway is played; what a gateway may ask of a node only for commands.',
  },
  {
    id: 'gateway.fail-closed-protocol-handling',
    role: 'secondary',
    checks: ['races/frames-before-connect', 'identity/protocol-range', 'boundary/table/a-refusal-has-a-reason'],
    because: 'Violations of the protocol are played; unknown event families are not.',
  },
  {
    id: 'gateway.remote-execution-safeguards',
    role: 'secondary',
    checks: ['identity/node-commands-wait', 'advisories/node-approved-by-helper'],
    because: 'Commands on nodes are played; the relay of browser control is not.',
  },
  // gateway: WebSocket Connection
  {
    id: 'gateway.connect-challenge',
    role: 'primary',
    checks: ['identity/signature-vectors', 'races/slow-handshake'],
    because: 'Every knock waits for the challenge, and a signature over another one is refused.',
  },
  {
    id: 'gateway.connect-request',
    role: 'primary',
    checks: ['races/frames-before-connect'],
    because: 'Anything but a valid connect as the first frame ends the connection.',
  },
  {
    id: 'gateway.protocol-version-negotiation',
    role: 'primary',
    checks: ['identity/protocol-range'],
    because: 'Ranges that overlap with that of the gateway are accepted, and others refused with a reason.',
  },
];

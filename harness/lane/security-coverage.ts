import type { CoveredId } from './covered-id.ts';

/** Ids of the surface `security`: categories Device and Node Pairing, and Gateway Auth and Remote Access. */
export const SECURITY_COVERAGE: readonly CoveredId[] = [
  // security: Device and Node Pairing
  {
    id: 'security.setup-codes',
    role: 'secondary',
    checks: ['bootstrap/full-setup-code', 'bootstrap/limited-setup-code', 'bootstrap/setup-code-is-single-use'],
    because: 'The codes are played; what a user sees of the QR code is not.',
  },
  {
    id: 'security.device-identity-creation',
    role: 'primary',
    checks: [
      'identity/signature-vectors',
      'container-home/new-key-each-run',
      'container-home/command-container-rows',
      'boundary/table/another-key-is-another-device',
    ],
    because: 'A key is one device, is kept where the home is kept, and is verified at each connection.',
  },
  {
    id: 'security.device-token-issuance',
    role: 'primary',
    checks: [
      'identity/device-token-mismatch',
      'identity/session-outlives-rotation',
      'identity/rotate-widens-own-scopes',
      'identity/removed-device-pairs-again',
      'bootstrap/lost-device-token',
      'advisories/session-outlives-revocation',
      'advisories/rotate-mints-admin',
    ],
    because: 'Issuance, reuse, mismatch, rotation, revocation and removal are played.',
  },
  {
    id: 'security.device-pairing-approvals-for-operator',
    role: 'primary',
    checks: [
      'stale-scopes/remote-upgrade',
      'identity/node-after-operator',
      'identity/removed-device-pairs-again',
      'bootstrap/same-request-keeps-its-id',
      'bootstrap/widened-request',
      'races/decided-twice',
    ],
    because: 'Requests for a first pairing, more scopes, another role and a repair are decided one by one.',
  },
  {
    id: 'security.operator-scopes-that-gate-pairing',
    role: 'primary',
    checks: [
      'advisories/approve-beyond-own-scopes',
      'advisories/acts-on-requests-of-others',
      'identity/tokens-of-other-devices',
      'identity/node-token-needs-admin',
      'identity/role-approval-needs-admin',
    ],
    because: 'Pairing, tokens, nodes and higher rights each need their scope.',
  },
  {
    id: 'security.local-control-ui',
    role: 'primary',
    checks: [
      'host-header/local-panel-waits',
      'host-header/control-ui-needs-a-device',
      'host-header/panel-asks-without-read',
      'identity/backend-without-device-is-local-only',
      'proxy-headers/panel-behind-proxy',
    ],
    because: 'Panel, chat, proxies and the own backend are paired silently or wait, as the documents say.',
  },
  {
    id: 'security.auth-migration',
    role: 'secondary',
    checks: ['identity/shared-token-drift', 'identity/both-payloads'],
    because: 'Drift of tokens and both forms of the signature are played; mixed settings of auth are not.',
  },
  {
    id: 'security.node-pairing',
    role: 'secondary',
    checks: ['identity/node-commands-wait', 'identity/command-approves-nodes', 'identity/role-approval-needs-admin'],
    because: 'Waiting and approved nodes are played; trusted CIDRs are not.',
  },
  {
    id: 'security.capability-trust',
    role: 'secondary',
    checks: ['identity/node-commands-wait', 'advisories/node-approved-by-helper'],
    because: 'Declared commands are played; other declared capabilities are not.',
  },
  {
    id: 'security.remote-exec-approvals',
    role: 'secondary',
    checks: ['identity/node-commands-wait'],
    because: 'The approval of a node’s commands is played; the approval of one command is not.',
  },
  // security: Gateway Auth and Remote Access
  {
    id: 'security.shared-gateway-token-password-auth',
    role: 'secondary',
    checks: [
      'advisories/bogus-token-without-device',
      'advisories/rotated-secret',
      'advisories/rotated-secret-over-http',
      'advisories/rotated-secret-file',
    ],
    because: 'HTTP and WebSocket, old, new and wrong secrets are played; validation at startup is not.',
  },
  {
    id: 'security.gateway-auth-mode',
    role: 'secondary',
    checks: [
      'host-header/foreign-page-without-auth',
      'host-header/page-guesses-passwords',
      'proxy-headers/signed-in-by-proxy',
      'boundary/table/a-secret-is-needed',
    ],
    because: 'Token, password, trusted-proxy and none are played; the warnings to the operator are not.',
  },
  {
    id: 'security.trusted-proxy-identity',
    role: 'secondary',
    checks: [
      'proxy-headers/signed-in-by-proxy',
      'proxy-headers/signed-in-on-this-host',
      'proxy-headers/proxy-user-declares-rights',
      'proxy-headers/client-chosen-address',
    ],
    because: 'User header, loopback and addresses are played; requiredHeaders and allowUsers are not.',
  },
  {
    id: 'security.tailscale-serve-funnel',
    role: 'secondary',
    checks: ['proxy-headers/forged-tailscale-identity'],
    because: 'Only forged headers of Tailscale are played; a stage has no tailnet.',
  },
  {
    id: 'security.bind-and-origin-restrictions',
    role: 'secondary',
    checks: [
      'host-header/allow-the-origin',
      'host-header/dns-rebinding',
      'host-header/origin-fallback',
      'host-header/foreign-page',
      'proxy-headers/forged-on-direct-connection',
      'boundary/table/foreign-pages-stay-out',
    ],
    because:
      'Loopback and network binds, origins, Host and forwarded headers are played; tailnet and custom binds are not.',
  },
  {
    id: 'security.websocket-handshake-auth',
    role: 'primary',
    checks: [
      'identity/signature-vectors',
      'races/frames-before-connect',
      'races/slow-handshake',
      'races/lock-out',
      'host-header/foreign-page',
      'advisories/rotated-secret',
    ],
    because: 'Order, nonce, secrets, origins, limits, time and rotation are played.',
  },
  {
    id: 'security.browser-control-ui',
    role: 'secondary',
    checks: [
      'host-header/panel-in-a-browser',
      'host-header/allow-the-origin',
      'host-header/control-ui-needs-a-device',
      'proxy-headers/panel-behind-proxy',
    ],
    because: 'Devices, origins and proxies are played, in a browser too; sessions over Tailscale are not.',
  },
  {
    id: 'security.remote-client-trust',
    role: 'secondary',
    checks: ['host-header/foreign-page', 'proxy-headers/panel-behind-proxy', 'stale-scopes/browser-upgrade'],
    because: 'Pages, proxies and upgrades are played; sessions over Tailscale are not.',
  },
];

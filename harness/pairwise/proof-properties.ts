import { quoted } from '../properties/documentation.ts';
import { EVERY_RELEASE } from '../properties/property.ts';
import { DEAD_TOKENS } from '../properties/shared.ts';
import { isPage } from './cell.ts';
import { CREDENTIALS, ORIGINS } from './dimensions.ts';
import {
  AS_CLAIMED,
  hasDevice,
  heldIn,
  isApprovedNow,
  isElsewhere,
  isSigned,
  wasAdmitted,
  where,
} from './knock-facts.ts';
import type { KnockProperty } from './knock-property.ts';

/** Properties of what a client proves: that it knows a secret, and holds a key. The violation that is worst comes first. */
export const PROOF_PROPERTIES: readonly KnockProperty[] = [
  {
    id: 'a-secret-is-needed',
    statement: 'A client without the shared secret or a device token of its own is refused, local or remote.',
    sources: [
      quoted(
        'docs/web/control-ui/connect-and-pair.md',
        'In token/password mode, the first connection still needs the configured shared secret',
      ),
    ],
    releases: EVERY_RELEASE,
    instead: 'credentials',
    appliesTo: ({ credential }) => !CREDENTIALS[credential].right && credential !== 'device-token',
    broken: (seen) => where(seen, AS_CLAIMED, wasAdmitted),
  },
  {
    id: 'a-wrong-secret-leaves-nothing',
    statement: 'A client without the right secret changes no pairing record and leaves no pairing request.',
    sources: [
      quoted(
        'docs/web/control-ui/connect-and-pair.md',
        'can auto-approve device pairing only after gateway auth succeeds',
        'The page says so of local approvals. It does not say that a client which fails to authenticate leaves no request.',
      ),
    ],
    releases: EVERY_RELEASE,
    instead: 'credentials',
    appliesTo: ({ credential, prior }) =>
      !CREDENTIALS[credential].right && credential !== 'device-token' && prior !== 'pending',
    broken: (seen) =>
      where(seen, AS_CLAIMED, ({ pairing }) => pairing !== undefined && !['none', 'unchanged'].includes(pairing)),
  },
  {
    id: 'a-key-is-proved',
    statement: 'A device that does not sign the challenge of its own connection with its own key, now, is refused.',
    sources: [
      quoted(
        'docs/gateway/protocol/auth.md',
        'All connections must sign the server-provided `connect.challenge` nonce.',
      ),
      quoted('docs/gateway/protocol/auth.md', 'Signed timestamp is outside allowed skew.'),
    ],
    releases: EVERY_RELEASE,
    instead: 'device-signature',
    appliesTo: (cell) => hasDevice(cell) && !isSigned(cell),
    broken: (seen) => where(seen, AS_CLAIMED, wasAdmitted),
  },
  {
    id: 'an-unproved-key-leaves-nothing',
    statement: 'A client with a wrong signature changes no pairing record and leaves no pairing request.',
    sources: [
      quoted(
        'docs/gateway/protocol/auth.md',
        'All connections must sign the server-provided `connect.challenge` nonce.',
        'The page requires the signature. It does not say that a client without it leaves nothing behind.',
      ),
    ],
    releases: EVERY_RELEASE,
    instead: 'device-signature',
    appliesTo: (cell) => hasDevice(cell) && !isSigned(cell) && cell.prior !== 'pending',
    broken: (seen) =>
      where(seen, AS_CLAIMED, ({ pairing }) => pairing !== undefined && !['none', 'unchanged'].includes(pairing)),
  },
  {
    id: 'nothing-is-replayed',
    statement: 'A signed request that was recorded on one connection is refused on every other.',
    sources: [quoted('docs/gateway/protocol/auth.md', 'Client signed with a stale/wrong nonce.')],
    releases: EVERY_RELEASE,
    instead: 'device-signature',
    appliesTo: hasDevice,
    broken: (seen) => where(seen, ['replay'], (look) => wasAdmitted(look) || isApprovedNow(look)),
  },
  {
    id: 'another-key-is-another-device',
    statement:
      'A client that does not hold the key of a device is refused as that device, and the record of the device does not change.',
    sources: [
      quoted(
        'docs/gateway/protocol/auth.md',
        '`device.id` does not match public key fingerprint.',
        'The page names the refusal. It does not say that the record stays.',
      ),
    ],
    releases: EVERY_RELEASE,
    instead: 'device-signature',
    appliesTo: ({ prior }) => prior === 'other-key',
    broken: (seen) =>
      where(seen, AS_CLAIMED, (look) => wasAdmitted(look) || (look.pairing ?? 'unchanged') !== 'unchanged'),
  },
  {
    id: 'no-device-no-scope',
    statement: 'A remote client without a device identity holds no scope.',
    sources: [
      quoted('docs/gateway/protocol/auth.md', 'OpenClaw still clears self-declared scopes to an empty set'),
      'GHSA-rqpp-rjj8-7wv8',
    ],
    releases: '>=2026.3.13',
    instead: null,
    appliesTo: (cell) => isElsewhere(cell) && !hasDevice(cell),
    broken: (seen) => where(seen, AS_CLAIMED, (look) => (heldIn(look) ?? []).length > 0),
  },
  {
    id: 'tokens-are-for-devices',
    statement: 'A client without a device identity receives no device token.',
    sources: [
      quoted(
        'docs/gateway/protocol/auth.md',
        'Gateways issue tokens per device + role.',
        'The page says what a token belongs to. It does not speak of clients without a device.',
      ),
    ],
    releases: EVERY_RELEASE,
    instead: null,
    appliesTo: (cell) => !hasDevice(cell),
    broken: (seen) => where(seen, AS_CLAIMED, ({ outcome }) => outcome?.kind === 'admitted' && outcome.deviceToken),
  },
  {
    id: 'revoked-tokens-are-worthless',
    ...DEAD_TOKENS,
    releases: EVERY_RELEASE,
    instead: 'credentials',
    appliesTo: ({ credential, prior }) => credential === 'device-token' && (prior === 'revoked' || prior === 'removed'),
    broken: (seen) => where(seen, AS_CLAIMED, wasAdmitted),
  },
  {
    id: 'foreign-pages-stay-out',
    statement: 'A page from an origin that the owner did not allow is refused, local or remote.',
    sources: [
      quoted('docs/gateway/config-gateway.md', 'explicit browser-origin allowlist for Gateway WebSocket connects'),
    ],
    releases: EVERY_RELEASE,
    instead: 'origin',
    appliesTo: (cell) => isPage(cell) && ORIGINS[cell.origin].foreign,
    broken: (seen) => where(seen, AS_CLAIMED, wasAdmitted),
  },
];

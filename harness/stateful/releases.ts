import { inRange } from '../scenario/range.ts';

/**
 * Where releases rightly differ: what the model takes for granted in the range, and does not outside of it. Each is proved by the
 * scenario that is its source. Whatever stands in no row holds on every release alike.
 */
export const FACTS = {
  pinsTheMachine: {
    range: '>=2026.2.26',
    statement: 'A device that reports another platform than the approved one needs approval.',
    because: 'Earlier releases pin neither platform nor device family.',
    source: 'identity/metadata-upgrade',
  },
  adminHoldsTheRest: {
    range: '>=2026.2.26',
    statement:
      'A device that was approved for `operator.admin` needs no approval for `operator.read` or `operator.write`.',
    because: 'Earlier releases compare scopes by name.',
    source: 'stale-scopes/admin-is-a-superset',
  },
  takesDeviceTokens: {
    range: '>=2026.3.2',
    statement: 'A client presents a device token in a field of its own.',
    because: 'Earlier releases accept it only in the field of the shared token.',
    source: 'identity/device-token-mismatch',
  },
  revocationTakesTheRole: {
    range: '>=2026.3.31',
    statement: 'A device whose token is revoked loses the role, and needs approval to get it back.',
    because: 'On earlier releases the shared secret and the key of the device are enough for a new token.',
    source: 'identity/device-token-mismatch',
  },
  setupCodesAdmit: {
    range: '>=2026.4.1',
    statement: 'A setup code admits a device without an approval.',
    because:
      'On 2026.3.13 it leads to a request that the owner must approve. Setup codes of 2026.2 contain the shared secret.',
    source: 'bootstrap/setup-code-is-single-use',
  },
  limitsSetupCodes: {
    range: '>=2026.9.6',
    statement: 'A setup code grants administration unless the owner limits it.',
    because: 'The command of 2026.7.1 does not know `--limited`, and no setup code up to then grants administration.',
    source: 'bootstrap/limited-setup-code',
  },
  retiresSilentPairings: {
    range: '>=2026.7.1',
    statement: 'The gateway may remove a silently paired device when it silently pairs another of the same kind.',
    because: 'On earlier releases, commands with a new key each time leave hundreds of rows.',
    source: 'container-home/command-container-rows',
  },
} as const satisfies Record<string, { range: string; statement: string; because: string; source: string }>;
export type Fact = keyof typeof FACTS;

/** What holds on a release, by what it calls itself. */
export type Release = { version: string; has(fact: Fact): boolean };

export function releaseOf(version: string): Release {
  return { version, has: (fact) => inRange(version, FACTS[fact].range) };
}

/** A property that published releases are known to break, and where. */
export type KnownBreak = {
  property: string;
  reported: string;
  /** The scenario that proves it. */
  scenario: string;
  /** Its affected releases; a test holds the two equal. */
  range: string;
  /** Where a search breaks the property, too, and the scenario can show nothing. */
  beyond: { range: string; because: string } | null;
};

/**
 * Properties that published releases are known to break, so that a search goes on past them. What is broken there is counted and told, and
 * `--strict` takes it for the violation that it is.
 */
export const KNOWN: readonly KnownBreak[] = [
  {
    property: 'approvers-give-what-they-have',
    reported: 'GHSA-hf68-49fm-59cq',
    scenario: 'advisories/approve-beyond-own-scopes',
    range: '<2026.3.22',
    beyond: null,
  },
  {
    property: 'nodes-need-an-admin',
    reported: 'openclaw/openclaw#87146',
    scenario: 'identity/role-approval-needs-admin',
    range: '<=2026.5.18',
    beyond: null,
  },
  {
    property: 'devices-decide-about-themselves',
    reported: 'GHSA-xrq9-jm7v-g9h7',
    scenario: 'advisories/acts-on-requests-of-others',
    range: '>=2026.3.2 <2026.4.20',
    beyond: null,
  },
  {
    property: 'rotation-mints-nothing',
    reported: 'GHSA-4jpw-hj22-2xmc',
    scenario: 'advisories/rotate-mints-admin',
    range: '>=2026.3.2 <2026.3.11',
    beyond: {
      range: '<2026.3.2',
      because:
        'The token is made there as well; it cannot be tried, for it is taken only in the place of the shared token.',
    },
  },
  {
    property: 'request-stands-still',
    reported: 'openclaw/openclaw#72006',
    scenario: 'bootstrap/widened-request',
    range: '>=2026.2.26 <=2026.3.13',
    beyond: null,
  },
  {
    property: 'revoked-session-ends',
    reported: 'CVE-2026-34503',
    scenario: 'advisories/session-outlives-revocation',
    range: '>=2026.2.19 <2026.3.28',
    beyond: null,
  },
  {
    property: 'rotated-session-ends',
    reported: 'openclaw/openclaw#57646',
    scenario: 'identity/session-outlives-rotation',
    range: '>=2026.3.2 <2026.3.31',
    beyond: null,
  },
  {
    property: 'rotation-gives-no-role',
    reported: 'GHSA-whf9-3hcx-gq54',
    scenario: 'advisories/rotated-into-a-role',
    range: '>=2026.3.31 <=2026.4.2',
    beyond: {
      range: '<2026.3.31',
      because:
        'A token for the role is made there as well; nobody comes in by it, for roles are not yet read from tokens.',
    },
  },
];

/** The entry that says that a property is broken on this release; null where it must hold. */
export function knownBreak(property: string, { version }: Release): KnownBreak | null {
  const isThere = ({ range, beyond }: KnownBreak): boolean =>
    inRange(version, range) || (beyond !== null && inRange(version, beyond.range));
  return KNOWN.find((entry) => entry.property === property && isThere(entry)) ?? null;
}

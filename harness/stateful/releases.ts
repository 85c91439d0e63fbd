import { FACTS, type FactId } from '../scenario/facts.ts';
import { inRange } from '../scenario/range.ts';

/** The release facts on which the model depends. Every other assumption of the model holds on every release. */
export const MODEL_FACTS = [
  'pinned-metadata',
  'admin-includes-the-rest',
  'device-tokens',
  'revocation-takes-the-role',
  'setup-codes',
  'limited-setup-codes',
  'silent-pairings-are-retired',
] as const satisfies readonly FactId[];
export type Fact = (typeof MODEL_FACTS)[number];

/** A release by the version that the gateway reports, and which facts hold on it. */
export type Release = { version: string; has(fact: Fact): boolean };

export function releaseOf(version: string): Release {
  return { version, has: (fact) => inRange(version, FACTS[fact].releases) };
}

/** A property that published releases are known to break, with the report and the releases. */
export type KnownViolation = {
  property: string;
  reported: string;
  /** The id of the scenario that proves it. */
  scenario: string;
  /** The affected releases of the scenario; a test compares the two. */
  releases: string;
  /** Other releases on which a search breaks the property, and on which the scenario cannot show it. */
  beyond: { releases: string; because: string } | null;
};

/**
 * Properties that published releases are known to break. A search counts and reports such a break, and continues. With `--strict` it is a
 * violation.
 */
export const KNOWN_VIOLATIONS: readonly KnownViolation[] = [
  {
    property: 'approvers-give-what-they-have',
    reported: 'GHSA-hf68-49fm-59cq',
    scenario: 'advisories/approve-beyond-own-scopes',
    releases: '<2026.3.22',
    beyond: null,
  },
  {
    property: 'nodes-need-an-admin',
    reported: 'openclaw/openclaw#87146',
    scenario: 'identity/role-approval-needs-admin',
    releases: '<=2026.5.18',
    beyond: null,
  },
  {
    property: 'devices-decide-about-themselves',
    reported: 'GHSA-xrq9-jm7v-g9h7',
    scenario: 'advisories/acts-on-requests-of-others',
    releases: '>=2026.3.2 <2026.4.20',
    beyond: null,
  },
  {
    property: 'rotation-mints-nothing',
    reported: 'GHSA-4jpw-hj22-2xmc',
    scenario: 'advisories/rotate-mints-admin',
    releases: '>=2026.3.2 <2026.3.11',
    beyond: {
      releases: '<2026.3.2',
      because:
        'These releases issue the token as well. A client cannot present it as such, because they accept a device token only in place of the shared token.',
    },
  },
  {
    property: 'request-stands-still',
    reported: 'openclaw/openclaw#72006',
    scenario: 'bootstrap/widened-request',
    releases: '>=2026.2.26 <=2026.3.13',
    beyond: null,
  },
  {
    property: 'revoked-session-ends',
    reported: 'CVE-2026-34503',
    scenario: 'advisories/session-outlives-revocation',
    releases: '>=2026.2.19 <2026.3.28',
    beyond: null,
  },
  {
    property: 'rotated-session-ends',
    reported: 'openclaw/openclaw#57646',
    scenario: 'identity/session-outlives-rotation',
    releases: '>=2026.3.2 <2026.3.31',
    beyond: null,
  },
  {
    property: 'rotation-gives-no-role',
    reported: 'GHSA-whf9-3hcx-gq54',
    scenario: 'advisories/rotated-into-a-role',
    releases: '>=2026.3.31 <=2026.4.2',
    beyond: {
      releases: '<2026.3.31',
      because:
        'These releases issue a token for the role as well. It admits no client in that role, because they do not yet read roles from tokens.',
    },
  },
];

/** The entry for a property that this release is known to break; null if the property must hold. */
export function knownViolation(property: string, { version }: Release): KnownViolation | null {
  const isBroken = ({ releases, beyond }: KnownViolation): boolean =>
    inRange(version, releases) || (beyond !== null && inRange(version, beyond.releases));
  return KNOWN_VIOLATIONS.find((entry) => entry.property === property && isBroken(entry)) ?? null;
}

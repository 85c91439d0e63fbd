import { FACTS, type FactId } from '../scenario/facts.ts';
import { inRange } from '../scenario/range.ts';

/** Facts that the model takes for granted where they are so, and not elsewhere. Whatever is no fact holds on every release alike. */
export const TAKEN_FOR_GRANTED = [
  'pinned-metadata',
  'admin-includes-the-rest',
  'device-tokens',
  'revocation-takes-the-role',
  'setup-codes',
  'limited-setup-codes',
  'silent-pairings-are-retired',
] as const satisfies readonly FactId[];
export type Fact = (typeof TAKEN_FOR_GRANTED)[number];

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

import { inRange } from '../scenario/releases/range.ts';
import type { Scenario } from '../scenario/schema/scenario.ts';
import type { Release } from './releases.ts';

/** A property that published releases are known to break, with the report and the scenario that proves it. */
export type ProvedViolation = {
  property: string;
  reported: string;
  /** The id of the scenario that proves it. */
  scenario: string;
  /** Releases on which a search breaks the property, and on which the scenario cannot show it. */
  beyond: { releases: string; because: string } | null;
};

/** The same with the affected releases of the scenario. */
export type KnownViolation = ProvedViolation & { releases: string };

/**
 * Properties that published releases are known to break. A search counts and reports such a break, and continues. With `--strict` it is a
 * violation.
 */
export const PROVED_VIOLATIONS: readonly ProvedViolation[] = [
  {
    property: 'approvers-give-what-they-have',
    reported: 'GHSA-hf68-49fm-59cq',
    scenario: 'advisories/approve-beyond-own-scopes',
    beyond: null,
  },
  {
    property: 'nodes-need-an-admin',
    reported: 'openclaw/openclaw#87146',
    scenario: 'identity/role-approval-needs-admin',
    beyond: null,
  },
  {
    property: 'devices-decide-about-themselves',
    reported: 'GHSA-xrq9-jm7v-g9h7',
    scenario: 'advisories/acts-on-requests-of-others',
    beyond: null,
  },
  {
    property: 'rotation-mints-nothing',
    reported: 'GHSA-4jpw-hj22-2xmc',
    scenario: 'advisories/rotate-mints-admin',
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
    beyond: null,
  },
  {
    property: 'revoked-session-ends',
    reported: 'CVE-2026-34503',
    scenario: 'advisories/session-outlives-revocation',
    beyond: null,
  },
  {
    property: 'rotated-session-ends',
    reported: 'openclaw/openclaw#57646',
    scenario: 'identity/session-outlives-rotation',
    beyond: null,
  },
  {
    property: 'rotation-gives-no-role',
    reported: 'GHSA-whf9-3hcx-gq54',
    scenario: 'advisories/rotated-into-a-role',
    beyond: {
      releases: '<2026.3.31',
      because:
        'These releases issue a token for the role as well. It admits no client in that role, because they do not yet read roles from tokens.',
    },
  },
];

/** The breaks with the releases that `scenarios` declare as affected. Throws if a scenario that proves one is not among them. */
export function knownViolations(scenarios: readonly Scenario[]): KnownViolation[] {
  const affected = new Map(scenarios.map(({ id, affected }) => [id, affected]));
  return PROVED_VIOLATIONS.map((entry) => {
    const releases = affected.get(entry.scenario);
    if (releases === undefined)
      throw new Error(`${entry.scenario} proves a known violation, and is not in the catalogue`);
    return { ...entry, releases };
  });
}

/** Whether the release is known to break the property. */
export function isKnownViolation(known: readonly KnownViolation[], property: string, { version }: Release): boolean {
  return known.some(
    ({ property: broken, releases, beyond }) =>
      broken === property && (inRange(version, releases) || (beyond !== null && inRange(version, beyond.releases))),
  );
}

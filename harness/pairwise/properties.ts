import { quoted, SECRECY, type Sources } from '../scenario/documentation.ts';
import type { Cause, Observation } from '../scenario/observation.ts';
import { inRange } from '../scenario/range.ts';
import { IMPLIED_SCOPES } from '../scenario/scopes.ts';
import { isPage, PROBES, type ProbeName } from './cell.ts';
import { type Access, ASKS, type Cell, CREDENTIALS, ORIGINS, PRIORS, PROOFS, ROUTES } from './dimensions.ts';
import { pagesTakenForLocal, TAKES_PAGES_FOR_LOCAL } from './taken-for-local.ts';

/** The observation of each probe of a cell. */
export type Seen = Record<ProbeName, Observation>;

/** A statement that must hold for every knock of the cells that it applies to. */
export type Property = {
  /** Never changes: reports, deviations and mutants name it. */
  id: string;
  statement: string;
  /** Reports, advisories or documentation that a reviewer can check the statement by. */
  sources: Sources;
  /** The releases that the property is claimed for, as a range. */
  releases: string;
  /** Set if the property is about the log; a probe whose log was not read whole then proves nothing. */
  needsLog?: true;
  /** Whether the property says anything about this cell. */
  appliesTo(cell: Cell): boolean;
  /** The cause for which the gateway should have refused the client of a violation; null if the violation is not an admission. */
  instead: Exclude<Cause, 'unstated'> | null;
  /** Probes that the property does not apply to on some releases, which behave otherwise by design. */
  except?: { releases: string; because: string; probes(cell: Cell): ProbeName[] };
  /** The probes of a cell that violate the property, by their observations. */
  broken(seen: Seen, cell: Cell): ProbeName[];
};

/** The statement of a property together with its exception, as reports and `postern explain` show it. */
export function describeProperty({ statement, except }: Property): string {
  return except === undefined ? statement : `${statement} Except on ${except.releases}: ${except.because}`;
}

/** The property as it applies to a release: excepted probes do not violate it there. */
export function propertyOn(property: Property, version: string): Property {
  const { except } = property;
  if (except === undefined || !inRange(version, except.releases)) return property;
  return {
    ...property,
    broken: (seen, cell) => property.broken(seen, cell).filter((probe) => !except.probes(cell).includes(probe)),
  };
}

function allows(access: Access | null, scope: string): boolean {
  const scopes: readonly string[] = access?.scopes ?? [];
  return scopes.includes(scope) || scopes.some((held) => IMPLIED_SCOPES[held]?.includes(scope) === true);
}

const isElsewhere = ({ route }: Cell): boolean => !ROUTES[route].here;
const isApproved = ({ prior }: Cell): boolean => PRIORS[prior].approved !== null;
const hasDevice = ({ proof }: Cell): boolean => proof !== 'no-device';
const isSigned = ({ proof }: Cell): boolean => PROOFS[proof].good;

/** The scopes of an admitted client; null if the client was not admitted. */
function heldIn({ outcome }: Observation): readonly string[] | null {
  return outcome?.kind === 'admitted' ? outcome.scopes : null;
}

/**
 * The scopes that a device got from another machine (`elsewhere`) beyond those that it got on the gateway's machine (`here`) or was approved for
 * before the knock (`prior`, a value of that dimension).
 */
export function scopesBeyondLocalOnes(elsewhere: Observation, here: readonly Observation[], prior: string): string[] {
  const before = Object.entries(PRIORS).find(([name]) => name === prior)?.[1].approved?.scopes ?? [];
  const may: Access = { role: 'operator', scopes: [...here.flatMap((probe) => heldIn(probe) ?? []), ...before] };
  return (heldIn(elsewhere) ?? []).filter((scope) => !allows(may, scope));
}

const wasAdmitted = (seen: Observation): boolean => heldIn(seen) !== null;
const isApprovedNow = ({ pairing }: Observation): boolean => pairing === 'approved-silently';
const causeOf = ({ outcome }: Observation): Cause | null => (outcome?.kind === 'refused' ? outcome.cause : null);
// 2026.8.1 and later check the build of a page last, so a local page of another build is paired first, and then refused with `client-version`.
const isPairedBeforeItsBuild = (probe: Observation): boolean =>
  isApprovedNow(probe) && causeOf(probe) === 'client-version';
const events = ({ audit }: Observation): string[] => (audit ?? []).map(({ event }) => event);

/** The probes that send the claims of the cell; `elsewhere` sends a valid signature and the right secret. */
const AS_CLAIMED = ['knock', 'replay', 'again'] as const satisfies ProbeName[];
const AFRESH = ['knock', 'again'] as const satisfies ProbeName[];

function where(seen: Seen, names: readonly ProbeName[], test: (probe: Observation) => boolean): ProbeName[] {
  return names.filter((name) => test(seen[name]));
}

const EVERY_RELEASE = '>=2026.2.17';

/** The exception for pages of the Control UI that the gateway takes for local; see taken-for-local.ts. */
const BUT_FOR_PAGES_TAKEN_FOR_LOCAL: Property['except'] = {
  releases: TAKES_PAGES_FOR_LOCAL,
  because:
    'The gateway takes a page of the Control UI for local if it shows the shared secret and was opened at a loopback name.',
  probes: pagesTakenForLocal,
};

/** The id of the decision table in reports, where it stands like the id of a scenario. */
export const TABLE_ID = 'boundary/table';

/** The properties of a knock; the violation that is worst comes first. */
export const TABLE_PROPERTIES: readonly Property[] = [
  {
    id: 'unapproved-hold-nothing',
    statement: 'A remote device that nobody has approved holds no scope, whatever it claims.',
    sources: [
      quoted(
        'docs/gateway/protocol/auth.md',
        'Pairing approvals are required for new device IDs unless local auto-approval',
      ),
      quoted(
        'docs/gateway/protocol/auth.md',
        'Same-host tailnet or LAN connects are still treated as remote for pairing',
      ),
      'GHSA-rqpp-rjj8-7wv8',
    ],
    releases: '>=2026.2.25',
    instead: 'pairing-required',
    except: BUT_FOR_PAGES_TAKEN_FOR_LOCAL,
    appliesTo: (cell) => isElsewhere(cell) && !isApproved(cell),
    broken: (seen) => where(seen, PROBES, (probe) => (heldIn(probe) ?? []).length > 0),
  },
  {
    id: 'strangers-wait',
    statement: 'The gateway pairs a remote device only after an operator has approved it.',
    sources: [
      quoted('docs/channels/pairing.md', 'Device pairing remains manual by default.'),
      quoted(
        'docs/web/control-ui/connect-and-pair.md',
        'Direct Tailnet binds and LAN browser connects still require explicit approval.',
      ),
    ],
    releases: '>=2026.2.25',
    instead: 'pairing-required',
    except: BUT_FOR_PAGES_TAKEN_FOR_LOCAL,
    appliesTo: (cell) => isElsewhere(cell) && !isApproved(cell),
    broken: (seen) => where(seen, PROBES, isApprovedNow),
  },
  {
    id: 'no-silent-upgrade',
    statement:
      'The gateway adds no role, scope or other metadata to the record of a remote device unless an operator approves it.',
    sources: [
      quoted('docs/gateway/operator-scopes.md', 'An already-paired device does not get broader access silently'),
      quoted('docs/gateway/pairing.md', 'Role, scope, metadata, and public-key upgrades stay manual.'),
      'openclaw/openclaw#55286',
    ],
    releases: EVERY_RELEASE,
    instead: 'pairing-required',
    except: BUT_FOR_PAGES_TAKEN_FOR_LOCAL,
    appliesTo: (cell) => isElsewhere(cell) && isApproved(cell),
    broken: (seen) => where(seen, PROBES, isApprovedNow),
  },
  {
    id: 'another-system-is-a-question',
    statement:
      'A remote device that reports another platform than the approved one is refused until an operator approves the change.',
    sources: [
      quoted(
        'docs/gateway/pairing.md',
        'Browser/Control UI clients and remote clients still use the explicit re-approval flow.',
      ),
      'openclaw/openclaw#56377',
    ],
    releases: '>=2026.2.26',
    instead: 'pairing-required',
    appliesTo: (cell) => isElsewhere(cell) && isApproved(cell) && cell.metadata === 'other-platform',
    broken: (seen) => where(seen, AS_CLAIMED, wasAdmitted),
  },
  {
    id: 'no-more-than-approved',
    statement: 'A remote device holds no scope beyond those that it was approved for.',
    sources: [
      quoted(
        'docs/gateway/protocol/auth.md',
        'approved key, role, scopes, and pinned client metadata must authorize that connection',
      ),
      quoted('docs/gateway/operator-scopes.md', 'An already-paired device does not get broader access silently'),
    ],
    releases: EVERY_RELEASE,
    instead: 'pairing-required',
    except: BUT_FOR_PAGES_TAKEN_FOR_LOCAL,
    appliesTo: (cell) => isElsewhere(cell) && isApproved(cell),
    broken: (seen, { prior }) =>
      where(seen, PROBES, (probe) => (heldIn(probe) ?? []).some((scope) => !allows(PRIORS[prior].approved, scope))),
  },
  {
    id: 'no-more-than-asked',
    statement: 'A client holds no scope that it did not request.',
    sources: [
      quoted(
        'docs/gateway/protocol/auth.md',
        'caller-requested scope set remains authoritative for the live connection',
      ),
    ],
    releases: EVERY_RELEASE,
    instead: null,
    appliesTo: () => true,
    broken: (seen, { asks }) =>
      where(seen, PROBES, (probe) => (heldIn(probe) ?? []).some((scope) => !allows(ASKS[asks], scope))),
  },
  {
    id: 'nodes-are-no-operators',
    statement: 'A client that connects as a node holds no operator scope.',
    sources: [
      quoted(
        'docs/gateway/operator-scopes.md',
        'Operator RPC methods require the `operator` role.',
        'The page keeps nodes from the methods of operators. It does not say that a node holds none of their scopes.',
      ),
    ],
    releases: EVERY_RELEASE,
    instead: null,
    appliesTo: ({ asks }) => ASKS[asks].role === 'node',
    broken: (seen) => where(seen, PROBES, (probe) => (heldIn(probe) ?? []).length > 0),
  },
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
    broken: (seen) => where(seen, ['replay'], (probe) => wasAdmitted(probe) || isApprovedNow(probe)),
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
      where(seen, AS_CLAIMED, (probe) => wasAdmitted(probe) || (probe.pairing ?? 'unchanged') !== 'unchanged'),
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
    broken: (seen) => where(seen, AS_CLAIMED, (probe) => (heldIn(probe) ?? []).length > 0),
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
    statement:
      'A client with a device token that was revoked, or whose device was removed, is refused, local or remote.',
    sources: [
      quoted(
        'docs/cli/devices.md',
        'Revoke a device token for a role.',
        'The page names the operation. It does not say what becomes of a client that shows the token again.',
      ),
    ],
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
  {
    id: 'a-refusal-approves-nobody',
    statement:
      'A client that is refused is not approved. The exception is a page that is refused only because of its build.',
    sources: [
      quoted(
        'docs/web/control-ui/connect-and-pair.md',
        'can auto-approve device pairing only after gateway auth succeeds',
        'The page says so of clients that fail to authenticate. It does not speak of other refusals.',
      ),
    ],
    releases: EVERY_RELEASE,
    instead: 'pairing-required',
    appliesTo: () => true,
    broken: (seen) =>
      where(seen, PROBES, (probe) => causeOf(probe) !== null && isApprovedNow(probe) && !isPairedBeforeItsBuild(probe)),
  },
  {
    id: 'here-is-not-there',
    statement:
      'Scopes that were approved silently because a client was local cannot be exceeded when the same device connects from another machine.',
    sources: [
      quoted(
        'docs/gateway/protocol/auth.md',
        'Same-host tailnet or LAN connects are still treated as remote for pairing',
      ),
      quoted(
        'docs/gateway/operator-scopes.md',
        'An already-paired device does not get broader access silently',
        'The page speaks of every paired device. It does not name those that were approved silently.',
      ),
    ],
    releases: EVERY_RELEASE,
    instead: 'pairing-required',
    appliesTo: (cell) => !isElsewhere(cell),
    broken: (seen, { prior, asks }) => {
      const here = AFRESH.map((name) => seen[name]);
      const given: Access = { role: 'operator', scopes: here.some(isPairedBeforeItsBuild) ? ASKS[asks].scopes : [] };
      return where(seen, ['elsewhere'], (probe) =>
        scopesBeyondLocalOnes(probe, here, prior).some((scope) => !allows(given, scope)),
      );
    },
  },
  {
    id: 'a-knock-removes-nobody',
    statement: 'A knock removes no device from the pairing list.',
    sources: [
      quoted(
        'docs/gateway/pairing.md',
        'Owner-approved and QR/setup-code (bootstrap) pairings are never removed automatically.',
        'The page says so of devices that an owner approved. It allows the removal of local ones that were approved silently.',
      ),
    ],
    releases: EVERY_RELEASE,
    instead: null,
    appliesTo: () => true,
    broken: (seen) => where(seen, PROBES, ({ pairing }) => pairing === 'removed'),
  },
  {
    id: 'requests-are-written-down',
    statement:
      'The gateway writes an audit line when an approved remote device requests more access. The line has the approved and the requested access.',
    sources: ['openclaw/openclaw#55286'],
    releases: EVERY_RELEASE,
    instead: null,
    needsLog: true,
    appliesTo: (cell) => isElsewhere(cell) && isApproved(cell),
    broken: (seen) =>
      where(
        seen,
        AFRESH,
        (probe) =>
          probe.outcome?.kind === 'refused' &&
          probe.outcome.cause === 'pairing-required' &&
          probe.pairing === 'pending' &&
          !events(probe).some((event) => event === 'access-upgrade' || event === 'metadata-upgrade'),
      ),
  },
  {
    id: 'silent-approvals-are-written-down',
    statement: 'The gateway writes an audit line for each silent approval.',
    sources: [
      quoted(
        'docs/gateway/pairing.md',
        'Non-interactive approvals record their provenance on the paired-device row',
        'The page says so of the pairing record. It does not speak of the log.',
      ),
    ],
    releases: EVERY_RELEASE,
    instead: null,
    needsLog: true,
    appliesTo: () => true,
    broken: (seen) => where(seen, PROBES, (probe) => isApprovedNow(probe) && !events(probe).includes('auto-approved')),
  },
  {
    id: 'refusals-are-written-down',
    statement: 'The gateway writes an audit line for each refused client.',
    sources: [
      quoted(
        'docs/gateway/logging.md',
        'optimized (only errors/slow)',
        'The page says that the gateway logs errors of WebSocket clients. It does not name refusals.',
      ),
    ],
    releases: '<2026.5.28 || >=2026.9.6',
    instead: null,
    needsLog: true,
    appliesTo: () => true,
    // Releases in between merge equal refusals within a period of time into one line with a count ("suppressed=3"), so that some of many knocks
    // at once have no line. 2026.9.6 merges only those of the same client, so that the probe `again` may have no line.
    broken: (seen) =>
      where(
        seen,
        ['knock'],
        (probe) =>
          probe.outcome?.kind === 'refused' &&
          probe.outcome.at === 'handshake' &&
          !events(probe).some((event) => event === 'refused' || event === 'unauthorized'),
      ),
  },
  {
    id: 'nothing-leaks',
    statement: 'The gateway writes no secret to its log, and sends a client no secret of anybody else.',
    sources: SECRECY,
    releases: EVERY_RELEASE,
    instead: null,
    appliesTo: () => true,
    broken: (seen) => where(seen, PROBES, ({ leaked }) => leaked !== undefined),
  },
  {
    id: 'a-refusal-has-a-reason',
    statement:
      'The gateway answers every knock: it admits the client, or refuses it with a close code and a stated cause.',
    sources: [
      quoted(
        'docs/gateway/protocol/auth.md',
        'Auth failures include `error.details.code` plus recovery hints',
        'The page speaks of failures to authenticate. It does not speak of close codes.',
      ),
    ],
    releases: EVERY_RELEASE,
    instead: null,
    appliesTo: () => true,
    broken: (seen) =>
      where(seen, PROBES, ({ outcome, notCarriedOut }) => {
        // A client that was refused before the challenge has sent no request that could be replayed.
        if (notCarriedOut !== undefined) return false;
        return outcome?.kind === 'refused' ? outcome.cause === 'unstated' : outcome?.kind !== 'admitted';
      }),
  },
];

/** The id of the check of a property, of fuzzing, or of the witness, by its name. */
export const tableCheck = (name: string): string => `${TABLE_ID}/${name}`;

/** The name of the check of fuzzing. */
export const FUZZING_CHECK = 'knocks-made-up';

/** The name of the check of the witness: the release's own command and a client of the harness get the same answers. */
export const OWN_CLIENT = 'own-client-agrees';

/** The ids of all checks of a decision table. */
export const TABLE_CHECKS: readonly string[] = [...TABLE_PROPERTIES.map(({ id }) => id), OWN_CLIENT, FUZZING_CHECK].map(
  tableCheck,
);

import { PAIRING, PROTOCOL, SECURITY } from '../scenario/documentation.ts';
import type { Cause, Observation } from '../scenario/observation.ts';
import { inRange } from '../scenario/range.ts';
import { IMPLIED_SCOPES } from '../scenario/scopes.ts';
import { isPage, LOOKS, type LookName } from './cell.ts';
import { type Access, ASKS, type Cell, CREDENTIALS, DOORS, ORIGINS, PRIORS, PROOFS } from './dimensions.ts';
import { pagesTakenForLocal, TAKES_PAGES_FOR_LOCAL } from './taken-for-local.ts';

/** What each look of a cell showed. */
export type Seen = Record<LookName, Observation>;

/** A property that holds for every knock there is. */
export type Property = {
  /** For ever the same: reports, deviations and mutants name it. */
  id: string;
  statement: string;
  /** Where it comes from: the gateway's documentation, an advisory or an issue. */
  source: string;
  /** The releases that it is stated for. */
  releases: string;
  /** Whether it is about what is written down: a look whose log was not seen whole proves nothing of it. */
  needsLog?: true;
  /** Whether the property says anything of such a knock. */
  appliesTo(cell: Cell): boolean;
  /** Why whoever breaks it should have been turned away; null where something else than an admission breaks it. */
  instead: Exclude<Cause, 'unstated'> | null;
  /** Looks that it does not speak of on some releases, because those are made to do otherwise. */
  except?: { range: string; because: string; looks(cell: Cell): LookName[] };
  /** The looks that break it. */
  broken(seen: Seen, cell: Cell): LookName[];
};

/** A property with what it is not said of, as reports and `postern explain` show it. */
export function sayWhole({ statement, except }: Property): string {
  return except === undefined ? statement : `${statement} But on ${except.range}: ${except.because}`;
}

/** What a property says of a release: it speaks of no look that is excepted there. */
export function saidOf(property: Property, version: string): Property {
  const { except } = property;
  if (except === undefined || !inRange(version, except.range)) return property;
  return {
    ...property,
    broken: (seen, cell) => property.broken(seen, cell).filter((look) => !except.looks(cell).includes(look)),
  };
}

function allows(access: Access | null, scope: string): boolean {
  const scopes: readonly string[] = access?.scopes ?? [];
  return scopes.includes(scope) || scopes.some((held) => IMPLIED_SCOPES[held]?.includes(scope) === true);
}

const isElsewhere = ({ door }: Cell): boolean => !DOORS[door].here;
const isApproved = ({ prior }: Cell): boolean => PRIORS[prior].approved !== null;
const hasDevice = ({ proof }: Cell): boolean => proof !== 'no-device';
const isSigned = ({ proof }: Cell): boolean => PROOFS[proof].good;

/** The scopes that a session held, or null where nobody was let in. */
function heldIn({ outcome }: Observation): readonly string[] | null {
  return outcome?.kind === 'admitted' ? outcome.scopes : null;
}

/**
 * The scopes that a device held from another machine beyond those that it held on the gateway's own (`here`) or was approved for before
 * (`prior`, a value of that dimension).
 */
export function scopesBeyondThoseGivenHere(
  elsewhere: Observation,
  here: readonly Observation[],
  prior: string,
): string[] {
  const before = Object.entries(PRIORS).find(([name]) => name === prior)?.[1].approved?.scopes ?? [];
  const may: Access = { role: 'operator', scopes: [...here.flatMap((look) => heldIn(look) ?? []), ...before] };
  return (heldIn(elsewhere) ?? []).filter((scope) => !allows(may, scope));
}

const wasLetIn = (seen: Observation): boolean => heldIn(seen) !== null;
const isApprovedNow = ({ pairing }: Observation): boolean => pairing === 'approved-silently';
const causeOf = ({ outcome }: Observation): Cause | null => (outcome?.kind === 'refused' ? outcome.cause : null);
// 2026.8.1 and later look at the build of a page last, so that one on its owner's machine is paired first, and then told to load again.
const isPairedBeforeItsBuild = (look: Observation): boolean =>
  isApprovedNow(look) && causeOf(look) === 'client-version';
const events = ({ audit }: Observation): string[] => (audit ?? []).map(({ event }) => event);

/** The looks that are made as the cell says; `elsewhere` is honest. */
const AS_CLAIMED = ['knock', 'replay', 'again'] as const satisfies LookName[];
const AFRESH = ['knock', 'again'] as const satisfies LookName[];

function where(seen: Seen, names: readonly LookName[], test: (look: Observation) => boolean): LookName[] {
  return names.filter((name) => test(seen[name]));
}

const EVERY_RELEASE = '>=2026.2.17';

/** A page at a loopback name is let in without a question from a private address too, as the browser on the host of a container. */
const BUT_FOR_PAGES_TAKEN_FOR_LOCAL: Property['except'] = {
  range: TAKES_PAGES_FOR_LOCAL,
  because:
    'A page of the Control UI with the shared secret that was opened at a loopback name counts as one on the host of the container.',
  looks: pagesTakenForLocal,
};

/** What the properties are filed under, as the checks of a scenario are. */
export const TABLE_ID = 'boundary/table';

/** What must hold for every knock, on every release that it is stated for. Worst first. */
export const TABLE_PROPERTIES: readonly Property[] = [
  {
    id: 'unapproved-hold-nothing',
    statement: 'From another machine, a device that nobody has approved holds no scope, whatever it claims.',
    source: `${PAIRING}; GHSA-rqpp-rjj8-7wv8`,
    releases: '>=2026.2.25',
    instead: 'pairing-required',
    except: BUT_FOR_PAGES_TAKEN_FOR_LOCAL,
    appliesTo: (cell) => isElsewhere(cell) && !isApproved(cell),
    broken: (seen) => where(seen, LOOKS, (look) => (heldIn(look) ?? []).length > 0),
  },
  {
    id: 'strangers-wait',
    statement: 'From another machine, nobody is paired without an operator who says yes.',
    source: PAIRING,
    releases: '>=2026.2.25',
    instead: 'pairing-required',
    except: BUT_FOR_PAGES_TAKEN_FOR_LOCAL,
    appliesTo: (cell) => isElsewhere(cell) && !isApproved(cell),
    broken: (seen) => where(seen, LOOKS, isApprovedNow),
  },
  {
    id: 'no-silent-upgrade',
    statement:
      'From another machine, no device gets a role, a scope or other metadata on its record without an operator who says yes.',
    source: `${PAIRING}; openclaw/openclaw#55286`,
    releases: EVERY_RELEASE,
    instead: 'pairing-required',
    except: BUT_FOR_PAGES_TAKEN_FOR_LOCAL,
    appliesTo: (cell) => isElsewhere(cell) && isApproved(cell),
    broken: (seen) => where(seen, LOOKS, isApprovedNow),
  },
  {
    id: 'another-system-is-a-question',
    statement:
      'From another machine, a device that says it runs another system than when it was approved is not let in until an operator says yes.',
    source: `${PAIRING}; openclaw/openclaw#56377`,
    releases: '>=2026.2.26',
    instead: 'pairing-required',
    appliesTo: (cell) => isElsewhere(cell) && isApproved(cell) && cell.metadata === 'other-platform',
    broken: (seen) => where(seen, AS_CLAIMED, wasLetIn),
  },
  {
    id: 'no-more-than-approved',
    statement: 'From another machine, a device holds no scope that it was not approved for.',
    source: PAIRING,
    releases: EVERY_RELEASE,
    instead: 'pairing-required',
    except: BUT_FOR_PAGES_TAKEN_FOR_LOCAL,
    appliesTo: (cell) => isElsewhere(cell) && isApproved(cell),
    broken: (seen, { prior }) =>
      where(seen, LOOKS, (look) => (heldIn(look) ?? []).some((scope) => !allows(PRIORS[prior].approved, scope))),
  },
  {
    id: 'no-more-than-asked',
    statement: 'Nobody holds a scope that was not asked for.',
    source: SECURITY,
    releases: EVERY_RELEASE,
    instead: null,
    appliesTo: () => true,
    broken: (seen, { asks }) =>
      where(seen, LOOKS, (look) => (heldIn(look) ?? []).some((scope) => !allows(ASKS[asks], scope))),
  },
  {
    id: 'nodes-are-no-operators',
    statement: 'Whoever comes as a node holds no scope of an operator.',
    source: `${PROTOCOL}: roles`,
    releases: EVERY_RELEASE,
    instead: null,
    appliesTo: ({ asks }) => ASKS[asks].role === 'node',
    broken: (seen) => where(seen, LOOKS, (look) => (heldIn(look) ?? []).length > 0),
  },
  {
    id: 'a-secret-is-needed',
    statement: 'Without the shared secret or a token of its own nobody is let in, from anywhere.',
    source: SECURITY,
    releases: EVERY_RELEASE,
    instead: 'credentials',
    appliesTo: ({ credential }) => !CREDENTIALS[credential].right && credential !== 'device-token',
    broken: (seen) => where(seen, AS_CLAIMED, wasLetIn),
  },
  {
    id: 'a-wrong-secret-leaves-nothing',
    statement: 'A knock without the right secret changes nothing on the pairing list, and leaves no request there.',
    source: SECURITY,
    releases: EVERY_RELEASE,
    instead: 'credentials',
    appliesTo: ({ credential, prior }) =>
      !CREDENTIALS[credential].right && credential !== 'device-token' && prior !== 'pending',
    broken: (seen) =>
      where(seen, AS_CLAIMED, ({ pairing }) => pairing !== undefined && !['none', 'unchanged'].includes(pairing)),
  },
  {
    id: 'a-key-is-proved',
    statement: 'A device that does not sign the challenge it was given, now and with its own key, is not let in.',
    source: `${PROTOCOL}: device identity`,
    releases: EVERY_RELEASE,
    instead: 'device-signature',
    appliesTo: (cell) => hasDevice(cell) && !isSigned(cell),
    broken: (seen) => where(seen, AS_CLAIMED, wasLetIn),
  },
  {
    id: 'an-unproved-key-leaves-nothing',
    statement: 'A knock whose signature is wrong changes nothing on the pairing list, and leaves no request there.',
    source: `${PROTOCOL}: device identity`,
    releases: EVERY_RELEASE,
    instead: 'device-signature',
    appliesTo: (cell) => hasDevice(cell) && !isSigned(cell) && cell.prior !== 'pending',
    broken: (seen) =>
      where(seen, AS_CLAIMED, ({ pairing }) => pairing !== undefined && !['none', 'unchanged'].includes(pairing)),
  },
  {
    id: 'nothing-is-replayed',
    statement: 'A signed request that was overheard opens no other connection.',
    source: `${PROTOCOL}: the challenge`,
    releases: EVERY_RELEASE,
    instead: 'device-signature',
    appliesTo: hasDevice,
    broken: (seen) => where(seen, ['replay'], (look) => wasLetIn(look) || isApprovedNow(look)),
  },
  {
    id: 'another-key-is-another-device',
    statement: 'Nobody is let in as a device whose key they do not hold, and its record stays as it was.',
    source: `${PROTOCOL}: device identity`,
    releases: EVERY_RELEASE,
    instead: 'device-signature',
    appliesTo: ({ prior }) => prior === 'other-key',
    broken: (seen) =>
      where(seen, AS_CLAIMED, (look) => wasLetIn(look) || (look.pairing ?? 'unchanged') !== 'unchanged'),
  },
  {
    id: 'no-device-no-scope',
    statement: 'From another machine, a client without a device holds no scope.',
    source: 'GHSA-rqpp-rjj8-7wv8',
    releases: '>=2026.3.13',
    instead: null,
    appliesTo: (cell) => isElsewhere(cell) && !hasDevice(cell),
    broken: (seen) => where(seen, AS_CLAIMED, (look) => (heldIn(look) ?? []).length > 0),
  },
  {
    id: 'tokens-are-for-devices',
    statement: 'A client without a device is given no device token.',
    source: `${PROTOCOL}: device tokens`,
    releases: EVERY_RELEASE,
    instead: null,
    appliesTo: (cell) => !hasDevice(cell),
    broken: (seen) => where(seen, AS_CLAIMED, ({ outcome }) => outcome?.kind === 'admitted' && outcome.deviceToken),
  },
  {
    id: 'revoked-tokens-are-worthless',
    statement: 'A device token that was revoked, or whose device was removed, lets nobody in, from anywhere.',
    source: `${PAIRING}: rotate and revoke`,
    releases: EVERY_RELEASE,
    instead: 'credentials',
    appliesTo: ({ credential, prior }) => credential === 'device-token' && (prior === 'revoked' || prior === 'removed'),
    broken: (seen) => where(seen, AS_CLAIMED, wasLetIn),
  },
  {
    id: 'foreign-pages-stay-out',
    statement: 'A page of a site that the owner did not list is not let in, from anywhere.',
    source: `${SECURITY}: allowedOrigins`,
    releases: EVERY_RELEASE,
    instead: 'origin',
    appliesTo: (cell) => isPage(cell) && ORIGINS[cell.origin].foreign,
    broken: (seen) => where(seen, AS_CLAIMED, wasLetIn),
  },
  {
    id: 'a-refusal-approves-nobody',
    statement:
      'A knock that is refused leaves no approval behind, unless it was refused for the build of its page alone.',
    source: SECURITY,
    releases: EVERY_RELEASE,
    instead: 'pairing-required',
    appliesTo: () => true,
    broken: (seen) =>
      where(seen, LOOKS, (look) => causeOf(look) !== null && isApprovedNow(look) && !isPairedBeforeItsBuild(look)),
  },
  {
    id: 'here-is-not-there',
    statement:
      'What a device was given for being on the same machine lets it hold nothing from another that it did not ask for here.',
    source: PAIRING,
    releases: EVERY_RELEASE,
    instead: 'pairing-required',
    appliesTo: (cell) => !isElsewhere(cell),
    broken: (seen, { prior, asks }) => {
      const here = AFRESH.map((name) => seen[name]);
      const given: Access = { role: 'operator', scopes: here.some(isPairedBeforeItsBuild) ? ASKS[asks].scopes : [] };
      return where(seen, ['elsewhere'], (look) =>
        scopesBeyondThoseGivenHere(look, here, prior).some((scope) => !allows(given, scope)),
      );
    },
  },
  {
    id: 'a-knock-removes-nobody',
    statement: 'Nobody is taken off the pairing list by a knock.',
    source: PAIRING,
    releases: EVERY_RELEASE,
    instead: null,
    appliesTo: () => true,
    broken: (seen) => where(seen, LOOKS, ({ pairing }) => pairing === 'removed'),
  },
  {
    id: 'requests-are-written-down',
    statement:
      'A known device that asks for more from another machine is written down with what it has and what it wants.',
    source: 'openclaw/openclaw#55286',
    releases: EVERY_RELEASE,
    instead: null,
    needsLog: true,
    appliesTo: (cell) => isElsewhere(cell) && isApproved(cell),
    broken: (seen) =>
      where(
        seen,
        AFRESH,
        (look) =>
          look.outcome?.kind === 'refused' &&
          look.outcome.cause === 'pairing-required' &&
          look.pairing === 'pending' &&
          !events(look).some((event) => event === 'access-upgrade' || event === 'metadata-upgrade'),
      ),
  },
  {
    id: 'silent-approvals-are-written-down',
    statement: 'A pairing that nobody was asked about is written down.',
    source: SECURITY,
    releases: EVERY_RELEASE,
    instead: null,
    needsLog: true,
    appliesTo: () => true,
    broken: (seen) => where(seen, LOOKS, (look) => isApprovedNow(look) && !events(look).includes('auto-approved')),
  },
  {
    id: 'refusals-are-written-down',
    statement: 'Whoever is turned away is written down.',
    source: SECURITY,
    releases: '<2026.5.28 || >=2026.9.6',
    instead: null,
    needsLog: true,
    appliesTo: () => true,
    // Those in between write one line for several of the same complaint, by the clock, and say how many ("suppressed=3"): of many knocks at
    // once some find none. 2026.9.6 does so for the same client alone, so that the second look may find nothing.
    broken: (seen) =>
      where(
        seen,
        ['knock'],
        (look) =>
          look.outcome?.kind === 'refused' &&
          look.outcome.at === 'handshake' &&
          !events(look).some((event) => event === 'refused' || event === 'unauthorized'),
      ),
  },
  {
    id: 'nothing-leaks',
    statement: 'No secret of anybody else stands in the log or is sent to a client.',
    source: SECURITY,
    releases: EVERY_RELEASE,
    instead: null,
    appliesTo: () => true,
    broken: (seen) => where(seen, LOOKS, ({ leaked }) => leaked !== undefined),
  },
  {
    id: 'a-refusal-has-a-reason',
    statement: 'Every knock is answered: it is let in, or refused with a code and a cause that can be read.',
    source: `${PROTOCOL}: close codes`,
    releases: EVERY_RELEASE,
    instead: null,
    appliesTo: () => true,
    broken: (seen) =>
      where(seen, LOOKS, ({ outcome, notCarriedOut }) => {
        // Whoever was turned away before the challenge has sent no request that could be sent again.
        if (notCarriedOut !== undefined) return false;
        return outcome?.kind === 'refused' ? outcome.cause === 'unstated' : outcome?.kind !== 'admitted';
      }),
  },
];

/** The id of a check that stands for a property, or for the search beyond the table. */
export const tableCheck = (name: string): string => `${TABLE_ID}/${name}`;

/** The check of the search beyond the table. */
export const MADE_UP = 'knocks-made-up';

/** The check that a real client of the release is told what ours are. */
export const OWN_CLIENT = 'own-client-agrees';

/** The id of every check that a table has. */
export const TABLE_CHECKS: readonly string[] = [...TABLE_PROPERTIES.map(({ id }) => id), OWN_CLIENT, MADE_UP].map(
  tableCheck,
);

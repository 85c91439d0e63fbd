import { quoted } from '../properties/documentation.ts';
import { EVERY_RELEASE } from '../properties/property.ts';
import type { Observation } from '../scenario/schema/observation.ts';
import { PROBES } from './cell.ts';
import { type Access, ASKS, PRIORS } from './dimensions.ts';
import { AFRESH, allows, causeOf, heldIn, isApprovedNow, isElsewhere, where } from './knock-facts.ts';
import type { KnockProperty } from './knock-property.ts';

/**
 * The scopes that a device got from another machine (`elsewhere`) beyond those that it got on the gateway's machine (`here`) or was approved for
 * before the knock (`prior`, a value of that dimension).
 */
export function scopesBeyondLocalOnes(elsewhere: Observation, here: readonly Observation[], prior: string): string[] {
  const before = Object.entries(PRIORS).find(([name]) => name === prior)?.[1].approved?.scopes ?? [];
  const may: Access = { role: 'operator', scopes: [...here.flatMap((look) => heldIn(look) ?? []), ...before] };
  return (heldIn(elsewhere) ?? []).filter((scope) => !allows(may, scope));
}

// 2026.8.1 and later check the build of a page last, so a local page of another build is paired first, and then refused with `client-version`.
const isPairedBeforeItsBuild = (look: Observation): boolean =>
  isApprovedNow(look) && causeOf(look) === 'client-version';

/** Properties of the pairing list: what a knock changes there. The violation that is worst comes first. */
export const RECORD_PROPERTIES: readonly KnockProperty[] = [
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
      where(seen, PROBES, (look) => causeOf(look) !== null && isApprovedNow(look) && !isPairedBeforeItsBuild(look)),
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
      return where(seen, ['elsewhere'], (look) =>
        scopesBeyondLocalOnes(look, here, prior).some((scope) => !allows(given, scope)),
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
];

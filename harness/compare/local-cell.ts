import { valuesOf } from '../pairwise/cell.ts';
import { type Cell, CREDENTIALS, ORIGINS, PROOFS } from '../pairwise/dimensions.ts';
import { scopesBeyondThoseGivenHere } from '../pairwise/properties.ts';
import type { TableCell } from '../results/report.ts';
import type { Observation } from '../scenario/observation.ts';

/** Names that a client on the gateway's own machine rightly gives the gateway. */
const OWN_HOSTS: readonly Cell['host'][] = ['own-host', 'host-localhost', 'host-loopback', 'host-loopback-6'];

/** The values of a dimension for which something holds, as reports keep them. */
function namesWhere<D extends 'credential' | 'proof' | 'origin'>(
  dimension: D,
  test: (value: Cell[D]) => boolean,
): readonly string[] {
  return valuesOf(dimension).filter(test);
}

const RIGHT_CREDENTIALS = namesWhere(
  'credential',
  (value) => CREDENTIALS[value].right || CREDENTIALS[value].credential === 'device-token',
);
const PROVED = namesWhere('proof', (value) => PROOFS[value].good);
const OWN_ORIGINS = namesWhere('origin', (value) => !ORIGINS[value].foreign);

const isIn = (names: readonly string[], value: string | undefined): boolean => names.includes(value ?? '');

/**
 * Whether the knock of a cell is that of the owner's client on the gateway's own machine: with a right secret, a proof of its key, its own
 * Host, no header of a proxy, and no page of another site.
 */
function isOwnersKnock({ values }: TableCell): boolean {
  return (
    values.door === 'loopback' &&
    values.forwarded === 'no-forwarded' &&
    isIn(OWN_HOSTS, values.host) &&
    isIn(OWN_ORIGINS, values.origin) &&
    isIn(RIGHT_CREDENTIALS, values.credential) &&
    isIn(PROVED, values.proof)
  );
}

/**
 * Whether a look at a cell is about a local client. The look from another machine is so only as far as it follows from what the device was
 * given here: whoever is let in with more, or paired without a question, is let in from elsewhere.
 */
export function isLocalLook(cell: TableCell, look: string, observation: Observation): boolean {
  if (!isOwnersKnock(cell)) return false;
  if (look !== 'elsewhere') return true;
  const here = cell.looks.filter((other) => other.look === 'knock' || other.look === 'again');
  return (
    observation.pairing !== 'approved-silently' &&
    scopesBeyondThoseGivenHere(
      observation,
      here.map((other) => other.observation),
      cell.values.prior ?? '',
    ).length === 0
  );
}

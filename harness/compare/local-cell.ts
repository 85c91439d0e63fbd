import { valuesOf } from '../pairwise/cell.ts';
import { type Cell, CREDENTIALS, ORIGINS, PROOFS } from '../pairwise/dimensions.ts';
import { scopesBeyondLocalOnes } from '../pairwise/record-properties.ts';
import type { TableCell } from '../results/report.ts';
import type { Observation } from '../scenario/schema/observation.ts';

/** The values of the Host dimension that a client on the gateway's own machine rightly sends. */
const OWN_HOSTS: readonly Cell['host'][] = ['own-host', 'host-localhost', 'host-loopback', 'host-loopback-6'];

/** The names of the values of a dimension that pass a test. */
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
 * Whether the knock of a cell is local: it comes from the gateway's own machine, with a right secret, a valid signature and the machine's own
 * Host, without headers of a proxy, and not from a page of another site.
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
 * Whether a probe of a cell is about a local client. The probe `elsewhere` comes from another machine. It counts as local only if it is not
 * approved silently, and gets no scope beyond those that the device got on the gateway's machine or was approved for before.
 */
export function isLocalProbe(cell: TableCell, look: string, observation: Observation): boolean {
  if (!isOwnersKnock(cell)) return false;
  if (look !== 'elsewhere') return true;
  const here = cell.looks.filter((other) => other.look === 'knock' || other.look === 'again');
  return (
    observation.pairing !== 'approved-silently' &&
    scopesBeyondLocalOnes(
      observation,
      here.map((other) => other.observation),
      cell.values.prior ?? '',
    ).length === 0
  );
}

import type { PairingList } from '../../gateway/pairing/pairing.ts';

/** The rows of a pairing list: paired ones by device id, pending ones by request id. */
export type Rows = { paired: ReadonlySet<string>; pending: ReadonlySet<string> };

export function pairingRowsOf({ paired, pending }: PairingList): Rows {
  return {
    paired: new Set(paired.map(({ deviceId }) => deviceId)),
    pending: new Set(pending.map(({ requestId }) => requestId)),
  };
}

/** Gives the rows of `after` that `before` lacks. Rows that are gone do not count: recent releases remove older rows by themselves. */
export function newRows(before: Rows, after: Rows): Rows {
  return { paired: after.paired.difference(before.paired), pending: after.pending.difference(before.pending) };
}

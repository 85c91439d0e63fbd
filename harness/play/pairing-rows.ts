import type { PairingList } from '../gateway/pairing.ts';

/** The rows of a pairing list, by what tells them apart. */
export type Rows = { paired: ReadonlySet<string>; pending: ReadonlySet<string> };

export function pairingRowsOf({ paired, pending }: PairingList): Rows {
  return {
    paired: new Set(paired.map(({ deviceId }) => deviceId)),
    pending: new Set(pending.map(({ requestId }) => requestId)),
  };
}

/** The rows of `after` that `before` had not. What went since does not count: recent releases retire older rows by themselves. */
export function newRows(before: Rows, after: Rows): Rows {
  return { paired: after.paired.difference(before.paired), pending: after.pending.difference(before.pending) };
}

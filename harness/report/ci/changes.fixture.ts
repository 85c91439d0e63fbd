import type { Change } from '../../judge/change.ts';
import { replayCommand } from '../../replay-command.ts';
import type { ObservationChange } from '../../results/comparison.ts';

/** A change of one observation between two gateways: a check of a scenario, or a probe of a cell if the id begins with `table/`. */
export function changed(
  id: string,
  change: Change,
  { before, after, local = false }: { before: string; after: string; local?: boolean },
): ObservationChange {
  const isCell = id.startsWith('table/');
  const compared = (seen: string): ObservationChange['base'] => ({
    id,
    vantage: local ? 'loopback' : 'lan',
    transcript: null,
    seen,
    repeat: replayCommand(id),
    observation: { pairing: 'none' },
    local,
    expected: null,
    source: isCell ? null : { file: `scenarios/${id.split('/').slice(0, 2).join('/')}.yaml`, line: 12, column: 5 },
    cell: isCell ? { values: {}, look: 'knock' } : null,
  });
  return { id, base: compared(before), head: compared(after), change, local, accepted: null };
}

/** What a gate found on a head that trusts forwarded headers, writes no audit line, and lets local clients do more and less. */
export const WEAKER_HEAD: readonly ObservationChange[] = [
  changed('proxy-headers/same-host-proxy/x-forwarded-for', 'weakened', {
    before: 'refused in the handshake, 1008 pairing-required, request pending',
    after: 'admitted as operator with operator.admin, device approved silently',
  }),
  changed('table/loopback+forwarded-for/knock', 'weakened', {
    before: 'refused in the handshake, 1008 pairing-required, request pending',
    after: 'admitted as operator with operator.admin, device approved silently',
  }),
  changed('table/lan+paired/knock', 'unrecorded', { before: 'admitted', after: 'admitted' }),
  changed('stale-scopes/local-write-after-read/local-upgrade', 'weakened', {
    before: 'refused in the handshake, 1008 pairing-required (scope-upgrade)',
    after: 'admitted with operator.write',
    local: true,
  }),
  changed('identity/metadata-upgrade/after-the-update', 'tightened', {
    before: 'admitted with operator.read',
    after: 'refused in the handshake, 1008 pairing-required (metadata-upgrade)',
    local: true,
  }),
  changed('table/lan+bare/knock', 'tightened', { before: 'admitted as operator', after: 'refused' }),
  changed('table/lan/knock', 'same', { before: 'waits', after: 'waits' }),
];

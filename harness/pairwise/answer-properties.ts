import { quoted } from '../properties/documentation.ts';
import { EVERY_RELEASE } from '../properties/property.ts';
import { ANSWERED, NOTHING_LEAKS } from '../properties/shared.ts';
import { PROBES } from './cell.ts';
import { AFRESH, events, isApproved, isApprovedNow, isElsewhere, where } from './knock-facts.ts';
import type { KnockProperty } from './knock-property.ts';

/** Properties of what the gateway writes and says: its log, secrets, and answers. The violation that is worst comes first. */
export const ANSWER_PROPERTIES: readonly KnockProperty[] = [
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
        (look) =>
          look.outcome?.kind === 'refused' &&
          look.outcome.cause === 'pairing-required' &&
          look.pairing === 'pending' &&
          !events(look).some((event) => event === 'access-upgrade' || event === 'metadata-upgrade'),
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
    broken: (seen) => where(seen, PROBES, (look) => isApprovedNow(look) && !events(look).includes('auto-approved')),
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
        (look) =>
          look.outcome?.kind === 'refused' &&
          look.outcome.at === 'handshake' &&
          !events(look).some((event) => event === 'refused' || event === 'unauthorized'),
      ),
  },
  {
    id: 'nothing-leaks',
    ...NOTHING_LEAKS,
    releases: EVERY_RELEASE,
    instead: null,
    appliesTo: () => true,
    broken: (seen) => where(seen, PROBES, ({ leaked }) => leaked !== undefined),
  },
  {
    id: 'a-refusal-has-a-reason',
    ...ANSWERED,
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

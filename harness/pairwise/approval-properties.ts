import { quoted } from '../properties/documentation.ts';
import { EVERY_RELEASE } from '../properties/property.ts';
import { NO_MORE_THAN_APPROVED, NO_MORE_THAN_ASKED, NO_SILENT_CHANGE } from '../properties/shared.ts';
import { PROBES } from './cell.ts';
import { ASKS, PRIORS } from './dimensions.ts';
import {
  AS_CLAIMED,
  allows,
  heldIn,
  isApproved,
  isApprovedNow,
  isElsewhere,
  wasAdmitted,
  where,
} from './knock-facts.ts';
import type { KnockProperty } from './knock-property.ts';
import { pagesTakenForLocal, TAKES_PAGES_FOR_LOCAL } from './taken-for-local.ts';

/** The exception for pages of the Control UI that the gateway takes for local; see taken-for-local.ts. */
const BUT_FOR_PAGES_TAKEN_FOR_LOCAL: KnockProperty['except'] = {
  range: TAKES_PAGES_FOR_LOCAL,
  because:
    'The gateway takes a page of the Control UI for local if it shows the shared secret and was opened at a loopback name.',
  looks: pagesTakenForLocal,
};

/** Properties of remote devices: what they get without an approval, and what an approval covers. The violation that is worst comes first. */
export const APPROVAL_PROPERTIES: readonly KnockProperty[] = [
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
    broken: (seen) => where(seen, PROBES, (look) => (heldIn(look) ?? []).length > 0),
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
    ...NO_SILENT_CHANGE,
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
    ...NO_MORE_THAN_APPROVED,
    releases: EVERY_RELEASE,
    instead: 'pairing-required',
    except: BUT_FOR_PAGES_TAKEN_FOR_LOCAL,
    appliesTo: (cell) => isElsewhere(cell) && isApproved(cell),
    broken: (seen, { prior }) =>
      where(seen, PROBES, (look) => (heldIn(look) ?? []).some((scope) => !allows(PRIORS[prior].approved, scope))),
  },
];

/** Properties of the scopes of a session, whatever was approved. The violation that is worst comes first. */
export const SCOPE_PROPERTIES: readonly KnockProperty[] = [
  {
    id: 'no-more-than-asked',
    ...NO_MORE_THAN_ASKED,
    releases: EVERY_RELEASE,
    instead: null,
    appliesTo: () => true,
    broken: (seen, { asks }) =>
      where(seen, PROBES, (look) => (heldIn(look) ?? []).some((scope) => !allows(ASKS[asks], scope))),
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
    broken: (seen) => where(seen, PROBES, (look) => (heldIn(look) ?? []).length > 0),
  },
];

import { quoted } from '../properties/documentation.ts';
import { EVERY_RELEASE } from '../properties/property.ts';
import { deciderOf } from './action.ts';
import { DEVICE_OF } from './devices.ts';
import {
  describePermissions,
  exceeding,
  NONE,
  type Permissions,
  permissionsOf,
  ROLES,
  scopesIn,
  withImplied,
} from './permissions.ts';
import {
  type Breach,
  describeEntry,
  givesNoMoreThan,
  holdsIf,
  ofDecisions,
  type SequenceProperty,
  type Step,
  unchanged,
} from './property.ts';
import { releasesWith } from './releases.ts';
import { mustEnd } from './state.ts';

/** The permissions of the deciding program in its session; null for the operator, who holds all. */
function heldByDecider({ before, action }: Step): Permissions | null {
  const by = deciderOf(action);
  return by === null ? null : (before.sessions[by]?.rights ?? NONE);
}

/** The properties of decisions about a device. */
export const DECISION_PROPERTIES: readonly SequenceProperty[] = [
  ofDecisions(
    ['approve'],
    {
      id: 'approval-gives-what-was-asked',
      statement: 'An approval grants at most what its request asked for.',
      sources: [
        quoted(
          'docs/cli/devices.md',
          'Approve a pending pairing request by exact `requestId`.',
          'The page says what an approval names. It does not say that nothing beyond the request is granted.',
        ),
      ],
      releases: EVERY_RELEASE,
    },
    (step, on, device) => givesNoMoreThan(step, on, device.most.union(device.waiting?.first ?? NONE)),
  ),
  ofDecisions(
    ['approve'],
    {
      id: 'approval-counts',
      statement: 'An approval by the operator grants what its request asked for, and closes the request.',
      sources: [
        quoted(
          'docs/web/control-ui/connect-and-pair.md',
          'connects on its own once the request is approved',
          'The page says that an approved client connects. It does not say that its request is gone.',
        ),
      ],
      releases: EVERY_RELEASE,
    },
    (step, on, device) => {
      if (step.action.kind !== 'approve' || step.action.by !== null) return null;
      const { done, list } = step.seen;
      const isGiven = exceeding(device.list.request?.rights ?? NONE, list[on].rights ?? NONE).size === 0;
      return holdsIf(done === true && isGiven && list[on].request === null, () => ({
        expected: `${on} to be approved for ${describePermissions(device.list.request?.rights ?? NONE)}`,
        seen: `${done === true ? 'done' : 'denied'}; ${describeEntry(list[on])}`,
      }));
    },
  ),
  ofDecisions(
    ['approve-stale'],
    {
      id: 'old-ids-approve-nothing',
      statement: 'A request id that was decided or replaced approves nothing.',
      sources: [
        quoted(
          'docs/channels/pairing.md',
          'the previous pending request is superseded and a new `requestId` is created',
          'The page says that the request is replaced. It does not say what becomes of its id.',
        ),
      ],
      releases: EVERY_RELEASE,
    },
    (step, on) => {
      const still = unchanged(step, [on], true);
      return still !== 'holds' || step.seen.done === false
        ? still
        : { expected: 'the operator to be denied', seen: 'the gateway accepted the old id' };
    },
  ),
  ofDecisions(
    ['reject'],
    {
      id: 'rejection-leaves-nothing',
      statement: 'A rejection closes its request and changes no pairing record.',
      sources: [
        quoted(
          'docs/cli/devices.md',
          'Reject a pending device pairing request.',
          'The page names the operation. It does not say what is left of the request.',
        ),
      ],
      releases: EVERY_RELEASE,
    },
    (step, on) => {
      const still = unchanged(step, [on], false);
      if (still !== 'holds') return still;
      return holdsIf(step.seen.done === true && step.seen.list[on].request === null, () => ({
        expected: 'no pending request',
        seen: `${step.seen.done === true ? 'done' : 'denied'}; ${describeEntry(step.seen.list[on])}`,
      }));
    },
  ),
  ofDecisions(
    ['remove'],
    {
      id: 'removal-leaves-nothing',
      statement: 'A removed device is no longer on the pairing list.',
      sources: [quoted('docs/cli/devices.md', 'Remove one paired device entry.')],
      releases: EVERY_RELEASE,
    },
    (step, on, device) => {
      if (device.list.rights === null) return null;
      return holdsIf(step.seen.done === true && step.seen.list[on].rights === null, () => ({
        expected: `${on} not to be paired`,
        seen: `${step.seen.done === true ? 'done' : 'denied'}; ${describeEntry(step.seen.list[on])}`,
      }));
    },
  ),
  ofDecisions(
    ['approve'],
    {
      id: 'approvers-give-what-they-have',
      statement: 'A device that approves another grants no scope that it does not hold itself.',
      sources: [
        quoted(
          'docs/gateway/operator-scopes.md',
          'operator device can only mint or preserve scopes the caller already holds.',
        ),
        'GHSA-hf68-49fm-59cq',
      ],
      releases: EVERY_RELEASE,
    },
    (step, on, device) => {
      const held = heldByDecider(step);
      if (held === null) return null;
      const asked = device.waiting?.first ?? NONE;
      const may = withImplied(held).union(new Set(ROLES));
      return givesNoMoreThan(step, on, device.most.union(asked.intersection(may)));
    },
  ),
  ofDecisions(
    ['approve'],
    {
      id: 'nodes-need-an-admin',
      statement: 'Only an administrator approves a device as a node.',
      sources: [
        quoted('docs/gateway/operator-scopes.md', 'Approving non-operator roles is admin-only'),
        'openclaw/openclaw#87146',
      ],
      releases: EVERY_RELEASE,
    },
    (step, on, device) => {
      const held = heldByDecider(step);
      if (held === null || device.most.has('node') || held.has('operator.admin')) return null;
      return holdsIf(!(step.seen.list[on].rights ?? NONE).has('node'), () => ({
        expected: `${on} not to be a node`,
        seen: describeEntry(step.seen.list[on]),
      }));
    },
  ),
  ofDecisions(
    ['approve', 'rotate'],
    {
      id: 'devices-decide-about-themselves',
      statement:
        'A device that connected with its own token decides about no other device, unless it is an administrator.',
      sources: [
        quoted('docs/gateway/operator-scopes.md', 'management is self-scoped unless the caller has `operator.admin`'),
        'GHSA-xrq9-jm7v-g9h7',
      ],
      releases: releasesWith('device-tokens'),
    },
    (step, on) => {
      const held = heldByDecider(step);
      if (held === null || held.has('operator.admin')) return null;
      const by = deciderOf(step.action);
      if (by === null || DEVICE_OF[by] === on || step.before.sessions[by]?.byToken !== true) return null;
      return holdsIf(step.seen.done === false, () => ({ expected: `${by} to be denied`, seen: 'done' }));
    },
  ),
  ofDecisions(
    ['rotate'],
    {
      id: 'rotation-mints-nothing',
      statement: 'A device that rotates a token cannot give it a scope that it does not hold itself.',
      sources: [
        quoted('docs/cli/devices.md', 'cannot mint or preserve a broader token than the caller already has'),
        'GHSA-4jpw-hj22-2xmc',
      ],
      releases: EVERY_RELEASE,
    },
    (step) => {
      const held = heldByDecider(step);
      if (step.action.kind !== 'rotate' || held === null || step.action.scopes === null) return null;
      const wanted = permissionsOf('operator', step.action.scopes);
      if (exceeding(wanted, held).size === 0) return null;
      return holdsIf(step.seen.done === false, () => ({
        expected: `to be denied, because it holds ${describePermissions(held)}`,
        seen: 'done',
      }));
    },
  ),
  ofDecisions(
    ['rotate'],
    {
      id: 'rotation-gives-no-role',
      statement: 'A rotated token grants no role that was not approved.',
      sources: [quoted('docs/cli/devices.md', 'rotation cannot mint a new unapproved role'), 'GHSA-whf9-3hcx-gq54'],
      releases: EVERY_RELEASE,
    },
    (step, on, device) =>
      givesNoMoreThan(step, on, device.most.union(new Set(scopesIn(step.seen.list[on].rights ?? NONE)))),
  ),
  ofDecisions(
    ['rotate'],
    {
      id: 'rotation-gives-no-scope',
      statement: 'A rotated token grants no scope that was not approved.',
      sources: [quoted('docs/cli/devices.md', "replaces that scope set, within the device's approved baseline")],
      releases: EVERY_RELEASE,
    },
    (step, on, device) => givesNoMoreThan(step, on, device.most.union(new Set(ROLES))),
  ),
  ofDecisions(
    ['revoke', 'remove', 'reject'],
    {
      id: 'taking-gives-nothing',
      statement: 'A revocation, a removal or a rejection grants nothing.',
      sources: [
        quoted(
          'docs/cli/devices.md',
          "Token rotation and revocation stay inside the device's approved pairing role set",
          'The page says so of revocation. It does not speak of removal and rejection.',
        ),
      ],
      releases: EVERY_RELEASE,
    },
    (step, on, device) => givesNoMoreThan(step, on, device.most),
  ),
  ofDecisions(
    ['approve', 'approve-stale', 'reject', 'rotate', 'revoke', 'remove'],
    {
      id: 'denied-changes-nothing',
      statement: 'An operation that is denied changes no pairing record and no request.',
      sources: [
        quoted(
          'docs/gateway/operator-scopes.md',
          'decides whether a request reaches its handler',
          'The page says so of denials for want of a scope. It does not speak of others.',
        ),
      ],
      releases: EVERY_RELEASE,
    },
    (step, on) => (step.seen.done === false ? unchanged(step, [on], true) : null),
  ),
  ofDecisions(
    ['revoke', 'remove'],
    {
      id: 'revoked-session-ends',
      statement: 'The gateway ends the sessions of a device that was revoked or removed.',
      sources: [
        quoted(
          'docs/cli/devices.md',
          'does not keep affected connections authorized or open',
          'The page says so of removed devices and of revoked node tokens.',
        ),
        'CVE-2026-34503',
      ],
      releases: EVERY_RELEASE,
    },
    sessionsEnd,
  ),
  ofDecisions(
    ['rotate'],
    {
      id: 'rotated-session-ends',
      statement: 'The gateway ends the sessions that were opened with a token that was replaced.',
      sources: ['openclaw/openclaw#57646'],
      releases: releasesWith('device-tokens'),
    },
    sessionsEnd,
  ),
];

function sessionsEnd(step: Step): Breach | 'holds' | null {
  const due = mustEnd(step.before, step.action);
  if (due.length === 0 || step.seen.done !== true) return null;
  const left = due.filter((program) => step.seen.open.has(program));
  return holdsIf(left.length === 0, () => ({
    expected: `the session of ${due.join(' and ')} to end`,
    seen: `the session of ${left.join(' and ')} is open`,
  }));
}

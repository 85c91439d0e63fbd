import { PAIRING } from '../scenario/documentation.ts';
import { deciderOf } from './deed.ts';
import { DEVICE_OF } from './devices.ts';
import {
  type Breach,
  givesNoMoreThan,
  holdsIf,
  ofDecisions,
  type Property,
  type Step,
  sayEntry,
  unchanged,
} from './property.ts';
import { beyond, NONE, type Rights, ROLES, rightsOf, sayRights, scopesIn, withImplied } from './rights.ts';
import { mustEnd } from './state.ts';

/** What the program that decides holds in its session; null where it is the operator, who holds everything. */
function heldByDecider({ before, deed }: Step): Rights | null {
  const by = deciderOf(deed);
  return by === null ? null : (before.sessions[by]?.rights ?? NONE);
}

/** What must hold of a decision about a device. */
export const DECISION_PROPERTIES: readonly Property[] = [
  ofDecisions(
    ['approve'],
    {
      name: 'approval-gives-what-was-asked',
      statement: 'An approval gives at most what its request asked for.',
      source: PAIRING,
    },
    (step, on, device) => givesNoMoreThan(step, on, device.most.union(device.waiting?.first ?? NONE)),
  ),
  ofDecisions(
    ['approve'],
    { name: 'approval-counts', statement: 'An approval counts, and settles its request.', source: PAIRING },
    (step, on, device) => {
      if (step.deed.kind !== 'approve' || step.deed.by !== null) return null;
      const { done, list } = step.seen;
      const isGiven = beyond(device.list.request?.rights ?? NONE, list[on].rights ?? NONE).size === 0;
      return holdsIf(done === true && isGiven && list[on].request === null, () => ({
        expected: `${on} to be approved for ${sayRights(device.list.request?.rights ?? NONE)}`,
        seen: `${done === true ? 'done' : 'denied'}; ${sayEntry(list[on])}`,
      }));
    },
  ),
  ofDecisions(
    ['approve-stale'],
    {
      name: 'old-ids-approve-nothing',
      statement: 'An id that was decided or replaced approves nothing.',
      source: PAIRING,
    },
    (step, on) => {
      const still = unchanged(step, [on], true);
      return still !== 'holds' || step.seen.done === false
        ? still
        : { expected: 'the operator to be denied', seen: 'the old id was taken' };
    },
  ),
  ofDecisions(
    ['reject'],
    {
      name: 'rejection-leaves-nothing',
      statement: 'A rejected request is gone, and leaves no record.',
      source: PAIRING,
    },
    (step, on) => {
      const still = unchanged(step, [on], false);
      if (still !== 'holds') return still;
      return holdsIf(step.seen.done === true && step.seen.list[on].request === null, () => ({
        expected: 'no request any more',
        seen: `${step.seen.done === true ? 'done' : 'denied'}; ${sayEntry(step.seen.list[on])}`,
      }));
    },
  ),
  ofDecisions(
    ['remove'],
    { name: 'removal-leaves-nothing', statement: 'A removed device is not on the list any more.', source: PAIRING },
    (step, on, device) => {
      if (device.list.rights === null) return null;
      return holdsIf(step.seen.done === true && step.seen.list[on].rights === null, () => ({
        expected: `${on} not to be paired`,
        seen: `${step.seen.done === true ? 'done' : 'denied'}; ${sayEntry(step.seen.list[on])}`,
      }));
    },
  ),
  ofDecisions(
    ['approve'],
    {
      name: 'approvers-give-what-they-have',
      statement: 'Whoever approves gives no scope that it does not hold itself.',
      source: 'GHSA-hf68-49fm-59cq',
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
      name: 'nodes-need-an-admin',
      statement: 'Only an admin makes a device a node.',
      source: 'openclaw/openclaw#87146',
    },
    (step, on, device) => {
      const held = heldByDecider(step);
      if (held === null || device.most.has('node') || held.has('operator.admin')) return null;
      return holdsIf(!(step.seen.list[on].rights ?? NONE).has('node'), () => ({
        expected: `${on} not to be a node`,
        seen: sayEntry(step.seen.list[on]),
      }));
    },
  ),
  ofDecisions(
    ['approve', 'rotate'],
    {
      name: 'devices-decide-about-themselves',
      statement: 'A device that came by its own token decides about no other, unless it is an admin.',
      source: 'GHSA-xrq9-jm7v-g9h7',
      needs: 'takesDeviceTokens',
    },
    (step, on) => {
      const held = heldByDecider(step);
      if (held === null || held.has('operator.admin')) return null;
      const by = deciderOf(step.deed);
      if (by === null || DEVICE_OF[by] === on || step.before.sessions[by]?.byToken !== true) return null;
      return holdsIf(step.seen.done === false, () => ({ expected: `${by} to be denied`, seen: 'done' }));
    },
  ),
  ofDecisions(
    ['rotate'],
    {
      name: 'rotation-mints-nothing',
      statement: 'Whoever rotates a token chooses no scope for it that it does not hold itself.',
      source: 'GHSA-4jpw-hj22-2xmc',
    },
    (step) => {
      const held = heldByDecider(step);
      if (step.deed.kind !== 'rotate' || held === null || step.deed.scopes === null) return null;
      const wanted = rightsOf('operator', step.deed.scopes);
      if (beyond(wanted, held).size === 0) return null;
      return holdsIf(step.seen.done === false, () => ({
        expected: `to be denied, for it holds ${sayRights(held)}`,
        seen: 'done',
      }));
    },
  ),
  ofDecisions(
    ['rotate'],
    {
      name: 'rotation-gives-no-role',
      statement: 'A new token gives no role that was not approved.',
      source: 'GHSA-whf9-3hcx-gq54',
    },
    (step, on, device) =>
      givesNoMoreThan(step, on, device.most.union(new Set(scopesIn(step.seen.list[on].rights ?? NONE)))),
  ),
  ofDecisions(
    ['rotate'],
    {
      name: 'rotation-gives-no-scope',
      statement: 'A new token gives no scope that was not approved.',
      source: `${PAIRING}: rotate and revoke`,
    },
    (step, on, device) => givesNoMoreThan(step, on, device.most.union(new Set(ROLES))),
  ),
  ofDecisions(
    ['revoke', 'remove', 'reject'],
    { name: 'taking-gives-nothing', statement: 'Taking away gives nothing.', source: `${PAIRING}: rotate and revoke` },
    (step, on, device) => givesNoMoreThan(step, on, device.most),
  ),
  ofDecisions(
    ['approve', 'approve-stale', 'reject', 'rotate', 'revoke', 'remove'],
    { name: 'denied-changes-nothing', statement: 'What is denied changes nothing.', source: PAIRING },
    (step, on) => (step.seen.done === false ? unchanged(step, [on], true) : null),
  ),
  ofDecisions(
    ['revoke', 'remove'],
    {
      name: 'revoked-session-ends',
      statement: 'Sessions of a device that was revoked or removed end.',
      source: 'CVE-2026-34503',
    },
    sessionsEnd,
  ),
  ofDecisions(
    ['rotate'],
    {
      name: 'rotated-session-ends',
      statement: 'Sessions that were opened with a replaced token end.',
      source: 'openclaw/openclaw#57646',
      needs: 'takesDeviceTokens',
    },
    sessionsEnd,
  ),
];

function sessionsEnd(step: Step): Breach | 'holds' | null {
  const due = mustEnd(step.before, step.deed);
  if (due.length === 0 || step.seen.done !== true) return null;
  const left = due.filter((program) => step.seen.open.has(program));
  return holdsIf(left.length === 0, () => ({
    expected: `the session of ${due.join(' and ')} to end`,
    seen: `that of ${left.join(' and ')} is open`,
  }));
}

import { quoted } from '../properties/documentation.ts';
import { EVERY_RELEASE } from '../properties/property.ts';
import {
  ANSWERED,
  DEAD_TOKENS,
  NO_MORE_THAN_APPROVED,
  NO_MORE_THAN_ASKED,
  NO_SILENT_CHANGE,
  NOTHING_LEAKS,
} from '../properties/shared.ts';
import type { KnockAction } from './action.ts';
import { DEVICE_OF } from './devices.ts';
import { describePermissions, exceeding, NONE, type Permissions } from './permissions.ts';
import {
  type Breach,
  describeEntry,
  describeKnockOutcome,
  givesNoMoreThan,
  holdsIf,
  ofKnocks,
  type SequenceProperty,
  type Step,
  unchanged,
} from './property.ts';
import { releasesWith } from './releases.ts';
import { type Device, exceeds, isEntitled } from './state.ts';

/** Whether the gateway must accept the token of a knock (good), must refuse it (dead), or may do either. */
function tokenStatus(
  { before }: Step,
  { by, asks, machine, role }: KnockAction,
  device: Device,
): 'good' | 'dead' | 'either' {
  const token = before.tokens[by];
  if (token === undefined) return 'either';
  if (device.dead.has(token.value) || device.list.rights === null) return 'dead';
  const isAsGiven = token.role === role && asks.isSubsetOf(token.asks) && machine.platform === device.machine?.platform;
  return token.sure && isAsGiven ? 'good' : 'either';
}

/** Whether a knock presents a setup code that is not spent. Such a code counts as an approval by the owner for one device. */
const hasUnspentCode = ({ before }: Step, { shows }: KnockAction): boolean =>
  shows === 'setup-code' && before.code?.left !== 'spent';

/** 'holds' if the gateway admitted the client. */
const isAdmitted = (step: Step, { asks }: KnockAction): Breach | 'holds' =>
  holdsIf(step.seen.met?.kind === 'admitted', () => ({
    expected: `to be admitted as ${describePermissions(asks)}`,
    seen: describeKnockOutcome(step.seen),
  }));

/** Scopes that permit decisions about other devices. No setup code grants them unless the owner issued it for full access. */
const DECIDING: Permissions = new Set(['operator.pairing', 'operator.admin']);

/** The properties of knocks. */
export const KNOCK_PROPERTIES: readonly SequenceProperty[] = [
  ofKnocks(
    {
      id: 'answered',
      ...ANSWERED,
      releases: EVERY_RELEASE,
    },
    ({ seen }) =>
      holdsIf(seen.met?.kind === 'admitted' || (seen.met?.kind === 'refused' && seen.met.cause !== 'unstated'), () => ({
        expected: 'to be admitted, or refused with a reason',
        seen: describeKnockOutcome(seen),
      })),
  ),
  ofKnocks(
    {
      id: 'dead-tokens-stay-dead',
      ...DEAD_TOKENS,
      releases: releasesWith('device-tokens'),
    },
    (step, knock, device) => {
      if (knock.shows !== 'device-token' || tokenStatus(step, knock, device) !== 'dead') return null;
      return holdsIf(step.seen.met?.kind !== 'admitted', () => ({
        expected: 'to be refused',
        seen: describeKnockOutcome(step.seen),
      }));
    },
  ),
  ofKnocks(
    {
      id: 'nobody-unasked',
      ...NO_MORE_THAN_APPROVED,
      releases: EVERY_RELEASE,
    },
    (step, knock, device) => {
      const { met } = step.seen;
      if (knock.from !== 'lan' || met?.kind !== 'admitted' || hasUnspentCode(step, knock)) return null;
      return holdsIf(exceeding(met.rights, device.most).size === 0 && !exceeds(device, knock, step.release), () => ({
        expected: `no more than was approved: ${describePermissions(device.most)}${device.machine === null ? '' : `, on ${device.machine.platform}`}`,
        seen: describeKnockOutcome(step.seen),
      }));
    },
  ),
  ofKnocks(
    {
      id: 'no-more-than-asked',
      ...NO_MORE_THAN_ASKED,
      releases: EVERY_RELEASE,
    },
    ({ seen }, { asks }) => {
      if (seen.met?.kind !== 'admitted') return null;
      return holdsIf(exceeding(seen.met.rights, asks).size === 0, () => ({
        expected: `${describePermissions(asks)} at most`,
        seen: describeKnockOutcome(seen),
      }));
    },
  ),
  ofKnocks(
    {
      id: 'setup-codes-work-once',
      statement:
        'A setup code that paired a device admits nobody again. A setup code that admitted one device admits no other.',
      sources: [
        quoted('docs/channels/pairing.md', 'a single-use bootstrap token for the initial pairing handshake'),
        'openclaw/openclaw#78276',
        'openclaw/openclaw#72919',
      ],
      releases: releasesWith('setup-codes'),
    },
    (step, { by, shows }) => {
      const { code } = step.before;
      const on = DEVICE_OF[by];
      const isUsed = code?.left === 'spent' || (code?.left === 'kept' && code.by !== on);
      if (shows !== 'setup-code' || !isUsed) return null;
      const still = unchanged(step, [on], true);
      return still !== 'holds' || step.seen.met?.kind !== 'admitted'
        ? still
        : { expected: `to be refused, because the code admitted ${code.by}`, seen: describeKnockOutcome(step.seen) };
    },
  ),
  ofKnocks(
    {
      id: 'setup-codes-decide-nothing',
      statement:
        'A setup code that was not issued for full access grants neither administration nor the right to pair other devices.',
      sources: [
        quoted('docs/cli/qr.md', 'Pairing-mutation scope is never handed off by a setup code.'),
        quoted('docs/cli/qr.md', 'Use `--limited` to keep the same node token while omitting `operator.admin`'),
        'openclaw/openclaw#83684',
        'openclaw/openclaw#81292',
      ],
      releases: releasesWith('setup-codes'),
    },
    (step, knock, device) => {
      if (knock.shows !== 'setup-code') return null;
      const { met, list } = step.seen;
      const held = met?.kind === 'admitted' ? met.rights : NONE;
      const got = exceeding(held.union(list[DEVICE_OF[knock.by]].rights ?? NONE), device.most);
      return holdsIf(got.isDisjointFrom(DECIDING), () => ({
        expected: `neither ${[...DECIDING].join(' nor ')}`,
        seen: `${describeKnockOutcome(step.seen)}; ${describeEntry(list[DEVICE_OF[knock.by]])}`,
      }));
    },
  ),
  ofKnocks(
    {
      id: 'setup-codes-let-in',
      statement: 'A new setup code admits an unknown device as a node.',
      sources: [
        quoted(
          'docs/gateway/pairing.md',
          'bootstrap enrollment approves the device and its first declared command surface',
        ),
      ],
      releases: releasesWith('setup-codes'),
    },
    (step, knock, device) => {
      const { asks, shows } = knock;
      const isPlain = asks.has('node') && asks.size === 1;
      const isUnknown = device.list.rights === null && device.list.request === null;
      if (shows !== 'setup-code' || step.before.code?.left !== 'fresh' || !isPlain || !isUnknown) return null;
      return isAdmitted(step, knock);
    },
  ),
  ofKnocks(
    {
      id: 'approved-comes-in',
      statement: 'An approved device is admitted for what it was approved for, without another request.',
      sources: [
        quoted(
          'docs/web/control-ui/connect-and-pair.md',
          "Once approved, the device is remembered and won't require re-approval",
        ),
      ],
      releases: EVERY_RELEASE,
    },
    (step, knock, device) => {
      if (knock.shows !== 'secret' || !isEntitled(device, knock, step.release)) return null;
      const { met, list } = step.seen;
      const isIn = met?.kind === 'admitted' && exceeding(knock.asks, met.rights).size === 0;
      const isQuiet = list[DEVICE_OF[knock.by]].request?.id === device.list.request?.id;
      return holdsIf(isIn && isQuiet, () => ({
        expected: `to be admitted as ${describePermissions(knock.asks)}, without another request`,
        seen: `${describeKnockOutcome(step.seen)}; ${describeEntry(list[DEVICE_OF[knock.by]])}`,
      }));
    },
  ),
  ofKnocks(
    {
      id: 'tokens-work',
      statement: 'A device token admits its device for the role and the scopes that it was issued for.',
      sources: [
        quoted('docs/gateway/protocol/handshake.md', 'is the primary reusable credential for the same device and role'),
      ],
      releases: releasesWith('device-tokens'),
    },
    (step, knock, device) => {
      if (knock.shows !== 'device-token' || tokenStatus(step, knock, device) !== 'good') return null;
      return isAdmitted(step, knock);
    },
  ),
  ofKnocks(
    {
      id: 'more-waits',
      statement:
        'A remote device that requests more than was approved is refused, and its request waits for an operator.',
      sources: [
        quoted(
          'docs/gateway/protocol/auth.md',
          'Pairing approvals are required for new device IDs unless local auto-approval',
        ),
        quoted(
          'docs/channels/pairing.md',
          'keeps the existing approval as-is and creates a fresh pending upgrade request',
        ),
      ],
      releases: EVERY_RELEASE,
    },
    (step, knock, device) => {
      if (knock.from !== 'lan' || knock.shows !== 'secret' || !exceeds(device, knock, step.release)) return null;
      const { met, list } = step.seen;
      const { request } = list[DEVICE_OF[knock.by]];
      const isRefused = met?.kind === 'refused' && met.cause === 'pairing-required';
      // An earlier request may stay unchanged; a new request must show what the knock asked for.
      const isShown = request !== null && (device.waiting !== null || exceeding(knock.asks, request.rights).size === 0);
      return holdsIf(isRefused && isShown, () => ({
        expected: `refused: pairing-required, and a request for ${describePermissions(knock.asks)}`,
        seen: `${describeKnockOutcome(step.seen)}; ${describeEntry(list[DEVICE_OF[knock.by]])}`,
      }));
    },
  ),
  ofKnocks(
    {
      id: 'knocking-gives-nothing',
      ...NO_SILENT_CHANGE,
      releases: EVERY_RELEASE,
    },
    (step, knock) =>
      knock.from === 'lan' && !hasUnspentCode(step, knock) ? unchanged(step, [DEVICE_OF[knock.by]], false) : null,
  ),
  ofKnocks(
    {
      id: 'local-gets-what-it-asks',
      statement: 'The gateway approves a local device for no more than it requests.',
      sources: [
        quoted(
          'docs/gateway/pairing.md',
          'silently approve first-time device pairing plus role and scope upgrades',
          'The page says that local requests are approved. It does not say that nothing beyond them is.',
        ),
      ],
      releases: EVERY_RELEASE,
    },
    (step, knock, device) =>
      knock.from === 'loopback' && !hasUnspentCode(step, knock)
        ? givesNoMoreThan(step, DEVICE_OF[knock.by], device.most.union(knock.asks))
        : null,
  ),
  ofKnocks(
    {
      id: 'request-shows-what-was-asked',
      statement: 'A pairing request shows nothing that its device did not ask for.',
      sources: [
        quoted(
          'docs/cli/devices.md',
          'Compare `Requested` vs `Approved` in `openclaw devices list`',
          'The page has operators decide by that list. It does not say that the list is exact.',
        ),
      ],
      releases: EVERY_RELEASE,
    },
    ({ seen }, { by, asks }, { waiting, most }) => {
      const { request } = seen.list[DEVICE_OF[by]];
      if (request === null) return null;
      const asked = asks.union(waiting?.asked ?? NONE).union(most);
      return holdsIf(exceeding(request.rights, asked).size === 0, () => ({
        expected: `a request for ${describePermissions(asked)} at most`,
        seen: describeEntry(seen.list[DEVICE_OF[by]]),
      }));
    },
  ),
  ofKnocks(
    {
      id: 'request-stands-still',
      statement: 'The access that a request id stands for never grows.',
      sources: [
        quoted('docs/cli/devices.md', 'OpenClaw supersedes the previous pending entry with a new `requestId`.'),
        'openclaw/openclaw#72006',
      ],
      releases: EVERY_RELEASE,
    },
    ({ seen }, { by }, { list, waiting }) => {
      const { request } = seen.list[DEVICE_OF[by]];
      if (request === null || waiting === null || request.id !== list.request?.id) return null;
      return holdsIf(exceeding(request.rights, waiting.first).size === 0, () => ({
        expected: `the request to stand for ${describePermissions(waiting.first)}, as at first`,
        seen: `under the same id it stands for ${describePermissions(request.rights)}`,
      }));
    },
  ),
  ofKnocks(
    {
      id: 'nothing-leaks',
      ...NOTHING_LEAKS,
      releases: EVERY_RELEASE,
    },
    ({ seen: { leaked } }) =>
      holdsIf(leaked.length === 0, () => ({ expected: 'no secret disclosed', seen: leaked.join(', ') })),
  ),
];

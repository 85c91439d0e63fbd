import { PAIRING, PROTOCOL, SECURITY } from '../scenario/documentation.ts';
import type { KnockDeed } from './deed.ts';
import { DEVICE_OF } from './devices.ts';
import {
  type Breach,
  givesNoMoreThan,
  holdsIf,
  ofKnocks,
  type Property,
  type Step,
  sayEntry,
  sayMet,
  unchanged,
} from './property.ts';
import { beyond, NONE, type Rights, sayRights } from './rights.ts';
import { type Device, exceeds, isEntitled } from './state.ts';

/** Whether a token that a knock shows must work, must not, or may do either. */
function worthOf({ before }: Step, { by, asks, machine, role }: KnockDeed, device: Device): 'good' | 'dead' | 'either' {
  const token = before.tokens[by];
  if (token === undefined) return 'either';
  if (device.dead.has(token.value) || device.list.rights === null) return 'dead';
  const isAsGiven = token.role === role && asks.isSubsetOf(token.asks) && machine.platform === device.machine?.platform;
  return token.sure && isAsGiven ? 'good' : 'either';
}

/** Whether a knock shows a setup code that nobody came in with yet: the owner's word for one device. */
const standsForTheOwner = ({ before }: Step, { shows }: KnockDeed): boolean =>
  shows === 'setup-code' && before.code?.left !== 'spent';

/** Holds where whoever knocked was let in. */
const isLetIn = (step: Step, { asks }: KnockDeed): Breach | 'holds' =>
  holdsIf(step.seen.met?.kind === 'admitted', () => ({
    expected: `to be let in as ${sayRights(asks)}`,
    seen: sayMet(step.seen),
  }));

/** Scopes that decide about others: no setup code hands them over, unless the owner wants it to. */
const DECIDING: Rights = new Set(['operator.pairing', 'operator.admin']);

/** What must hold of a knock. */
export const KNOCK_PROPERTIES: readonly Property[] = [
  ofKnocks(
    {
      name: 'answered',
      statement: 'Every knock is answered: let in, or refused with a reason.',
      source: `${PROTOCOL}: close codes`,
    },
    (step) =>
      holdsIf(step.seen.met?.kind === 'admitted' || step.seen.met?.kind === 'refused', () => ({
        expected: 'to be let in, or refused with a reason',
        seen: sayMet(step.seen),
      })),
  ),
  ofKnocks(
    {
      name: 'dead-tokens-stay-dead',
      statement: 'A token that was revoked, replaced or removed works nowhere.',
      source: `${PAIRING}: rotate and revoke`,
      needs: 'takesDeviceTokens',
    },
    (step, knock, device) => {
      if (knock.shows !== 'device-token' || worthOf(step, knock, device) !== 'dead') return null;
      return holdsIf(step.seen.met?.kind !== 'admitted', () => ({
        expected: 'to be refused',
        seen: sayMet(step.seen),
      }));
    },
  ),
  ofKnocks(
    {
      name: 'nobody-unasked',
      statement: 'From elsewhere nobody comes in with what no operator approved.',
      source: PAIRING,
    },
    (step, knock, device) => {
      const { met } = step.seen;
      if (knock.from !== 'lan' || met?.kind !== 'admitted' || standsForTheOwner(step, knock)) return null;
      return holdsIf(beyond(met.rights, device.most).size === 0 && !exceeds(device, knock, step.release), () => ({
        expected: `no more than was approved: ${sayRights(device.most)}${device.machine === null ? '' : `, on ${device.machine.platform}`}`,
        seen: sayMet(step.seen),
      }));
    },
  ),
  ofKnocks(
    { name: 'no-more-than-asked', statement: 'Nobody holds more than it asked for.', source: SECURITY },
    ({ seen }, { asks }) => {
      if (seen.met?.kind !== 'admitted') return null;
      return holdsIf(beyond(seen.met.rights, asks).size === 0, () => ({
        expected: `${sayRights(asks)} at most`,
        seen: sayMet(seen),
      }));
    },
  ),
  ofKnocks(
    {
      name: 'setup-codes-work-once',
      statement: 'A setup code that paired a device works nowhere, and one that let a device in works for no other.',
      source: 'openclaw/openclaw#78276, openclaw/openclaw#72919',
      needs: 'setupCodesAdmit',
    },
    (step, { by, shows }) => {
      const { code } = step.before;
      const on = DEVICE_OF[by];
      const isUsed = code?.left === 'spent' || (code?.left === 'kept' && code.by !== on);
      if (shows !== 'setup-code' || !isUsed) return null;
      const still = unchanged(step, [on], true);
      return still !== 'holds' || step.seen.met?.kind !== 'admitted'
        ? still
        : { expected: `to be refused, for the code let ${code.by} in`, seen: sayMet(step.seen) };
    },
  ),
  ofKnocks(
    {
      name: 'setup-codes-decide-nothing',
      statement: 'A setup code hands over neither administration nor the right to pair others.',
      source: 'openclaw/openclaw#83684, openclaw/openclaw#81292',
      needs: 'setupCodesAdmit',
    },
    (step, knock, device) => {
      if (knock.shows !== 'setup-code') return null;
      const { met, list } = step.seen;
      const held = met?.kind === 'admitted' ? met.rights : NONE;
      const got = beyond(held.union(list[DEVICE_OF[knock.by]].rights ?? NONE), device.most);
      return holdsIf(got.isDisjointFrom(DECIDING), () => ({
        expected: `neither ${[...DECIDING].join(' nor ')}`,
        seen: `${sayMet(step.seen)}; ${sayEntry(list[DEVICE_OF[knock.by]])}`,
      }));
    },
  ),
  ofKnocks(
    {
      name: 'setup-codes-let-in',
      statement: 'A new setup code lets in a device that nobody knows.',
      source: `${PAIRING}: setup codes`,
      needs: 'setupCodesAdmit',
    },
    (step, knock, device) => {
      const { asks, shows } = knock;
      const isPlain = asks.has('node') && asks.size === 1;
      const isStranger = device.list.rights === null && device.list.request === null;
      if (shows !== 'setup-code' || step.before.code?.left !== 'fresh' || !isPlain || !isStranger) return null;
      return isLetIn(step, knock);
    },
  ),
  ofKnocks(
    { name: 'approved-comes-in', statement: 'What was approved needs no second question.', source: PAIRING },
    (step, knock, device) => {
      if (knock.shows !== 'secret' || !isEntitled(device, knock, step.release)) return null;
      const { met, list } = step.seen;
      const isIn = met?.kind === 'admitted' && beyond(knock.asks, met.rights).size === 0;
      const isQuiet = list[DEVICE_OF[knock.by]].request?.id === device.list.request?.id;
      return holdsIf(isIn && isQuiet, () => ({
        expected: `to be let in as ${sayRights(knock.asks)}, without another request`,
        seen: `${sayMet(step.seen)}; ${sayEntry(list[DEVICE_OF[knock.by]])}`,
      }));
    },
  ),
  ofKnocks(
    {
      name: 'tokens-work',
      statement: 'A device token works for what it was given for.',
      source: `${PROTOCOL}: device tokens`,
      needs: 'takesDeviceTokens',
    },
    (step, knock, device) => {
      if (knock.shows !== 'device-token' || worthOf(step, knock, device) !== 'good') return null;
      return isLetIn(step, knock);
    },
  ),
  ofKnocks(
    { name: 'more-waits', statement: 'Whoever asks from elsewhere for more than was approved waits.', source: PAIRING },
    (step, knock, device) => {
      if (knock.from !== 'lan' || knock.shows !== 'secret' || !exceeds(device, knock, step.release)) return null;
      const { met, list } = step.seen;
      const { request } = list[DEVICE_OF[knock.by]];
      const isRefused = met?.kind === 'refused' && met.cause === 'pairing-required';
      // A request that stood before may stay as it is; a new one shows what was asked.
      const isShown = request !== null && (device.waiting !== null || beyond(knock.asks, request.rights).size === 0);
      return holdsIf(isRefused && isShown, () => ({
        expected: `refused: pairing-required, and a request for ${sayRights(knock.asks)}`,
        seen: `${sayMet(step.seen)}; ${sayEntry(list[DEVICE_OF[knock.by]])}`,
      }));
    },
  ),
  ofKnocks(
    {
      name: 'knocking-gives-nothing',
      statement: 'A knock from elsewhere changes nothing of what is approved.',
      source: PAIRING,
    },
    (step, knock) =>
      knock.from === 'lan' && !standsForTheOwner(step, knock) ? unchanged(step, [DEVICE_OF[knock.by]], false) : null,
  ),
  ofKnocks(
    {
      name: 'local-gets-what-it-asks',
      statement: 'On its own machine nobody is given more than it asks for there.',
      source: PAIRING,
    },
    (step, knock, device) =>
      knock.from === 'loopback' && !standsForTheOwner(step, knock)
        ? givesNoMoreThan(step, DEVICE_OF[knock.by], device.most.union(knock.asks))
        : null,
  ),
  ofKnocks(
    {
      name: 'request-shows-what-was-asked',
      statement: 'A request asks for nothing that its device did not ask for.',
      source: PAIRING,
    },
    ({ seen }, { by, asks }, { waiting, most }) => {
      const { request } = seen.list[DEVICE_OF[by]];
      if (request === null) return null;
      const asked = asks.union(waiting?.asked ?? NONE).union(most);
      return holdsIf(beyond(request.rights, asked).size === 0, () => ({
        expected: `a request for ${sayRights(asked)} at most`,
        seen: sayEntry(seen.list[DEVICE_OF[by]]),
      }));
    },
  ),
  ofKnocks(
    {
      name: 'request-stands-still',
      statement: 'What a request id stands for never grows.',
      source: 'openclaw/openclaw#72006',
    },
    ({ seen }, { by }, { list, waiting }) => {
      const { request } = seen.list[DEVICE_OF[by]];
      if (request === null || waiting === null || request.id !== list.request?.id) return null;
      return holdsIf(beyond(request.rights, waiting.first).size === 0, () => ({
        expected: `the request to stand for ${sayRights(waiting.first)} as it did first`,
        seen: `under the same id it stands for ${sayRights(request.rights)}`,
      }));
    },
  ),
  ofKnocks(
    {
      name: 'nothing-leaks',
      statement: 'No secret is shown to whoever does not know it, or written down.',
      source: SECURITY,
    },
    ({ seen: { leaked } }) =>
      holdsIf(leaked.length === 0, () => ({ expected: 'no secret shown', seen: leaked.join(', ') })),
  ),
];

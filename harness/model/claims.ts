import { type Deed, deciderOf, deviceOf, type KnockDeed, type Seen } from './deed.ts';
import type { Release } from './releases.ts';
import { beyond, NONE, type Rights, ROLES, rightsOf, sayRights, withImplied } from './rights.ts';
import { DEVICE_OF, DEVICES, type Device, type DeviceName, exceeds, isEntitled, mustEnd, type State } from './state.ts';

/** A deed, with what the model knew before it and what was seen of it. */
export type Step = { before: State; deed: Deed; seen: Seen; release: Release };

/** What should have been, and what was. */
export type Breach = { expected: string; seen: string };

/** Something that must hold of every deed on every release. */
export type Claim = {
  name: string;
  says: string;
  /** null where the claim is not about this deed, 'holds', or how it is broken. */
  of(step: Step): Breach | 'holds' | null;
};

const holdsIf = (holds: boolean, breach: () => Breach): Breach | 'holds' => (holds ? 'holds' : breach());

/** What the record of a device names that is beyond these rights. */
function gained({ seen }: Step, name: DeviceName, may: Rights): Rights {
  return beyond(seen.list[name].rights ?? NONE, may);
}

/** Holds where the record of the device that the deed is about names nothing beyond these rights. */
function givesNoMoreThan(step: Step, name: DeviceName, may: Rights): Breach | 'holds' {
  return holdsIf(gained(step, name, may).size === 0, () => ({
    expected: `the record of ${name} to name ${sayRights(may)} at most`,
    seen: `it names ${sayRights(step.seen.list[name].rights ?? NONE)}`,
  }));
}

/** A claim about knocks alone. */
function ofKnocks(
  name: string,
  says: string,
  of: (step: Step, knock: KnockDeed, device: Device) => Breach | 'holds' | null,
): Claim {
  return {
    name,
    says,
    of: (step) =>
      step.deed.kind === 'knock' ? of(step, step.deed, step.before.devices[DEVICE_OF[step.deed.by]]) : null,
  };
}

/** A claim about decisions of these kinds. */
function ofDecisions(
  kinds: readonly Deed['kind'][],
  name: string,
  says: string,
  of: (step: Step, on: DeviceName, device: Device) => Breach | 'holds' | null,
): Claim {
  return {
    name,
    says,
    of(step) {
      const on = deviceOf(step.deed);
      return on === null || !kinds.includes(step.deed.kind) ? null : of(step, on, step.before.devices[on]);
    },
  };
}

const sayMet = ({ met }: Seen): string => {
  if (met?.kind === 'admitted') return `let in as ${sayRights(met.rights)}`;
  return met?.kind === 'refused' ? `refused: ${met.cause}` : (met?.text ?? 'nothing');
};

/** Where the same is on the list of a device before and after: its record, or the whole of it. */
function isUnchanged({ before, seen }: Step, name: DeviceName, withRequest: boolean): boolean {
  const [was, is] = [before.devices[name].list, seen.list[name]];
  const sameRights =
    (was.rights === null) === (is.rights === null) &&
    withImplied(was.rights ?? NONE).symmetricDifference(withImplied(is.rights ?? NONE)).size === 0;
  return sameRights && was.platform === is.platform && (!withRequest || was.request?.id === is.request?.id);
}

const saySight = ({ rights, platform, request }: Seen['list'][DeviceName]): string =>
  `${rights === null ? 'not paired' : `paired for ${sayRights(rights)} on ${platform ?? 'no platform'}`}, ` +
  (request === null ? 'no request' : `a request for ${sayRights(request.rights)}`);

function unchanged(step: Step, names: readonly DeviceName[], withRequest: boolean): Breach | 'holds' {
  const changed = names.find((name) => !isUnchanged(step, name, withRequest));
  return changed === undefined
    ? 'holds'
    : {
        expected: `${changed} as it was: ${saySight(step.before.devices[changed].list)}`,
        seen: saySight(step.seen.list[changed]),
      };
}

/** What the program that decides holds in its session; null where it is the operator, who holds everything. */
function heldByDecider({ before, deed }: Step): Rights | null {
  const by = deciderOf(deed);
  return by === null ? null : (before.sessions[by]?.rights ?? NONE);
}

/** Whether a token that a knock shows must work, must not, or may do either. */
function worthOf({ before }: Step, { by, asks, machine, role }: KnockDeed, device: Device): 'good' | 'dead' | 'either' {
  const token = before.tokens[by];
  if (token === undefined) return 'either';
  if (device.dead.has(token.value) || device.list.rights === null) return 'dead';
  const isAsGiven = token.role === role && asks.isSubsetOf(token.asks) && machine.platform === device.machine?.platform;
  return token.sure && isAsGiven ? 'good' : 'either';
}

/** What must hold, in the order in which it is told. */
export const CLAIMS: readonly Claim[] = [
  ofKnocks('answered', 'Every knock is answered: let in, or refused with a reason.', (step) =>
    holdsIf(step.seen.met?.kind === 'admitted' || step.seen.met?.kind === 'refused', () => ({
      expected: 'to be let in, or refused with a reason',
      seen: sayMet(step.seen),
    })),
  ),
  ofKnocks(
    'dead-tokens-stay-dead',
    'A token that was revoked, replaced or removed works nowhere.',
    (step, knock, device) => {
      if (knock.shows !== 'device-token' || worthOf(step, knock, device) !== 'dead') return null;
      return holdsIf(step.seen.met?.kind !== 'admitted', () => ({
        expected: 'to be refused',
        seen: sayMet(step.seen),
      }));
    },
  ),
  ofKnocks(
    'nobody-unasked',
    'From elsewhere nobody comes in with what no operator approved.',
    (step, knock, device) => {
      const { met } = step.seen;
      if (knock.from !== 'lan' || met?.kind !== 'admitted') return null;
      return holdsIf(beyond(met.rights, device.most).size === 0 && !exceeds(device, knock, step.release), () => ({
        expected: `no more than was approved: ${sayRights(device.most)}${device.machine === null ? '' : `, on ${device.machine.platform}`}`,
        seen: sayMet(step.seen),
      }));
    },
  ),
  ofKnocks('no-more-than-asked', 'Nobody holds more than it asked for.', ({ seen }, { asks }) => {
    if (seen.met?.kind !== 'admitted') return null;
    return holdsIf(beyond(seen.met.rights, asks).size === 0, () => ({
      expected: `${sayRights(asks)} at most`,
      seen: sayMet(seen),
    }));
  }),
  ofKnocks('approved-comes-in', 'What was approved needs no second question.', (step, knock, device) => {
    if (knock.shows !== 'secret' || !isEntitled(device, knock, step.release)) return null;
    const { met, list } = step.seen;
    const isIn = met?.kind === 'admitted' && beyond(knock.asks, met.rights).size === 0;
    const isQuiet = list[DEVICE_OF[knock.by]].request?.id === device.list.request?.id;
    return holdsIf(isIn && isQuiet, () => ({
      expected: `to be let in as ${sayRights(knock.asks)}, without another request`,
      seen: `${sayMet(step.seen)}; ${saySight(list[DEVICE_OF[knock.by]])}`,
    }));
  }),
  ofKnocks('more-waits', 'Whoever asks from elsewhere for more than was approved waits.', (step, knock, device) => {
    if (knock.from !== 'lan' || knock.shows !== 'secret' || !exceeds(device, knock, step.release)) return null;
    const { met, list } = step.seen;
    const { request } = list[DEVICE_OF[knock.by]];
    const isRefused = met?.kind === 'refused' && met.cause === 'pairing-required';
    // A request that stood before may stay as it is; a new one shows what was asked.
    const isShown = request !== null && (device.waiting !== null || beyond(knock.asks, request.rights).size === 0);
    return holdsIf(isRefused && isShown, () => ({
      expected: `refused: pairing-required, and a request for ${sayRights(knock.asks)}`,
      seen: `${sayMet(step.seen)}; ${saySight(list[DEVICE_OF[knock.by]])}`,
    }));
  }),
  ofKnocks(
    'knocking-gives-nothing',
    'A knock from elsewhere changes nothing of what is approved.',
    (step, { by, from }) => (from === 'lan' ? unchanged(step, [DEVICE_OF[by]], false) : null),
  ),
  ofKnocks(
    'local-gets-what-it-asks',
    'On its own machine nobody is given more than it asks for there.',
    (step, knock, device) =>
      knock.from === 'loopback' ? givesNoMoreThan(step, DEVICE_OF[knock.by], device.most.union(knock.asks)) : null,
  ),
  {
    name: 'request-shows-what-was-asked',
    says: 'A request asks for nothing that its device did not ask for.',
    of({ before, deed, seen }) {
      if (deed.kind !== 'knock') return null;
      const name = DEVICE_OF[deed.by];
      const { request } = seen.list[name];
      if (request === null) return null;
      const device = before.devices[name];
      const asked = deed.asks.union(device.waiting?.asked ?? NONE).union(device.most);
      return holdsIf(beyond(request.rights, asked).size === 0, () => ({
        expected: `a request for ${sayRights(asked)} at most`,
        seen: saySight(seen.list[name]),
      }));
    },
  },
  ofKnocks(
    'request-stands-still',
    'What a request id stands for never grows.',
    ({ seen }, { by }, { list, waiting }) => {
      const { request } = seen.list[DEVICE_OF[by]];
      if (request === null || waiting === null || request.id !== list.request?.id) return null;
      return holdsIf(beyond(request.rights, waiting.first).size === 0, () => ({
        expected: `the request to stand for ${sayRights(waiting.first)} as it did first`,
        seen: `under the same id it stands for ${sayRights(request.rights)}`,
      }));
    },
  ),
  ofDecisions(
    ['approve'],
    'approval-gives-what-was-asked',
    'An approval gives at most what its request asked for.',
    (step, on, device) => givesNoMoreThan(step, on, device.most.union(device.waiting?.first ?? NONE)),
  ),
  ofDecisions(['approve'], 'approval-counts', 'An approval counts, and settles its request.', (step, on, device) => {
    if (step.deed.kind !== 'approve' || step.deed.by !== null) return null;
    const { done, list } = step.seen;
    const isGiven = beyond(device.list.request?.rights ?? NONE, list[on].rights ?? NONE).size === 0;
    return holdsIf(done === true && isGiven && list[on].request === null, () => ({
      expected: `${on} to be approved for ${sayRights(device.list.request?.rights ?? NONE)}`,
      seen: `${done === true ? 'done' : 'denied'}; ${saySight(list[on])}`,
    }));
  }),
  ofDecisions(
    ['approve-stale'],
    'old-ids-approve-nothing',
    'An id that was decided or replaced approves nothing.',
    (step, on) => {
      const still = unchanged(step, [on], true);
      return still !== 'holds' || step.seen.done === false
        ? still
        : { expected: 'the operator to be denied', seen: 'the old id was taken' };
    },
  ),
  ofDecisions(
    ['reject'],
    'rejection-leaves-nothing',
    'A rejected request is gone, and leaves no record.',
    (step, on) => {
      const still = unchanged(step, [on], false);
      if (still !== 'holds') return still;
      return holdsIf(step.seen.done === true && step.seen.list[on].request === null, () => ({
        expected: 'no request any more',
        seen: `${step.seen.done === true ? 'done' : 'denied'}; ${saySight(step.seen.list[on])}`,
      }));
    },
  ),
  ofDecisions(
    ['remove'],
    'removal-leaves-nothing',
    'A removed device is not on the list any more.',
    (step, on, device) => {
      if (device.list.rights === null) return null;
      return holdsIf(step.seen.done === true && step.seen.list[on].rights === null, () => ({
        expected: `${on} not to be paired`,
        seen: `${step.seen.done === true ? 'done' : 'denied'}; ${saySight(step.seen.list[on])}`,
      }));
    },
  ),
  ofDecisions(
    ['approve'],
    'approvers-give-what-they-have',
    'Whoever approves gives no scope that it does not hold itself.',
    (step, on, device) => {
      const held = heldByDecider(step);
      if (held === null) return null;
      const asked = device.waiting?.first ?? NONE;
      const may = withImplied(held).union(new Set(ROLES));
      return givesNoMoreThan(step, on, device.most.union(asked.intersection(may)));
    },
  ),
  ofDecisions(['approve'], 'nodes-need-an-admin', 'Only an admin makes a device a node.', (step, on, device) => {
    const held = heldByDecider(step);
    if (held === null || device.most.has('node') || held.has('operator.admin')) return null;
    return holdsIf(!(step.seen.list[on].rights ?? NONE).has('node'), () => ({
      expected: `${on} not to be a node`,
      seen: saySight(step.seen.list[on]),
    }));
  }),
  ofDecisions(
    ['approve', 'rotate'],
    'devices-decide-about-themselves',
    'A device that came by its own token decides about no other, unless it is an admin.',
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
    'rotation-mints-nothing',
    'Whoever rotates a token chooses no scope for it that it does not hold itself.',
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
    'rotation-gives-nothing',
    'A new token gives no right that was not approved.',
    (step, on, device) => givesNoMoreThan(step, on, device.most),
  ),
  ofDecisions(
    ['revoke', 'remove', 'reject'],
    'taking-gives-nothing',
    'Taking away gives nothing.',
    (step, on, device) => givesNoMoreThan(step, on, device.most),
  ),
  ofDecisions(
    ['approve', 'approve-stale', 'reject', 'rotate', 'revoke', 'remove'],
    'denied-changes-nothing',
    'What is denied changes nothing.',
    (step, on) => (step.seen.done === false ? unchanged(step, [on], true) : null),
  ),
  ofKnocks('tokens-work', 'A device token works for what it was given for.', (step, knock, device) => {
    if (knock.shows !== 'device-token' || worthOf(step, knock, device) !== 'good') return null;
    return holdsIf(step.seen.met?.kind === 'admitted', () => ({
      expected: `to be let in as ${sayRights(knock.asks)}`,
      seen: sayMet(step.seen),
    }));
  }),
  ofDecisions(
    ['revoke', 'remove'],
    'revoked-session-ends',
    'Sessions of a device that was revoked or removed end.',
    sessionsEnd,
  ),
  ofDecisions(['rotate'], 'rotated-session-ends', 'Sessions that were opened with a replaced token end.', sessionsEnd),
  {
    name: 'others-are-left-alone',
    says: 'What is done about one device changes nothing of another.',
    of(step) {
      const on = deviceOf(step.deed);
      if (on === null) return null;
      const isPairing = step.deed.kind === 'knock' && step.deed.from === 'loopback';
      const others = DEVICES.filter((name) => {
        if (name === on) return false;
        const mayGo = isPairing && step.release.has('retiresSilentPairings') && !step.before.devices[name].byOperator;
        return !(mayGo && step.seen.list[name].rights === null);
      });
      return unchanged(step, others, true);
    },
  },
  ofKnocks(
    'nothing-leaks',
    'No secret is shown to whoever does not know it, or written down.',
    ({ seen: { leaked } }) =>
      holdsIf(leaked.length === 0, () => ({ expected: 'no secret shown', seen: leaked.join(', ') })),
  ),
  {
    name: 'restart-keeps-the-lists',
    says: 'A restart changes nothing of the lists.',
    of: (step) => (step.deed.kind === 'restart' ? unchanged(step, DEVICES, true) : null),
  },
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

/** A claim that was held against a deed, with how it is broken; null where it holds. */
export type Ruling = { claim: Claim; breach: Breach | null };

/** Holds every claim that is about this deed against it. */
export function ruleOn(step: Step): Ruling[] {
  return CLAIMS.flatMap((claim) => {
    const found = claim.of(step);
    return found === null ? [] : [{ claim, breach: found === 'holds' ? null : found }];
  });
}

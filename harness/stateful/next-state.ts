import { type Action, deviceOf, type KnockAction, type Seen } from './action.ts';
import { DEVICE_OF, DEVICES, type DeviceName, type Entry, PROGRAMS, type Program, programsOf } from './devices.ts';
import { exceeding, NONE, permissionsOf, permissionsWithout, type Role } from './permissions.ts';
import type { Release } from './releases.ts';
import { type Device, type Session, type State, type Token, UNKNOWN_DEVICE, type Waiting } from './state.ts';

/** The state after an action, from its observation. Does not judge the observation; properties.ts does. */
export function nextState(before: State, action: Action, seen: Seen, release: Release): State {
  const name = deviceOf(action);
  const devices = { ...before.devices };
  if (name !== null) devices[name] = afterAction(before, name, action, seen, release);
  for (const each of DEVICES) devices[each] = inStep(devices[each], seen.list[each]);
  return {
    devices,
    tokens: tokensAfter(before, action, seen),
    sessions: sessionsAfter(before, action, seen),
    code: codeAfter(before, action, seen),
    restarted: before.restarted || action.kind === 'restart',
  };
}

/** The state with everything in the pairing list counted as approved: after a known break of a release, so that the search can continue. */
export function withListApproved(state: State): State {
  const devices = { ...state.devices };
  for (const name of DEVICES) {
    const device = devices[name];
    const { rights, request } = device.list;
    devices[name] = {
      ...device,
      most: device.most.union(rights ?? NONE),
      waiting:
        device.waiting === null || request === null
          ? device.waiting
          : { ...device.waiting, first: device.waiting.first.union(request.rights) },
    };
  }
  return { ...state, devices };
}

function afterAction(before: State, name: DeviceName, action: Action, seen: Seen, release: Release): Device {
  const device = before.devices[name];
  return action.kind === 'knock'
    ? afterKnock(device, action, seen.list[name], seen)
    : afterDecision(before, name, action, seen, release);
}

function afterDecision(
  before: State,
  name: DeviceName,
  action: Exclude<Action, KnockAction>,
  seen: Seen,
  release: Release,
): Device {
  const device = before.devices[name];
  const values = (role: Role | null): Set<string> =>
    new Set(
      programsOf(name).flatMap((program) => {
        const token = before.tokens[program];
        return token !== undefined && (role === null || token.role === role) ? [token.value] : [];
      }),
    );
  // Without an answer, the pairing list shows whether the gateway carried out an approval.
  const isDone = seen.done ?? (action.kind === 'approve' && seen.list[name].request === null);
  if (!isDone) return device;
  switch (action.kind) {
    case 'approve':
      return afterApproval(device, seen.list[name]);
    case 'reject':
      return { ...device, waiting: null };
    case 'remove':
      return { ...UNKNOWN_DEVICE, ids: device.ids, waiting: device.waiting, dead: device.dead.union(values(null)) };
    case 'revoke': {
      const dead = device.dead.union(values(action.role));
      if (!release.has('revocation-takes-the-role')) return { ...device, dead };
      const revoked = device.revoked.union(new Set([action.role]));
      return { ...device, dead, revoked, sure: permissionsWithout(device.sure, action.role) };
    }
    case 'rotate': {
      // A token for fewer scopes may also reduce what needs no approval. A revoked role may come back with the new token.
      const { scopes } = action;
      const kept = scopes === null ? device.sure : device.sure.intersection(permissionsOf(action.role, scopes));
      const sure = action.role === 'operator' ? kept.union(device.sure.intersection(new Set(['node']))) : device.sure;
      const revoked = device.revoked.difference(new Set([action.role]));
      return { ...device, sure, revoked, dead: device.dead.union(values(action.role)) };
    }
    case 'approve-stale':
    case 'mint':
    case 'restart':
      return device;
  }
}

function afterKnock(device: Device, action: KnockAction, list: Entry, { met }: Seen): Device {
  const waits = waitingAfter(device, action, list, met?.kind === 'admitted');
  const byCode = action.shows === 'setup-code' && met?.kind === 'admitted';
  if ((action.from === 'lan' && !byCode) || list.rights === null) return { ...device, waiting: waits };
  // A local client, or one with a setup code, may have got more access silently. Releases differ in when and in how much; the access that a
  // release gave must stay.
  const most = device.most.union(list.rights);
  const isSamePlatform = list.platform === action.machine.platform;
  const machine = isSamePlatform || device.machine === null ? action.machine : device.machine;
  const got = met?.kind === 'admitted' && exceeding(action.asks, list.approved).size === 0;
  if (!got) return { ...device, most, machine, waiting: waits };
  return {
    ...device,
    most,
    waiting: waits,
    sure: device.sure.union(action.asks),
    revoked: device.revoked.difference(new Set([action.role])),
    machine,
  };
}

function waitingAfter(device: Device, { asks, machine }: KnockAction, list: Entry, isIn: boolean): Waiting | null {
  const { request } = list;
  if (request === null) return null;
  const { waiting } = device;
  if (waiting === null) return { asked: asks, last: asks, first: request.rights, machines: [machine] };
  if (isIn) return waiting;
  return {
    asked: waiting.asked.union(asks),
    last: asks,
    first: request.id === device.list.request?.id ? waiting.first : request.rights,
    machines: [...waiting.machines, machine],
  };
}

function afterApproval(device: Device, list: Entry): Device {
  const shown = device.list.request?.rights ?? NONE;
  const { waiting } = device;
  const last = waiting?.last ?? NONE;
  // Releases up to 2026.2 never change a request, whatever the device asks for later.
  const given = exceeding(last, shown).size === 0 ? last : NONE;
  const machines = waiting?.machines ?? [];
  return {
    ...device,
    most: device.most.union(shown),
    sure: device.sure.union(given),
    revoked: new Set([...device.revoked].filter((role) => !shown.has(role))),
    machine: machines.findLast(({ platform }) => platform === list.platform) ?? machines.at(-1) ?? device.machine,
    waiting: null,
    byOperator: true,
  };
}

/** The device with its current entry in the pairing list. A device without a record becomes an unknown device. */
function inStep(device: Device, list: Entry): Device {
  const id = list.request?.id;
  const ids = id === undefined || device.ids.includes(id) ? device.ids : [...device.ids, id];
  const waiting = list.request === null ? null : device.waiting;
  if (list.rights !== null) return { ...device, ids, waiting, list };
  return { ...UNKNOWN_DEVICE, ids, waiting, dead: device.dead, list };
}

function tokensAfter({ tokens }: State, action: Action, seen: Seen): State['tokens'] {
  const next = { ...tokens };
  if (action.kind === 'knock') {
    const { by, role, asks } = action;
    const value = seen.tokens[by];
    if (value === null || value === tokens[by]?.value) return next;
    // A new token of a role may have replaced the tokens of the other programs with this key.
    for (const other of programsOf(DEVICE_OF[by])) doubt(next, other);
    next[by] = { value, role, asks, sure: true };
    return next;
  }
  if (action.kind === 'restart' || action.kind === 'mint' || seen.done === false) return next;
  for (const program of programsOf(action.of)) {
    doubt(next, program);
    const value = seen.tokens[program];
    const had = tokens[program];
    if (action.kind !== 'rotate' || value === null || value === had?.value || had === undefined) continue;
    // If the role differs from that of the former token, the access of the new token is not known.
    const isSame = had.role === action.role;
    const asks = action.scopes === null && isSame ? had.asks : permissionsOf(action.role, action.scopes ?? []);
    next[program] = { value, role: action.role, asks, sure: had.sure && isSame };
  }
  return next;
}

function codeAfter({ code, devices }: State, action: Action, { met, list }: Seen): State['code'] {
  if (action.kind === 'mint') return { left: 'fresh' };
  if (action.kind !== 'knock' || action.shows !== 'setup-code' || code?.left === 'spent') return code;
  if (met?.kind !== 'admitted') return code?.left === 'kept' ? code : { left: 'shown' };
  const by = DEVICE_OF[action.by];
  const had = devices[by].list.rights;
  const gotMore = had === null || exceeding(list[by].rights ?? NONE, had).size > 0;
  // A local client may have got the access without the code: then 2026.4.20 does not use up the code.
  return { left: gotMore && action.from === 'lan' ? 'spent' : 'kept', by };
}

function doubt(tokens: Partial<Record<Program, Token>>, program: Program): void {
  const token = tokens[program];
  if (token !== undefined) tokens[program] = { ...token, sure: false };
}

function sessionsAfter({ sessions }: State, action: Action, { met, open }: Seen): State['sessions'] {
  const next: Partial<Record<Program, Session>> = {};
  for (const program of PROGRAMS) {
    const session = sessions[program];
    if (session === undefined || !open.has(program)) continue;
    // Some releases also end sessions that need not end, and do so with a delay.
    const isMeant = action.kind !== 'knock' && deviceOf(action) === DEVICE_OF[program];
    next[program] = isMeant ? { ...session, settled: false } : session;
  }
  if (action.kind !== 'knock') return next;
  delete next[action.by];
  if (met?.kind === 'admitted' && open.has(action.by))
    next[action.by] = {
      role: action.role,
      rights: met.rights,
      byToken: action.shows === 'device-token',
      settled: true,
    };
  return next;
}

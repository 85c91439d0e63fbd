import { EnvironmentError } from '../exit.ts';
import { type PairedDevice, type PairingList, stateOf } from '../gateway/pairing/pairing.ts';
import { needed, type StageInPlay } from '../gateway/stage/stage.ts';
import { createOrder } from '../order.ts';
import { ALONE } from '../play/barrier.ts';
import { clientStateIn, clientStatesOf } from '../play/clients.ts';
import { createMutex, type PlayContext, type Timeouts } from '../play/context.ts';
import { type Decision, playDecision } from '../play/pairing-decision.ts';
import type { StepRecord } from '../play/record.ts';
import { playBootstrap } from '../play/steps/bootstrap.ts';
import { playKnock } from '../play/steps/knock.ts';
import { playStart, playWait } from '../play/steps/lifecycle.ts';
import type { SecretRegistry } from '../redaction/redactor.ts';
import type { ClaimsDeclaration } from '../scenario/schema/claims.ts';
import type { Answer, Outcome } from '../scenario/schema/observation.ts';
import {
  type Action,
  deciderOf,
  type KnockAction,
  type KnockOutcome,
  type PresentedCredential,
  type Seen,
} from './action.ts';
import { DEVICE_OF, DEVICES, type DeviceName, type Entry, PROGRAMS, type Program } from './devices.ts';
import { NONE, type Permissions, permissionsOf, type Role, scopesIn } from './permissions.ts';
import { mustEnd, type State } from './state.ts';

/** The kinds of the programs: two commands, and one backend service that shares the key of the first. */
const CLIENTS = {
  phone: { kind: 'cli' },
  'phone-too': { kind: 'backend' },
  laptop: { kind: 'cli' },
} as const satisfies Record<Program, object>;

/** A play context with the programs of the model and new keys, which the gateway does not know. */
export function openContext(
  stage: StageInPlay,
  secretRegistry: SecretRegistry,
  timeouts: Timeouts,
  seed: number,
  knocked: () => void,
): PlayContext {
  const clientStates = clientStatesOf({ clients: CLIENTS });
  for (const program of PROGRAMS) {
    const { identity, deviceId } = clientStateIn(clientStates, DEVICE_OF[program]);
    Object.assign(clientStateIn(clientStates, program), { identity, deviceId });
  }
  const rowsBefore = { paired: NONE, pending: NONE };
  return {
    owner: 'model',
    stage,
    clientStates,
    secretRegistry,
    timeouts,
    rowsBefore,
    runExclusive: createMutex(),
    seat: ALONE,
    knocked,
    order: createOrder(seed),
  };
}

/** Closes the connections of the programs, and removes their devices and requests from the pairing list: gateways slow down as it grows. */
export async function closeContext(context: PlayContext): Promise<void> {
  for (const { connection } of context.clientStates.values()) await connection?.close();
  const list = await context.stage.operator().list();
  for (const of of DEVICES) {
    const { paired, pending } = stateOf(list, clientStateIn(context.clientStates, of).deviceId);
    if (pending !== null) await playDecision(context, { kind: 'reject', as: null, of });
    if (paired !== null) await playDecision(context, { kind: 'remove', as: null, of });
  }
}

/**
 * Plays an action on the stage of the context, with the steps of scenarios, and observes it. Waits up to `endsWithinSeconds` for the end of
 * each session that must end. Throws EnvironmentError if there is no observation: the pairing list cannot be read, the gateway does not come
 * back after a restart, or its rate limit refuses the client.
 */
export async function execute(
  context: PlayContext,
  state: State,
  action: Action,
  endsWithinSeconds: number,
): Promise<Seen> {
  const record = await play(context, state, action);
  const { notCarriedOut: why, answer, outcome, leaked = [] } = record.observation;
  if (why !== undefined) throw new EnvironmentError(`an operation could not be carried out: ${why}`, HOW_TO_REPEAT);
  const done = answer === undefined ? null : doneBy(action, answer);
  if (done === true)
    for (const program of mustEnd(state, action))
      await playWait(context, { closed: program, withinSeconds: endsWithinSeconds });
  const list = await context.stage.operator().list();
  return {
    met: outcome === undefined || action.kind !== 'knock' ? null : combinationsIn(outcome, action.role),
    done,
    list: everyDevice((name) => entryIn(list, clientStateIn(context.clientStates, name).deviceId)),
    tokens: everyProgram((program) => clientStateIn(context.clientStates, program).deviceToken),
    open: new Set(
      PROGRAMS.filter((program) => clientStateIn(context.clientStates, program).connection?.isOpen() === true),
    ),
    leaked,
  };
}

const HOW_TO_REPEAT = 'Run the same command again, with the seed that it printed.';

/** Whether the gateway carried out a decision; null if the session of the deciding program ended first. */
function doneBy(action: Action, answer: Answer): boolean | null {
  if (answer.kind === 'answered') return true;
  if (answer.kind === 'denied') return false;
  if (answer.kind === 'closed' && deciderOf(action) !== null) return null;
  throw new EnvironmentError(`the gateway does not answer the operator: ${answer.kind}`, HOW_TO_REPEAT);
}

function play(context: PlayContext, state: State, action: Action): Promise<StepRecord> {
  if (action.kind === 'knock') return playKnock(context, knockBody(action));
  if (action.kind === 'restart') return playStart(context, () => needed(context.stage, 'lifecycle').restart(false));
  if (action.kind === 'mint') return playMint(context, action.limited);
  if (action.kind === 'approve-stale')
    clientStateIn(context.clientStates, action.of).requestIds = [...state.devices[action.of].ids];
  return playDecision(context, decisionOf(action));
}

/** Issues a setup code with the `openclaw` command, and gives it to every program. */
async function playMint(context: PlayContext, limited: boolean): Promise<StepRecord> {
  const [first, ...others] = PROGRAMS;
  const record = await playBootstrap(context, { of: first, limited });
  const { notCarriedOut, command } = record.observation;
  if (notCarriedOut === undefined && command?.exitCode !== 0)
    throw new EnvironmentError(`no setup code could be issued: ${command?.stderr}`, HOW_TO_REPEAT);
  for (const program of others)
    clientStateIn(context.clientStates, program).bootstrapToken = clientStateIn(
      context.clientStates,
      first,
    ).bootstrapToken;
  return record;
}

const CREDENTIAL = {
  secret: 'token',
  'device-token': 'device-token',
  'setup-code': 'bootstrap-token',
} as const satisfies Record<PresentedCredential, string>;

/**
 * The connect params that identify the client. With a setup code, a program connects as the iOS app: 2026.9.6 admits no other client by
 * one.
 */
function clientIdentity({ role, shows }: KnockAction): ClaimsDeclaration {
  if (shows === 'setup-code') return { clientId: 'openclaw-ios', clientMode: role === 'node' ? 'node' : 'ui' };
  return role === 'node' ? { kind: 'node' } : {};
}

function knockBody(action: KnockAction): Parameters<typeof playKnock>[1] {
  const { by, from, role, asks, machine, shows } = action;
  const claims = {
    role,
    scopes: scopesIn(asks),
    ...machine,
    ...clientIdentity(action),
    credential: CREDENTIAL[shows],
  };
  return { as: by, from, claims };
}

function decisionOf(action: Exclude<Action, { kind: 'knock' | 'mint' | 'restart' }>): Decision {
  const { of } = action;
  switch (action.kind) {
    case 'approve':
      return { kind: 'approve', as: action.by, of, request: 'current' };
    case 'approve-stale':
      return { kind: 'approve', as: null, of, request: 'first' };
    case 'rotate':
      return {
        kind: 'rotate',
        as: action.by,
        of,
        role: action.role,
        scopes: action.scopes === null ? null : [...action.scopes],
      };
    case 'revoke':
      return { kind: 'revoke', as: null, of, role: action.role };
    case 'reject':
    case 'remove':
      return { kind: action.kind, as: null, of };
  }
}

function combinationsIn(outcome: Outcome, asked: Role): KnockOutcome {
  switch (outcome.kind) {
    case 'admitted':
      // Up to 2026.4, hello-ok names no role for a client without a pairing record; calls prove its scopes.
      return {
        kind: 'admitted',
        rights: permissionsOf(outcome.role === 'unstated' ? asked : outcome.role, outcome.scopes),
      };
    case 'refused':
      if (outcome.cause === 'rate-limit' || outcome.cause === 'starting')
        throw new EnvironmentError(
          `the gateway refused a knock because of its own state: ${outcome.text}`,
          HOW_TO_REPEAT,
        );
      return { kind: 'refused', cause: outcome.cause };
    case 'timeout':
      return { kind: 'undecided', text: `no answer in ${outcome.afterMs} ms while ${outcome.phase}` };
    case 'unreachable':
      throw new EnvironmentError(`the gateway is gone: ${outcome.text}`, HOW_TO_REPEAT);
    case 'crash':
    case 'unreadable':
      return { kind: 'undecided', text: `${outcome.kind} while ${outcome.phase}: ${outcome.text}` };
  }
}

/** The entry of a device in the pairing list, in the types of the model. */
export function entryIn(list: PairingList, deviceId: string): Entry {
  const { paired, pending } = stateOf(list, deviceId);
  return {
    rights: paired === null ? null : rightsIn(paired),
    approved: paired === null ? NONE : approvedIn(paired),
    platform: paired?.platform?.trim().toLowerCase() ?? null,
    request: pending === null ? null : { id: pending.requestId, rights: new Set(namesIn(pending)) },
  };
}

/** The roles and scopes that a row names. */
function namesIn(row: { role?: string | undefined; scopes: readonly string[]; roles?: unknown }): string[] {
  const roles = Array.isArray(row.roles) ? row.roles.filter((role) => typeof role === 'string') : [];
  return [...(row.role === undefined ? [] : [row.role]), ...roles, ...row.scopes];
}

function rightsIn(device: PairedDevice): Permissions {
  const tokens = device.tokens.filter(({ revokedAtMs }) => revokedAtMs === undefined);
  return new Set([...namesIn(device), ...device.approvedScopes, ...tokens.flatMap(namesIn)]);
}

function approvedIn({ role, roles, scopes, approvedScopes }: PairedDevice): Permissions {
  return new Set(namesIn({ role, roles, scopes: approvedScopes.length > 0 ? approvedScopes : scopes }));
}

function everyDevice<T>(of: (name: DeviceName) => T): Record<DeviceName, T> {
  return { phone: of('phone'), laptop: of('laptop') };
}

function everyProgram<T>(of: (program: Program) => T): Record<Program, T> {
  return { phone: of('phone'), 'phone-too': of('phone-too'), laptop: of('laptop') };
}

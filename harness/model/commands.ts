import fc, { type Arbitrary, type AsyncCommand } from 'fast-check';
import { OPERATOR_SCOPES } from '../gateway/operator.ts';
import type { Deed, From, KnockDeed } from './deed.ts';
import type { Release } from './releases.ts';
import { NONE, type Rights, ROLES, type Role, rightsOf, scopesIn } from './rights.ts';
import { DEVICE_OF, DEVICES, type Machine, type Program, type State, staleIdOf } from './state.ts';

/** What commands are chosen by: the state so far, on this release. */
export type Model = { state: State; readonly release: Release };

/** Carries a deed out and moves the model on; rejects where a claim is broken. */
export type Real = { do(model: Model, deed: Deed): Promise<void> };

type Command = AsyncCommand<Model, Real>;

/** Gives the deed that a command comes to in this state; null where it makes no sense there. */
type Plan = (model: Readonly<Model>) => Deed | null;

function command(name: string, plan: Plan): Command {
  return {
    check: (model) => plan(model) !== null,
    async run(model, real) {
      const deed = plan(model);
      if (deed !== null) await real.do(model, deed);
    },
    toString: () => name,
  };
}

const HERE: Machine = { platform: 'linux', deviceFamily: 'Linux' };
const ELSEWHERE: Machine = { platform: 'windows', deviceFamily: 'Windows' };

const other = ({ platform }: Machine): Machine => (platform === HERE.platform ? ELSEWHERE : HERE);

/** What programs ask for, the least first: that is what a violation shrinks to. */
const ASKED: readonly { role: Role; scopes: readonly string[] }[] = [
  { role: 'operator', scopes: ['operator.read'] },
  { role: 'operator', scopes: ['operator.read', 'operator.write'] },
  { role: 'operator', scopes: ['operator.approvals'] },
  { role: 'operator', scopes: ['operator.pairing', 'operator.read'] },
  { role: 'operator', scopes: ['operator.admin'] },
  { role: 'operator', scopes: [] },
  { role: 'node', scopes: [] },
];

// Shrinking goes to what stands first.
const by: Arbitrary<Program> = fc.constantFrom('phone', 'laptop', 'phone-too');
const of = fc.constantFrom(...DEVICES);
const role = fc.oneof({ arbitrary: fc.constant(ROLES[0]), weight: 4 }, { arbitrary: fc.constant(ROLES[1]), weight: 1 });
const from: Arbitrary<From> = fc.oneof(
  { arbitrary: fc.constant('lan' as const), weight: 4 },
  { arbitrary: fc.constant('loopback' as const), weight: 1 },
);
const moves = fc.oneof({ arbitrary: fc.constant(false), weight: 7 }, { arbitrary: fc.constant(true), weight: 1 });
const scope = fc.constantFrom('operator.write', ...OPERATOR_SCOPES);

function knock(who: Pick<KnockDeed, 'by' | 'from'>, as: Role, scopes: readonly string[], machine: Machine): KnockDeed {
  return { kind: 'knock', ...who, role: as, asks: rightsOf(as, scopes), machine, shows: 'secret' };
}

/** Somebody knocks, whatever was decided about it so far: a first pairing, another role, more, less or the same. */
const knocks = fc
  .record({ by, from, asked: fc.constantFrom(...ASKED), moves })
  .map(({ asked, moves, ...who }) =>
    command('knock', () => knock(who, asked.role, asked.scopes, moves ? ELSEWHERE : HERE)),
  );

/** The approved scopes of a role; null where nothing is sure about it. */
function sureScopes({ state }: Readonly<Model>, program: Program, as: Role): string[] | null {
  const { sure } = state.devices[DEVICE_OF[program]];
  if (!sure.has(as)) return null;
  return as === 'operator' ? scopesIn(sure) : [];
}

const whereItWas = ({ state }: Readonly<Model>, program: Program, moved: boolean): Machine => {
  const machine = state.devices[DEVICE_OF[program]].machine ?? HERE;
  return moved ? other(machine) : machine;
};

/** A device that was approved comes back for all of it or for less, perhaps on another machine. */
const returns = fc
  .record({ by, from, role, moves, without: fc.subarray<string>([...OPERATOR_SCOPES]) })
  .map(({ by, from, role, moves, without }) =>
    command('come back', (model) => {
      const scopes = sureScopes(model, by, role)?.filter((each) => !without.includes(each));
      return scopes === undefined ? null : knock({ by, from }, role, scopes, whereItWas(model, by, moves));
    }),
  );

/** A device that was approved asks for that and for more. */
const asksForMore = fc.record({ by, from, scope }).map(({ by, from, scope }) =>
  command('ask for more', (model) => {
    const scopes = sureScopes(model, by, 'operator');
    if (scopes === null || scopes.includes(scope)) return null;
    return knock({ by, from }, 'operator', [...scopes, scope], whereItWas(model, by, false));
  }),
);

/** A program shows the token that it was given last, for what it was given for or for more. */
const showsToken = fc.record({ by, from, more: fc.option(scope), moves }).map(({ by, from, more, moves }) =>
  command('show the device token', (model) => {
    const token = model.state.tokens[by];
    if (token === undefined || !model.release.has('takesDeviceTokens')) return null;
    const extra: Rights = more === null || token.role === 'node' ? NONE : new Set([more]);
    const machine = whereItWas(model, by, moves);
    const asks = token.asks.union(extra);
    return { kind: 'knock', by, from, role: token.role, asks, machine, shows: 'device-token' };
  }),
);

const approves = of.map((of) =>
  command('approve', ({ state }) => (state.devices[of].list.request === null ? null : { kind: 'approve', of })),
);
const approvesStale = of.map((of) =>
  command('approve an old id', ({ state }) =>
    staleIdOf(state.devices[of]) === null ? null : { kind: 'approve-stale', of },
  ),
);
const rejects = of.map((of) =>
  command('reject', ({ state }) => (state.devices[of].list.request === null ? null : { kind: 'reject', of })),
);

const isPaired = ({ state }: Readonly<Model>, name: (typeof DEVICES)[number]): boolean =>
  state.devices[name].list.rights !== null;

const rotates = fc
  .record({ of, role, to: fc.constantFrom('as it is' as const, 'less' as const, 'more' as const) })
  .map(({ of, role, to }) =>
    command('rotate', (model) => {
      if (!isPaired(model, of)) return null;
      const held = scopesIn(model.state.devices[of].sure);
      const scopes = { 'as it is': null, less: held.slice(0, 1), more: [...held, 'operator.admin'] }[to];
      return { kind: 'rotate', of, role, scopes: role === 'node' ? null : scopes };
    }),
  );
const revokes = fc
  .record({ of, role })
  .map(({ of, role }) => command('revoke', (model) => (isPaired(model, of) ? { kind: 'revoke', of, role } : null)));
const removes = of.map((of) => command('remove', (model) => (isPaired(model, of) ? { kind: 'remove', of } : null)));

/** It takes as long as everything else of a run together, so there is one at most, and few runs have it. */
const restarts = fc.constant(command('restart', ({ state }) => (state.restarted ? null : { kind: 'restart' })));

/** How many commands a run is made of at most; of each two, one makes sense when it is its turn, and is carried out. */
const COMMANDS_IN_A_RUN = 60;

/**
 * Runs of commands. With a seed and a path, the same again: `replayPath` is what fast-check needs beside these, for which commands make
 * sense shows only when they are carried out.
 */
export function commandRuns(replayPath: string | null): Arbitrary<Iterable<Command>> {
  const one = fc.oneof(
    { arbitrary: knocks, weight: 24 },
    { arbitrary: approves, weight: 20 },
    { arbitrary: returns, weight: 16 },
    { arbitrary: asksForMore, weight: 10 },
    { arbitrary: showsToken, weight: 20 },
    { arbitrary: approvesStale, weight: 8 },
    { arbitrary: rejects, weight: 5 },
    { arbitrary: rotates, weight: 8 },
    { arbitrary: revokes, weight: 6 },
    { arbitrary: removes, weight: 5 },
    { arbitrary: restarts, weight: 1 },
  );
  return fc.commands<Model, Real, false>([one], {
    maxCommands: COMMANDS_IN_A_RUN,
    size: 'max',
    ...(replayPath === null ? {} : { replayPath }),
  });
}

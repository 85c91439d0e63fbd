import fc, { type Arbitrary, type AsyncCommand } from 'fast-check';
import { COMMANDS_IN_A_RUN } from '../limits.ts';
import { OPERATOR_SCOPES } from '../scenario/schema/scopes.ts';
import type { Action, Decider, From, KnockAction } from './action.ts';
import { DEVICE_OF, DEVICES, type DeviceName, type Machine, PROGRAMS, type Program } from './devices.ts';
import { NONE, type Permissions, permissionsOf, ROLES, type Role, scopesIn, withImplied } from './permissions.ts';
import type { Release } from './releases.ts';
import { type State, staleIdOf } from './state.ts';

/** The state of the reference model so far, and the release. A command plans its actions from it. */
export type Model = { state: State; readonly release: Release };

/** Plays an action on the gateway and updates the model; rejects if a property is broken. */
export type Real = { do(model: Model, action: Action): Promise<void> };

type Command = AsyncCommand<Model, Real>;

/** Plans an action in this state; null if it is not applicable. */
type Plan = (model: Readonly<Model>) => Action | null;

/** A command with one action or more. It is applicable if the first plan is; a later plan that is not applicable by then is skipped. */
function command(name: string, ...plans: Plan[]): Command {
  return {
    check: (model) => plans[0]?.(model) != null,
    async run(model, real) {
      for (const plan of plans) {
        const action = plan(model);
        if (action !== null) await real.do(model, action);
      }
    },
    toString: () => name,
  };
}

const USUAL: Machine = { platform: 'linux', deviceFamily: 'Linux' };
const ANOTHER: Machine = { platform: 'windows', deviceFamily: 'Windows' };

/** The machine that the app for setup codes reports. */
const PHONE: Machine = { platform: 'ios', deviceFamily: 'iPhone' };

const other = ({ platform }: Machine): Machine => (platform === USUAL.platform ? ANOTHER : USUAL);

/** Shrinks to the first alternative, so each list of alternatives begins with the simplest. */
const SHRINKS_TO_THE_FIRST = { withCrossShrink: true } as const;

type Asked = { role: Role; scopes: readonly string[] };

/** What programs ask for. Scopes that permit decisions about other devices have more weight, because they make more actions possible. */
const ASKED: readonly (Asked & { weight: number })[] = [
  { role: 'operator', scopes: ['operator.read'], weight: 3 },
  { role: 'operator', scopes: ['operator.read', 'operator.write'], weight: 2 },
  { role: 'operator', scopes: ['operator.approvals'], weight: 1 },
  { role: 'operator', scopes: ['operator.pairing', 'operator.read'], weight: 6 },
  { role: 'operator', scopes: ['operator.admin'], weight: 2 },
  { role: 'operator', scopes: [], weight: 1 },
  { role: 'node', scopes: [], weight: 3 },
];
const asked = oneOfAsked(ASKED);

function oneOfAsked(all: readonly (Asked & { weight: number })[]): Arbitrary<Asked> {
  return fc.oneof(
    SHRINKS_TO_THE_FIRST,
    ...all.map(({ weight, ...asks }) => ({ arbitrary: fc.constant<Asked>(asks), weight })),
  );
}

const by: Arbitrary<Program> = fc.constantFrom('phone', 'laptop', 'phone-too');
const of = fc.constantFrom(...DEVICES);
const role = fc.oneof({ arbitrary: fc.constant(ROLES[0]), weight: 4 }, { arbitrary: fc.constant(ROLES[1]), weight: 1 });
const from: Arbitrary<From> = fc.oneof(
  SHRINKS_TO_THE_FIRST,
  { arbitrary: fc.constant('lan' as const), weight: 4 },
  { arbitrary: fc.constant('loopback' as const), weight: 1 },
);
const moves = fc.oneof({ arbitrary: fc.constant(false), weight: 7 }, { arbitrary: fc.constant(true), weight: 1 });
const scope = fc.constantFrom('operator.write', ...OPERATOR_SCOPES);

function knock(
  who: Pick<KnockAction, 'by' | 'from'>,
  as: Role,
  scopes: readonly string[],
  machine: Machine,
): KnockAction {
  return { kind: 'knock', ...who, role: as, asks: permissionsOf(as, scopes), machine, shows: 'secret' };
}

/** A program knocks, in any state: a first pairing, another role, more access, less or the same. */
const knocks = fc
  .record({ by, from, asked, moves })
  .map(({ asked, moves, ...who }) =>
    command('knock', () => knock(who, asked.role, asked.scopes, moves ? ANOTHER : USUAL)),
  );

/**
 * A program knocks, is approved, is admitted, and knocks again with its token, as most sequences begin. It shrinks to fewer of these
 * actions.
 */
const pairs = fc.record({ by, asked, actions: fc.integer({ min: 1, max: 4 }) }).map(({ by, asked, actions }) => {
  const comes: Plan = (model) => knock({ by, from: 'lan' }, asked.role, asked.scopes, whereItWas(model, by, false));
  const isApproved: Plan = ({ state }) => {
    const of = DEVICE_OF[by];
    return state.devices[of].list.request === null ? null : { kind: 'approve', of, by: null };
  };
  const showsToken: Plan = (model) => withToken(model, { by, from: 'lan' }, NONE, false);
  return command('pair', ...[comes, isApproved, comes, showsToken].slice(0, actions));
});

/** The scopes that the gateway must grant in a role; null if the role is not approved for sure. */
function sureScopes({ state }: Readonly<Model>, program: Program, as: Role): string[] | null {
  const { sure } = state.devices[DEVICE_OF[program]];
  if (!sure.has(as)) return null;
  return as === 'operator' ? scopesIn(sure) : [];
}

const whereItWas = ({ state }: Readonly<Model>, program: Program, moved: boolean): Machine => {
  const machine = state.devices[DEVICE_OF[program]].machine ?? USUAL;
  return moved ? other(machine) : machine;
};

const without = fc.oneof(
  SHRINKS_TO_THE_FIRST,
  { arbitrary: fc.constant<string[]>([]), weight: 2 },
  { arbitrary: fc.subarray<string>([...OPERATOR_SCOPES]), weight: 1 },
);

/** What a program asks for with a setup code: the access that the code grants, and access that it does not. */
const WITH_A_CODE: readonly (Asked & { weight: number })[] = [
  { role: 'node', scopes: [], weight: 4 },
  { role: 'operator', scopes: ['operator.read'], weight: 1 },
  { role: 'operator', scopes: ['operator.pairing'], weight: 1 },
  { role: 'operator', scopes: ['operator.admin'], weight: 1 },
];
const askedWithCode = oneOfAsked(WITH_A_CODE);

const showsCode =
  (who: Pick<KnockAction, 'by' | 'from'>, asks: Asked): Plan =>
  (model) =>
    model.state.code === null
      ? null
      : {
          ...knock(who, asks.role, asks.scopes, model.state.devices[DEVICE_OF[who.by]].machine ?? PHONE),
          shows: 'setup-code',
        };

const makesCode: Plan = ({ release }) =>
  release.has('setup-codes') ? { kind: 'mint', limited: release.has('limited-setup-codes') } : null;

/** The owner issues a setup code, a program pairs with it, and a program presents it again. */
const joins = fc
  .record({ by, thief: by, from, asked: askedWithCode, actions: fc.integer({ min: 1, max: 3 }) })
  .map(({ by, thief, from, asked, actions }) =>
    command(
      'join with a setup code',
      ...[makesCode, showsCode({ by, from }, asked), showsCode({ by: thief, from: 'lan' }, asked)].slice(0, actions),
    ),
  );

/** A program presents the last setup code, in any state of the code. */
const showsOldCode = fc
  .record({ by, from, asked: askedWithCode })
  .map(({ asked, ...who }) => command('show the setup code', showsCode(who, asked)));

/** An approved device knocks for all of its access or for less, perhaps with another machine. */
const returns = fc.record({ by, from, role, moves, without }).map(({ by, from, role, moves, without }) =>
  command('come back', (model) => {
    const scopes = sureScopes(model, by, role)?.filter((each) => !without.includes(each));
    return scopes === undefined ? null : knock({ by, from }, role, scopes, whereItWas(model, by, moves));
  }),
);

/** An approved device asks for its access and one more scope. */
const asksForMore = fc.record({ by, from, scope }).map(({ by, from, scope }) =>
  command('ask for more', (model) => {
    const scopes = sureScopes(model, by, 'operator');
    if (scopes === null || scopes.includes(scope)) return null;
    return knock({ by, from }, 'operator', [...scopes, scope], whereItWas(model, by, false));
  }),
);

/** A knock with the last token of the program, for the access of the token and `more`; null if the program has no token. */
function withToken(
  model: Readonly<Model>,
  who: Pick<KnockAction, 'by' | 'from'>,
  more: Permissions,
  moved: boolean,
): KnockAction | null {
  const token = model.state.tokens[who.by];
  if (token === undefined || !model.release.has('device-tokens')) return null;
  const asks = token.role === 'node' ? token.asks : token.asks.union(more);
  return {
    kind: 'knock',
    ...who,
    role: token.role,
    asks,
    machine: whereItWas(model, who.by, moved),
    shows: 'device-token',
  };
}

const showsToken = fc
  .record({ by, from, more: fc.option(scope), moves })
  .map(({ more, moves, ...who }) =>
    command('show the device token', (model) => withToken(model, who, more === null ? NONE : new Set([more]), moves)),
  );

const approves = of.map((of) =>
  command('approve', ({ state }) =>
    state.devices[of].list.request === null ? null : { kind: 'approve', of, by: null },
  ),
);
const approvesStale = of.map((of) =>
  command('approve an old id', ({ state }) =>
    staleIdOf(state.devices[of]) === null ? null : { kind: 'approve-stale', of },
  ),
);
const rejects = of.map((of) =>
  command('reject', ({ state }) => (state.devices[of].list.request === null ? null : { kind: 'reject', of })),
);

const isPaired = ({ state }: Readonly<Model>, name: DeviceName): boolean => state.devices[name].list.rights !== null;

/** A rotation for the same scopes, for fewer, or for more than an operator approved. */
function rotation(
  model: Readonly<Model>,
  by: Decider,
  of: DeviceName,
  as: Role,
  to: 'as it is' | 'less' | 'more',
): Action | null {
  if (!isPaired(model, of)) return null;
  const held = scopesIn(model.state.devices[of].sure);
  const scopes = { 'as it is': null, less: held.slice(0, 1), more: [...held, 'operator.admin'] }[to];
  return { kind: 'rotate', of, by, role: as, scopes: as === 'node' ? null : scopes };
}

const to = fc.constantFrom('as it is' as const, 'less' as const, 'more' as const);
const rotates = fc
  .record({ of, role, to })
  .map(({ of, role, to }) => command('rotate', (model) => rotation(model, null, of, role, to)));

/** A program with operator.pairing decides on its own session, within its own scopes or beyond them. */
const decides = fc
  .record({ by: fc.nat(PROGRAMS.length - 1), of, role, to, approves: fc.boolean() })
  .map(({ by, of, role, to, approves }) =>
    command('decide', (model) => {
      const able = PROGRAMS.filter((program) =>
        withImplied(model.state.sessions[program]?.rights ?? NONE).has('operator.pairing'),
      );
      const who = able[by % able.length];
      if (who === undefined) return null;
      const { devices } = model.state;
      const [waiting] = [of, ...DEVICES].filter((name) => devices[name].list.request !== null);
      if (approves && waiting !== undefined) return { kind: 'approve', of: waiting, by: who };
      return rotation(model, who, of, role, to);
    }),
  );
const revokes = fc
  .record({ of, role })
  .map(({ of, role }) => command('revoke', (model) => (isPaired(model, of) ? { kind: 'revoke', of, role } : null)));
const removes = of.map((of) => command('remove', (model) => (isPaired(model, of) ? { kind: 'remove', of } : null)));

/** A restart takes as long as the rest of a run, so a run has one at most, and few runs have one. */
const restarts = fc.constant(command('restart', ({ state }) => (state.restarted ? null : { kind: 'restart' })));

/**
 * The generator of runs of commands. To repeat a run by seed and path, fast-check also needs `replayPath`, because only playing shows which
 * commands are applicable. null: a new search.
 */
export function commandRuns(replayPath: string | null): Arbitrary<Iterable<Command>> {
  const one = fc.oneof(
    { arbitrary: knocks, weight: 20 },
    { arbitrary: pairs, weight: 16 },
    { arbitrary: approves, weight: 18 },
    { arbitrary: returns, weight: 16 },
    { arbitrary: asksForMore, weight: 10 },
    { arbitrary: showsToken, weight: 20 },
    { arbitrary: joins, weight: 6 },
    { arbitrary: showsOldCode, weight: 6 },
    { arbitrary: approvesStale, weight: 8 },
    { arbitrary: decides, weight: 20 },
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

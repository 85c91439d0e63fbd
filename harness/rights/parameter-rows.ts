import { randomBytes, randomUUID } from 'node:crypto';
import { quoted, type Source } from '../properties/documentation.ts';

/** What the parameters of a row refer to on the stage. */
export type About = {
  /** A paired device that no caller has. */
  bystander: string;
  /** The hash of the gateway's present config, as `config.get` gives it; empty if it gives none. */
  configHash: string;
};

/**
 * A call whose parameters decide who may make it, or which would have an effect. `given` names the parameters. The row is played on releases
 * whose table has the method with one of the scopes in `declared`, because other releases decide in another way.
 */
export type ParameterRow = {
  method: string;
  given: string;
  params(about: About): Record<string, unknown>;
  declared: readonly string[];
  /** All scopes that the call needs; null for those that the table has. */
  needs: string[] | null;
  source: Source;
  /** Why nothing is started by a caller that may make the call; null if something would be, so that only callers without the right make it. */
  harmless: string | null;
};

const SCOPES_PAGE = 'docs/gateway/operator-scopes.md';
const ADMIN = 'operator.admin';
const WRITE = 'operator.write';
const READ = 'operator.read';
const PAIRING = 'operator.pairing';

const NO_NODE = 'There is no such node.';
const WRONG_TYPE = 'The session key is a number, which no session has.';
const NO_REQUEST = 'There is no such request.';

const noNode = (): string => randomBytes(32).toString('hex');
const invoke = (command: string) => () => ({
  nodeId: noNode(),
  command,
  params: {},
  idempotencyKey: randomUUID(),
});

const byParameters = (row: Omit<ParameterRow, 'declared' | 'harmless'> & { harmless: string }): ParameterRow => ({
  ...row,
  declared: ['dynamic'],
});

/** Calls on which the release decides by the parameters. */
const DECIDED: readonly ParameterRow[] = [
  byParameters({
    method: 'agent',
    given: 'message /new',
    params: () => ({ message: '/new' }),
    needs: [ADMIN],
    source: quoted(SCOPES_PAGE, '`operator.admin` for `/new` or `/reset` session lifecycle commands'),
    harmless: 'Without the idempotency key no turn begins.',
  }),
  byParameters({
    method: 'agent',
    given: 'a message to another session',
    params: () => ({ message: 'status', sessionKey: 1, to: 1 }),
    needs: [WRITE],
    source: quoted(SCOPES_PAGE, '`agent` needs `operator.write` for ordinary turns'),
    harmless: WRONG_TYPE,
  }),
  byParameters({
    method: 'node.invoke',
    given: 'an ordinary command',
    params: invoke('camera.snap'),
    needs: [WRITE],
    source: quoted(SCOPES_PAGE, '`node.invoke` needs `operator.write` for ordinary relay commands'),
    harmless: NO_NODE,
  }),
  ...['browser.proxy', 'browser.proxy.upload.v1', 'fs.listDir', 'terminal.upload'].map((command) =>
    byParameters({
      method: 'node.invoke',
      given: `command ${command}`,
      params: invoke(command),
      needs: [ADMIN],
      source: quoted(SCOPES_PAGE, '`fs.listDir`, or `terminal.upload` to a node'),
      harmless: NO_NODE,
    }),
  ),
  byParameters({
    method: 'fs.listDir',
    given: 'on a node',
    params: () => ({ nodeId: noNode() }),
    needs: [ADMIN],
    source: quoted(SCOPES_PAGE, '`operator.admin` when `nodeId` targets a node'),
    harmless: NO_NODE,
  }),
  byParameters({
    method: 'talk.config',
    given: 'includeSecrets',
    params: () => ({ includeSecrets: true }),
    needs: [READ, 'operator.talk.secrets'],
    source: quoted(SCOPES_PAGE, '`includeSecrets: true` also needs `operator.talk.secrets`'),
    harmless: 'It only reads.',
  }),
  byParameters({
    method: 'environments.list',
    given: 'runtimeId',
    params: () => ({ runtimeId: randomUUID() }),
    needs: [WRITE],
    source: quoted(SCOPES_PAGE, '`operator.write` when `runtimeId` requests runtime-specific command eligibility'),
    harmless: 'It only reads.',
  }),
  byParameters({
    method: 'channels.pairing.approve',
    given: 'bootstrapCommandOwner',
    params: () => ({ bootstrapCommandOwner: true }),
    needs: [PAIRING, ADMIN],
    source: quoted(
      SCOPES_PAGE,
      'reserved namespaces, and high-risk approvals',
      'The page does not name the parameter. The table of the package does.',
    ),
    harmless: 'Channel and code are missing.',
  }),
  byParameters({
    method: 'sessions.create',
    given: 'ordinary',
    params: () => ({ key: 1 }),
    needs: [WRITE],
    source: quoted(SCOPES_PAGE, '`sessions.create` needs `operator.write` for ordinary creation'),
    harmless: WRONG_TYPE,
  }),
  ...[{ incognito: true }, { execNode: 1 }].map((special) =>
    byParameters({
      method: 'sessions.create',
      given: Object.keys(special).join(),
      params: () => ({ key: 1, ...special }),
      needs: [ADMIN],
      source: quoted(SCOPES_PAGE, '`operator.admin` for incognito sessions or any `execNode` request'),
      harmless: WRONG_TYPE,
    }),
  ),
  byParameters({
    method: 'sessions.patch',
    given: 'label',
    params: () => ({ key: 1, label: 'renamed' }),
    needs: [WRITE],
    source: quoted(SCOPES_PAGE, '`sessions.patch` needs `operator.write` for session organization fields'),
    harmless: WRONG_TYPE,
  }),
  byParameters({
    method: 'sessions.patch',
    given: 'verboseLevel',
    params: () => ({ key: 1, verboseLevel: 'on' }),
    needs: [ADMIN],
    source: quoted(SCOPES_PAGE, 'thinking, fast, verbose, trace, and reasoning levels, need `operator.admin`'),
    harmless: WRONG_TYPE,
  }),
  byParameters({
    method: 'plugins.sessionAction',
    given: 'an action that no plugin has',
    params: () => ({ pluginId: randomUUID(), actionId: randomUUID() }),
    needs: [WRITE],
    source: quoted(SCOPES_PAGE, 'Omitted or empty lists default to `operator.write`.'),
    harmless: 'There is no such action.',
  }),
];

/** Methods that check the object of the call themselves. With an object that does not exist, a caller gets as far as the scope allows. */
const ABOUT_NOTHING: readonly ParameterRow[] = [
  {
    method: 'device.pair.approve',
    given: 'a request that does not exist',
    params: () => ({ requestId: randomUUID() }),
    declared: [PAIRING],
    needs: null,
    source: quoted(SCOPES_PAGE, '`device.pair.approve` is reachable with `operator.pairing`'),
    harmless: NO_REQUEST,
  },
  {
    method: 'node.pair.approve',
    given: 'a request that does not exist',
    params: () => ({ requestId: randomUUID() }),
    declared: [PAIRING, WRITE],
    needs: null,
    source: quoted(SCOPES_PAGE, '`node.pair.approve` is reachable with `operator.pairing`'),
    harmless: NO_REQUEST,
  },
  {
    method: 'tools.invoke',
    given: 'a tool that does not exist',
    params: () => ({ name: randomUUID(), args: {} }),
    declared: [WRITE],
    needs: null,
    source: quoted(SCOPES_PAGE, 'Mutating operator actions: sending messages, invoking tools'),
    harmless: 'There is no such tool.',
  },
];

/** Calls that would have an effect. Only callers that must be denied make them; a denial that comes after the effect shows in the state. */
const EFFECTIVE: readonly ParameterRow[] = [
  {
    method: 'config.patch',
    given: 'a valid change',
    params: ({ configHash }) => ({
      raw: JSON.stringify({ ui: { seamColor: '#336699' } }),
      ...(configHash === '' ? {} : { baseHash: configHash }),
    }),
    declared: [ADMIN],
    needs: null,
    source: quoted(SCOPES_PAGE, 'Required for config mutation, updates, native hooks'),
    harmless: null,
  },
  {
    method: 'device.pair.remove',
    given: 'a paired device',
    params: ({ bystander }) => ({ deviceId: bystander }),
    declared: [PAIRING],
    needs: null,
    source: quoted(SCOPES_PAGE, 'Device and node pairing management: list, approve, reject, remove, rotate, revoke.'),
    harmless: null,
  },
  {
    method: 'device.token.revoke',
    given: 'a paired device',
    params: ({ bystander }) => ({ deviceId: bystander, role: 'operator' }),
    declared: [PAIRING],
    needs: null,
    source: quoted(SCOPES_PAGE, 'Device and node pairing management: list, approve, reject, remove, rotate, revoke.'),
    harmless: null,
  },
  {
    method: 'sessions.create',
    given: 'a new session',
    params: () => ({ key: `agent:main:${randomUUID()}` }),
    declared: [WRITE, 'dynamic'],
    needs: [WRITE],
    source: quoted(SCOPES_PAGE, '`sessions.create` needs `operator.write` for ordinary creation'),
    harmless: null,
  },
];

/** Every call with parameters of its own. */
export const PARAMETER_ROWS: readonly ParameterRow[] = [...DECIDED, ...ABOUT_NOTHING, ...EFFECTIVE];

import { randomBytes, randomUUID } from 'node:crypto';
import { quoted } from '../properties/documentation.ts';
import type { ParameterRow } from './parameter-row.ts';

const SCOPES_PAGE = 'docs/gateway/operator-scopes.md';
const ADMIN = 'operator.admin';
const WRITE = 'operator.write';
const READ = 'operator.read';
const PAIRING = 'operator.pairing';

const NO_NODE = 'There is no such node.';
const WRONG_TYPE = 'The session key is a number, which no session has.';

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
export const ROWS_BY_PARAMETERS: readonly ParameterRow[] = [
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

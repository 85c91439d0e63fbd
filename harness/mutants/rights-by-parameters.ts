import type { Edit } from './patch.ts';
import { COMPARISON, comparisonAnd, NOTHING, type SurveyMutant } from './survey-mutant.ts';

/** The property that a call without its scope breaks. */
const SCOPE = 'a-call-needs-its-scope';

/** The change of 2026.9.6 that asks less for a call, which its parameters decide about; `statement` is JavaScript about method and params. */
const asksLess = (statement: string): SurveyMutant['on'] => ({ '2026.9.6': [asks(statement)] });

/** The same as an edit. */
function asks(statement: string): Edit {
  return { start: 'resolveDynamicLeastPrivilegeOperatorScopesForMethod', with: statement };
}

/** The edit that lets every caller read the secrets of the talk config once its call has reached the handler. */
const EVERYBODY_READS_SECRETS: Edit = { body: 'canReadTalkSecrets', with: 'return true;' };

/** Mutants that ask too little for calls whose parameters decide which scope they need, and for methods of plugins. */
export const RIGHTS_BY_PARAMETERS: readonly SurveyMutant[] = [
  {
    id: 'secrets-of-talk-for-readers',
    says: 'The gateway shows the secrets of the talk config with operator.read in place of operator.talk.secrets.',
    expects: comparisonAnd(SCOPE),
    on: {
      '2026.9.6': [EVERYBODY_READS_SECRETS, asks('if (method === "talk.config") return [READ_SCOPE];')],
    },
  },
  {
    id: 'secrets-of-talk-unchecked',
    says: 'The gateway shows the secrets of the talk config to everybody who may read the config of talk.',
    expects: NOTHING,
    unseen: 'The survey asks for these secrets only where the table of a release decides about them by the parameters.',
    on: { '2026.4.1': [EVERYBODY_READS_SECRETS], '2026.7.1': [EVERYBODY_READS_SECRETS] },
  },
  {
    id: 'resets-by-writers',
    says: 'The gateway lets an operator reset a session in a message with operator.write in place of operator.admin.',
    expects: comparisonAnd(SCOPE),
    on: { '2026.9.6': [{ body: 'isAgentSessionResetCommand', with: 'return false;' }] },
  },
  {
    id: 'every-command-of-a-node-by-writers',
    says: 'The gateway lets an operator run every command of a node with operator.write, also those for administrators.',
    expects: comparisonAnd(SCOPE),
    on: { '2026.9.6': [{ body: 'isAdminOnlyNodeInvokeCommand', with: 'return false;' }] },
  },
  {
    id: 'folders-of-nodes-by-writers',
    says: 'The gateway lets an operator list folders of a node with operator.write in place of operator.admin.',
    expects: comparisonAnd(SCOPE),
    on: asksLess('if (method === "fs.listDir") return [WRITE_SCOPE];'),
  },
  {
    id: 'runtimes-by-readers',
    says: 'The gateway lists the commands of a runtime with operator.read in place of operator.write.',
    expects: comparisonAnd(SCOPE),
    // The handler asks for the scope again.
    on: {
      '2026.9.6': [
        asks('if (method === "environments.list") return [READ_SCOPE];'),
        { condition: '!access.allowed', in: 'environments.list', with: 'false' },
      ],
    },
  },
  {
    id: 'owners-made-by-pairing',
    says: 'The gateway lets an operator make the owner of commands with operator.pairing, without operator.admin.',
    expects: comparisonAnd(SCOPE),
    on: asksLess('if (method === "channels.pairing.approve") return [PAIRING_SCOPE];'),
  },
  {
    id: 'every-field-of-a-session-by-writers',
    says: 'The gateway lets an operator change every field of a session with operator.write.',
    expects: comparisonAnd(SCOPE),
    on: {
      '2026.7.1': [{ body: 'resolveSessionsPatchRequiredScopes', with: 'return [WRITE_SCOPE];' }],
      ...asksLess('if (method === "sessions.patch") return [WRITE_SCOPE];'),
    },
  },
  {
    id: 'secret-sessions-by-writers',
    says: 'The gateway lets an operator create sessions without a record, and on nodes, with operator.write.',
    expects: comparisonAnd(SCOPE),
    on: asksLess('if (method === "sessions.create") return [WRITE_SCOPE];'),
  },
  {
    id: 'actions-of-plugins-for-everybody',
    says: 'The gateway lets every operator start the actions of plugins, whatever its scopes.',
    expects: comparisonAnd(SCOPE),
    on: {
      '2026.7.1': [
        {
          start: 'authorizeOperatorScopesForMethod',
          with: 'if (method === "plugins.sessionAction") return { allowed: true };',
        },
      ],
      '2026.9.6': [
        {
          start: 'authorizeOperatorScopesForMethod',
          with: 'if (method === "plugins.sessionAction") return { allowed: true };',
        },
      ],
    },
  },
  {
    id: 'methods-of-plugins-for-readers',
    says: 'The gateway lets an operator call every method of a plugin with operator.read, whatever the plugin asks for.',
    // No table of a release has the methods of plugins, so that no property says which scope they need.
    expects: COMPARISON,
    on: {
      '2026.7.1': [{ constant: 'normalizedScope', in: 'createPluginGatewayMethodDescriptor', with: '"operator.read"' }],
      '2026.9.6': [{ constant: 'normalizedScope', in: 'createPluginGatewayMethodDescriptor', with: '"operator.read"' }],
    },
  },
];

import type { Edit } from './patch.ts';
import { reaches, reachesLater } from './rights-of-scopes.ts';
import { comparisonAnd, NOTHING, onEach, propertiesAlone, type SurveyMutant } from './survey-mutant.ts';

/** The properties that these mutants break. */
const ROLES = 'roles-stay-apart';
const SCOPE = 'a-call-needs-its-scope';
const NO_EFFECT = 'a-denied-call-has-no-effect';
const REVOKED = 'a-revoked-session-is-over';

/**
 * The change that runs the handler of a method with the rights of an administrator, and authorises the call only then. The answer of the handler
 * is dropped, so that the caller sees the denial alone.
 */
const effectFirst = (method: string): SurveyMutant['on'] =>
  onEach({
    start: 'handleGatewayRequest',
    with: `if (opts.req.method === "${method}" && opts.client?.connect) try { await coreGatewayHandlers["${method}"]({ ...opts, params: opts.req.params ?? {}, respond: () => {}, client: { ...opts.client, connect: { ...opts.client.connect, scopes: ["operator.admin"] } } }); } catch {}`,
  });

/** The change of what becomes of the sessions of a device that was revoked or removed. `statement` is JavaScript about `each` of them. */
function instead(statement: string): SurveyMutant['on'] {
  const edits = (clients: string, names: readonly string[]): readonly Edit[] =>
    names.map((body) => ({
      body,
      with: `for (const each of ${clients}) if (each.connect.device?.id === deviceId) { ${statement} }`,
    }));
  const both = ['invalidateClientsForDevice', 'disconnectClientsForDevice'];
  return {
    '2026.4.1': edits('clients', ['disconnectClientsForDevice']),
    '2026.7.1': edits('params.clients', both),
    '2026.9.6': edits('clients', both),
  };
}

/** The edit that answers the method `debug.state`, which no release has. */
const NEW_METHOD: Edit = {
  start: 'handleGatewayRequest',
  with: 'if (opts.req.method === "debug.state") return opts.respond(true, { state: "up" });',
};

/** The edit of later releases that lists it among the methods of the gateway. */
const LISTED: Edit = {
  body: 'listAdvertisedMethods',
  in: 'createGatewayMethodRegistry',
  with: 'return [...descriptors.filter((descriptor) => descriptor.advertise !== false).map((descriptor) => descriptor.name), "debug.state"];',
};

/** The edit that answers calls of lists although there is an error of the authorisation, which `error` (JavaScript) gives. */
function answeredAnyway(error: string): Edit {
  return {
    condition: error,
    in: 'handleGatewayRequest',
    with: `${error} && !["sessions.list", "cron.list"].includes(req.method)`,
  };
}

const NAMES_ADMINISTRATION: Edit = {
  call: 'errorShape',
  argument: 1,
  saying: 'missing scope',
  in: 'authorizeGatewayMethod',
  with: '"missing scope: operator.admin"',
};

/** The edit that sends the config in the details of a denial; an error may have any details. */
const BRINGS_THE_CONFIG: Edit = {
  start: 'handleGatewayRequest',
  with: 'if (opts.req.method === "config.get") { const { respond } = opts; let config = null; try { await coreGatewayHandlers["config.get"]({ ...opts, params: {}, respond: (ok, payload) => { config = payload ?? null; } }); } catch {} opts = { ...opts, respond: (ok, payload, error) => respond(ok, payload, error && { ...error, details: { config } }) }; }',
};

/** Mutants that mix up roles, keep revoked sessions, or authorise a call too late. */
export const RIGHTS_OF_ROLES: readonly SurveyMutant[] = [
  {
    id: 'nodes-reach-methods-of-operators',
    says: 'The gateway lets a node call the methods of operators.',
    expects: comparisonAnd(ROLES),
    on: onEach({ body: 'isRoleAuthorizedForMethod', with: 'return role === "node" || !isNodeRoleMethod(method);' }),
  },
  {
    id: 'operators-reach-methods-of-nodes',
    says: 'The gateway lets an administrator call the methods of nodes.',
    expects: comparisonAnd(ROLES),
    on: onEach({ body: 'isRoleAuthorizedForMethod', with: 'return role === "operator" || isNodeRoleMethod(method);' }),
  },
  {
    id: 'nodes-send-messages',
    says: 'The gateway lets a node send messages to agents as an operator does.',
    expects: comparisonAnd(ROLES),
    on: reaches('role === "node" && method === "chat.send"'),
  },
  {
    id: 'nodes-read-the-config',
    says: 'The gateway lets a node read the config.',
    expects: comparisonAnd(ROLES),
    on: reaches('role === "node" && method === "config.get"'),
  },
  {
    id: 'nodes-approve-devices',
    says: 'The gateway lets a node approve devices.',
    expects: comparisonAnd(ROLES),
    on: reaches('role === "node" && method === "device.pair.approve"'),
  },
  {
    id: 'writers-report-for-nodes',
    says: 'The gateway lets an operator with operator.write report events in place of a node.',
    expects: comparisonAnd(ROLES),
    on: reaches('role === "operator" && scopes.includes("operator.write") && method === "node.event"'),
  },
  {
    id: 'methods-without-a-table-are-open',
    says: 'The gateway lets everybody call methods that are in no table of its own, such as those of plugins.',
    expects: comparisonAnd('undeclared-methods-need-a-scope'),
    on: reachesLater('!isCoreGatewayMethodClassified(method)'),
  },
  {
    id: 'a-new-method-without-a-scope',
    says: 'The gateway has a new method that shows its state, and that everybody may call.',
    expects: comparisonAnd('undeclared-methods-need-a-scope', 'new-methods-need-a-scope'),
    on: {
      '2026.4.1': [
        {
          body: 'listGatewayMethods',
          with: 'return [...BASE_METHODS, ...listChannelPlugins().flatMap((plugin) => plugin.gatewayMethods ?? []), "debug.state"];',
        },
        NEW_METHOD,
      ],
      '2026.7.1': [LISTED, NEW_METHOD],
      '2026.9.6': [LISTED, NEW_METHOD],
    },
  },
  {
    id: 'a-hidden-method-without-a-scope',
    says: 'The gateway answers a new method to everybody, and lists it nowhere.',
    expects: NOTHING,
    unseen: 'The survey calls the methods that a gateway lists, and those in the tables of its package.',
    on: onEach(NEW_METHOD),
  },
  {
    id: 'revoked-sessions-go-on',
    says: 'The gateway keeps the sessions of a device whose token was revoked, with all their rights.',
    expects: comparisonAnd(REVOKED),
    on: instead(''),
  },
  {
    id: 'revoked-sessions-read',
    says: 'The gateway keeps the sessions of a device whose token was revoked, with operator.read alone.',
    expects: comparisonAnd(REVOKED),
    on: instead('each.connect.scopes = ["operator.read"];'),
  },
  {
    id: 'sessions-created-before-the-denial',
    says: 'The gateway creates a session before it authorises the call.',
    expects: propertiesAlone(NO_EFFECT),
    on: effectFirst('sessions.create'),
  },
  {
    id: 'devices-removed-before-the-denial',
    says: 'The gateway removes a device before it authorises the call.',
    expects: propertiesAlone(NO_EFFECT),
    on: effectFirst('device.pair.remove'),
  },
  {
    id: 'tokens-revoked-before-the-denial',
    says: 'The gateway revokes a device token before it authorises the call.',
    expects: propertiesAlone(NO_EFFECT),
    on: effectFirst('device.token.revoke'),
  },
  {
    id: 'config-changed-before-the-denial',
    says: 'The gateway changes the config before it authorises the call.',
    expects: propertiesAlone(NO_EFFECT),
    on: effectFirst('config.patch'),
  },
  {
    id: 'denied-lists-are-answered',
    says: 'The gateway answers calls of lists that it denies.',
    expects: comparisonAnd(SCOPE, ROLES),
    on: {
      '2026.4.1': [answeredAnyway('authError')],
      '2026.7.1': [answeredAnyway('authError')],
      '2026.9.6': [answeredAnyway('authorization.error')],
    },
  },
  {
    id: 'denials-name-administration',
    says: 'The gateway says of each call that it denies that it needs operator.admin, so that users are given too much.',
    expects: propertiesAlone('a-denial-names-the-scope'),
    on: {
      '2026.4.1': [NAMES_ADMINISTRATION],
      '2026.7.1': [NAMES_ADMINISTRATION],
      '2026.9.6': [
        {
          call: 'missingScopeErrorShape',
          argument: 0,
          property: 'missingScope',
          in: 'authorizeGatewayMethod',
          with: '"operator.admin"',
        },
      ],
    },
  },
  {
    id: 'denials-bring-the-config',
    says: 'The gateway denies a call of config.get, and sends the config with the denial.',
    expects: propertiesAlone('every-call-is-answered'),
    on: {
      '2026.4.1': [BRINGS_THE_CONFIG],
      '2026.7.1': [BRINGS_THE_CONFIG],
    },
  },
];

import type { Edit } from './patch.ts';
import { comparisonAnd, onEach, type SurveyMutant } from './survey-mutant.ts';

/** The properties that these mutants break. */
const SECRET = 'a-secret-is-needed';
const OTHER = 'other-tokens-are-no-secret';
const QUERY = 'no-secret-in-the-query';

/**
 * The change that lets an HTTP request pass without a right secret if `condition` is true: JavaScript about the request `req`, its `path` and
 * the bearer `token`. All generations check the secret of most routes in one function.
 */
export const opens = (condition: string): SurveyMutant['on'] => onEach(opensIf(condition));

/** The same as an edit. */
export function opensIf(condition: string): Edit {
  return {
    start: 'authorizeHttpGatewayConnect',
    with: `{ const req = params.req; const path = URL.parse(req?.url ?? "/", "http://localhost")?.pathname ?? ""; const token = params.connectAuth?.token; if (req && (${condition})) return { ok: true, method: "token" }; }`,
  };
}

/** The edit of the routes of hooks: a request with `token` is refused if `condition` (JavaScript) is true. */
const refusesHooksIf = (condition: string): Edit => ({
  condition: '!safeEqualSecret(token, hooksConfig.token)',
  in: 'createHooksRequestHandler',
  with: condition,
});

/** The edit that takes a bearer token for the secret of the gateway if `condition` is true: JavaScript about `bearer` and the `config`. */
const takesBearer = (config: string, condition: string): Edit => ({
  start: 'getBearerToken',
  with: `{ const config = ${config}; const bearer = (req.headers.authorization ?? "").slice(7); if (bearer && (${condition})) return config.gateway?.auth?.token; }`,
});

/** Mutants that ask for no secret on an HTTP route, or take another one for it. */
export const ROUTES_OF_CREDENTIALS: readonly SurveyMutant[] = [
  {
    id: 'http-needs-no-secret',
    says: 'The gateway asks for no secret on HTTP.',
    expects: comparisonAnd(SECRET),
    on: opens('true'),
  },
  {
    id: 'any-bearer-opens',
    says: 'The gateway takes every bearer token for its secret on HTTP.',
    expects: comparisonAnd(SECRET, OTHER),
    on: opens('token'),
  },
  ...[
    { id: 'tools', path: '/tools/', what: 'calls of tools' },
    { id: 'sessions', path: '/sessions/', what: 'sessions' },
    { id: 'models', path: '/v1/models', what: 'the list of models' },
    { id: 'embeddings', path: '/v1/embeddings', what: 'embeddings' },
    { id: 'chat-completions', path: '/v1/chat/', what: 'chat completions, which run an agent' },
    { id: 'responses', path: '/v1/responses', what: 'responses, which run an agent' },
  ].map(
    ({ id, path, what }): SurveyMutant => ({
      id: `${id}-without-a-secret`,
      says: `The gateway asks for no secret on the HTTP routes of ${what}.`,
      expects: comparisonAnd(SECRET),
      on: opens(`path.startsWith("${path}")`),
    }),
  ),
  {
    id: 'administration-without-a-secret',
    says: 'The gateway asks for no secret on the HTTP route with which its methods are called.',
    expects: comparisonAnd(SECRET),
    on: {
      '2026.7.1': [opensIf('path === "/api/v1/admin/rpc"')],
      '2026.9.6': [opensIf('path === "/api/v1/admin/rpc"')],
    },
  },
  {
    id: 'canvas-without-a-secret',
    says: 'The gateway shows the canvas to everybody.',
    expects: comparisonAnd(SECRET),
    on: {
      '2026.4.1': [{ start: 'authorizeCanvasRequest', with: 'return { ok: true };' }],
      '2026.7.1': [{ start: 'authorizePluginNodeCapabilityRequest', with: 'return { ok: true };' }],
      '2026.9.6': [{ start: 'authorizePluginNodeCapabilityRequest', with: 'return { ok: true };' }],
    },
  },
  {
    id: 'socket-of-the-canvas-without-a-secret',
    says: 'The gateway opens the WebSocket of the canvas to everybody.',
    expects: comparisonAnd(SECRET),
    on: { '2026.4.1': [{ condition: '!ok.ok', in: 'attachGatewayUpgradeHandler', with: 'false' }] },
  },
  {
    id: 'panel-without-a-secret',
    says: 'The gateway answers what the Control UI reads without a secret.',
    expects: comparisonAnd(SECRET),
    on: {
      '2026.7.1': [{ start: 'authorizeControlUiReadRequest', with: 'return true;' }],
      '2026.9.6': [
        { start: 'authorizeControlUiReadHttpGatewayConnect', with: 'return { ok: true, method: "token" };' },
      ],
    },
  },
  {
    id: 'plugins-without-a-secret',
    says: 'The gateway asks for no secret on the routes of plugins that it protects.',
    expects: comparisonAnd(SECRET),
    on: {
      '2026.4.1': [{ body: 'enforcePluginRouteGatewayAuth', with: 'return true;' }],
      '2026.7.1': [
        {
          call: 'authorizeGatewayHttpRequestOrReply',
          argument: 0,
          property: 'auth',
          in: 'buildPluginRequestStages',
          with: '{ ...params.resolvedAuth, mode: "none" }',
        },
      ],
      '2026.9.6': [
        { start: 'authorizePluginGatewayHttpRequestOrReply', with: 'params.req.isOfAPlugin = true;' },
        opensIf('req.isOfAPlugin'),
      ],
    },
  },
  {
    id: 'channels-without-a-secret',
    says: 'The gateway does not protect the routes of plugins below /api/channels.',
    expects: comparisonAnd(SECRET),
    on: onEach({
      condition: 'isProtectedPluginRoutePathFromContext(pathContext)',
      in: 'shouldEnforceGatewayAuthForPluginPath',
      with: 'false',
    }),
  },
  {
    id: 'hooks-without-a-token',
    says: 'The gateway takes every token, and none, for the token of hooks.',
    expects: comparisonAnd(SECRET, OTHER),
    on: onEach(refusesHooksIf('false')),
  },
  {
    id: 'the-secret-opens-hooks',
    says: 'The gateway takes its own secret for the token of hooks.',
    expects: comparisonAnd(OTHER),
    on: {
      '2026.4.1': [
        refusesHooksIf('!safeEqualSecret(token, hooksConfig.token) && token !== loadConfig().gateway?.auth?.token'),
      ],
      '2026.7.1': [
        refusesHooksIf(
          '!safeEqualSecret(token, hooksConfig.token) && token !== getRuntimeConfig().gateway?.auth?.token',
        ),
      ],
      '2026.9.6': [
        refusesHooksIf(
          '!safeEqualSecret(token, hooksConfig.token) && token !== getRuntimeConfig().gateway?.auth?.token',
        ),
      ],
    },
  },
  {
    id: 'the-token-of-hooks-opens-all',
    says: 'The gateway takes the token of hooks for its own secret.',
    expects: comparisonAnd(OTHER),
    on: {
      '2026.4.1': [takesBearer('loadConfig()', 'bearer === config.hooks?.token')],
      '2026.7.1': [takesBearer('getRuntimeConfig()', 'bearer === config.hooks?.token')],
    },
  },
  {
    id: 'device-tokens-open-all',
    says: 'The gateway takes the token of every paired device for its own secret on HTTP.',
    expects: comparisonAnd(OTHER),
    on: {
      '2026.4.1': [
        {
          start: 'authorizeGatewayHttpRequestOrReply',
          with: '{ const bearer = getBearerToken(params.req); const { paired } = await listDevicePairing(); if (bearer && paired.some((device) => Object.values(device.tokens ?? {}).some((each) => each.token === bearer))) return { authMethod: "token", trustDeclaredOperatorScopes: false }; }',
        },
      ],
      '2026.9.6': [
        { start: 'checkGatewayHttpRequestAuth', with: 'allowDeviceToken = true;' },
        {
          start: 'resolveSharedSecretHttpOperatorScopes',
          with: 'if (requestAuth.deviceOperatorScopes) return requestAuth.deviceOperatorScopes;',
        },
      ],
    },
  },
  {
    id: 'the-secret-in-the-query',
    says: 'The gateway takes the secret of an HTTP request from its query too.',
    expects: comparisonAnd(QUERY),
    on: onEach({
      start: 'getBearerToken',
      with: '{ const given = URL.parse(req.url ?? "/", "http://localhost")?.searchParams.get("token"); if (given) return given; }',
    }),
  },
  {
    id: 'the-token-of-hooks-in-the-query',
    says: 'The gateway takes the token of hooks from the query too.',
    expects: comparisonAnd(QUERY),
    on: onEach(
      { condition: 'url.searchParams.has("token")', in: 'createHooksRequestHandler', with: 'false' },
      {
        start: 'extractHookToken',
        with: '{ const given = URL.parse(req.url ?? "/", "http://localhost")?.searchParams.get("token"); if (given) return given; }',
      },
    ),
  },
  {
    id: 'the-beginning-of-the-secret-opens',
    says: 'The gateway compares only as many characters of its secret as an HTTP request shows.',
    expects: comparisonAnd(SECRET),
    on: opens('token && params.auth?.token?.startsWith(token)'),
  },
];

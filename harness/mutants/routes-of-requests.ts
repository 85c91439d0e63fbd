import { opens, opensIf } from './routes-of-credentials.ts';
import { comparisonAnd, onEach, propertiesAlone, type SurveyMutant } from './survey-mutant.ts';

/** The properties that these mutants break. */
const PATH = 'no-path-form-opens';
const HEADER = 'no-header-opens';
const ANSWER = 'no-secret-in-an-answer';

/** The change that does something with each HTTP request before it is handled: JavaScript about `req` and `res`. */
const first = (statement: string): SurveyMutant['on'] =>
  onEach({ start: 'handleRequest', in: 'createGatewayHttpServer', with: statement });

/** Mutants that let the form of a request decide in place of its secret, or that show too much in an answer. */
export const ROUTES_OF_REQUESTS: readonly SurveyMutant[] = [
  {
    id: 'its-own-machine-is-a-secret',
    says: 'The gateway asks for no secret on HTTP if the request comes from its own machine.',
    expects: comparisonAnd('a-secret-is-needed', 'local-is-no-credential'),
    on: opens('/(^|:)127\\.0\\.0\\.1$/.test(req.socket?.remoteAddress ?? "")'),
  },
  {
    id: 'forwarded-loopback-is-a-secret',
    says: 'The gateway asks for no secret on HTTP if X-Forwarded-For names its own machine, whoever sends it.',
    expects: comparisonAnd(HEADER),
    on: {
      ...opens('req.headers["x-forwarded-for"]?.startsWith("127.")'),
      '2026.9.6': [
        opensIf('req.headers["x-forwarded-for"]?.startsWith("127.")'),
        {
          start: 'resolveGatewayIngressAttribution',
          with: 'if (params.req.headers["x-forwarded-for"]?.startsWith("127.")) return attributed("direct-local", "127.0.0.1");',
        },
      ],
    },
  },
  {
    id: 'a-proxy-of-ones-own-is-a-secret',
    says: 'The gateway asks for no secret on HTTP if a request has the header Forwarded.',
    expects: comparisonAnd(HEADER),
    on: {
      '2026.4.1': [opensIf('req.headers.forwarded')],
      '2026.7.1': [opensIf('req.headers.forwarded')],
    },
  },
  {
    id: 'own-pages-need-no-secret',
    says: 'The gateway asks for no secret on HTTP if Origin and Host are the same.',
    expects: comparisonAnd(HEADER),
    on: opens('req.headers.origin === "http://" + req.headers.host'),
  },
  {
    id: 'pages-need-no-secret',
    says: 'The gateway asks for no secret on HTTP if a page sends the request.',
    expects: comparisonAnd(HEADER),
    on: opens('req.headers.origin'),
  },
  {
    id: 'names-need-no-secret',
    says: 'The gateway asks for no secret on HTTP if the Host is a name without a port, as on a network of containers.',
    expects: comparisonAnd(HEADER),
    on: opens('/^[a-z.]+$/.test(req.headers.host ?? "")'),
  },
  {
    id: 'heads-need-no-secret',
    says: 'The gateway asks for no secret on HTTP if the method is HEAD.',
    expects: comparisonAnd('no-method-opens'),
    on: opens('req.method === "HEAD"'),
  },
  {
    id: 'other-forms-of-a-path-need-no-secret',
    says: 'The gateway asks for no secret on HTTP if the path is not written in its plain form.',
    expects: comparisonAnd(PATH),
    on: opens('path !== req.url?.split("?")[0]'),
  },
  {
    id: 'absolute-paths-need-no-secret',
    says: 'The gateway asks for no secret on HTTP if the request names the whole address, as to a proxy.',
    expects: comparisonAnd(PATH),
    on: opens('req.url?.startsWith("http:")'),
  },
  {
    id: 'encoded-paths-need-no-secret',
    says: 'The gateway asks for no secret on HTTP if a part of the path is encoded.',
    expects: comparisonAnd(PATH),
    on: opens('req.url?.includes("%")'),
  },
  {
    id: 'paths-out-of-a-folder-need-no-secret',
    says: 'The gateway asks for no secret on HTTP if the path begins like a file of the Control UI.',
    expects: comparisonAnd(PATH),
    on: opens('req.url?.startsWith("/assets/")'),
  },
  {
    id: 'slashes-at-the-end-need-no-secret',
    says: 'The gateway asks for no secret on the routes of plugins if the path ends with a slash.',
    expects: comparisonAnd(PATH),
    on: opens('path.length > 1 && path.endsWith("/")'),
  },
  {
    id: 'plugins-protected-as-written',
    says: 'The gateway protects routes of plugins by the path as it is written, and finds them by its plain form.',
    expects: comparisonAnd(PATH),
    on: onEach({
      body: 'shouldEnforceGatewayAuthForPluginPath',
      with: 'const written = pathnameOrContext.pathname ?? pathnameOrContext; return written.startsWith("/api/channels") || (registry.httpRoutes ?? []).some((route) => route.auth === "gateway" && route.path === written);',
    }),
  },
  {
    id: 'trace-is-answered',
    says: 'The gateway answers TRACE with the headers of the request.',
    expects: propertiesAlone('trace-is-refused', ANSWER),
    on: first(
      'if (req.method === "TRACE") { res.setHeader("Content-Type", "message/http"); res.end(req.rawHeaders.join("\\r\\n")); return; }',
    ),
  },
  {
    id: 'every-page-may-read',
    says: 'The gateway lets the page of every origin read its answers, with credentials.',
    expects: propertiesAlone('foreign-pages-read-nothing'),
    on: first(
      'if (req.headers.origin) { res.setHeader("Access-Control-Allow-Origin", req.headers.origin); res.setHeader("Access-Control-Allow-Credentials", "true"); }',
    ),
  },
  {
    id: 'sockets-are-compressed',
    says: 'The gateway agrees on the compression of a WebSocket.',
    expects: propertiesAlone('sockets-are-not-compressed'),
    on: onEach({ start: 'attachGatewayUpgradeHandler', with: 'opts.wss.options.perMessageDeflate = {};' }),
  },
  {
    id: 'refusals-show-the-secret',
    says: 'The gateway shows its secret to an HTTP client that shows a wrong one.',
    expects: propertiesAlone(ANSWER),
    on: onEach(
      {
        start: 'authorizeTokenAuth',
        with: 'if (params.connectToken && params.connectToken !== params.authToken) return { ok: false, reason: "token_mismatch", expected: params.authToken };',
      },
      {
        start: 'sendGatewayAuthFailure',
        with: 'if (authResult.expected) res.setHeader("X-Expected-Token", authResult.expected);',
      },
    ),
  },
  {
    id: 'health-shows-the-secret',
    says: 'The gateway shows its secret in a header of its health.',
    expects: propertiesAlone(ANSWER),
    on: onEach({
      start: 'handleGatewayProbeRequest',
      with: 'if (resolvedAuth?.token) res.setHeader("X-Gateway-Token", resolvedAuth.token);',
    }),
  },
  {
    id: 'answers-repeat-the-path',
    says: 'The gateway repeats path and query of each HTTP request in a header, also a secret in the query.',
    expects: propertiesAlone(ANSWER),
    on: first('try { res.setHeader("X-Request-Path", req.url ?? ""); } catch {}'),
  },
  {
    id: 'artefacts-without-a-ticket',
    says: 'The gateway gives artefacts for every ticket.',
    expects: comparisonAnd('a-secret-is-needed'),
    on: {
      '2026.9.6': [
        {
          start: 'handleArtifactDownloadHttpRequest',
          with: 'if (req.url?.startsWith("/api/artifacts/download/")) { res.setHeader("Content-Type", "text/plain"); res.end("an artefact"); return true; }',
        },
      ],
    },
  },
  {
    id: 'join-codes-are-not-checked',
    says: 'The gateway gives a setup code for every join code.',
    expects: comparisonAnd('a-secret-is-needed'),
    on: {
      '2026.9.6': [
        {
          start: 'handleDevicePairingJoinHttpRequest',
          with: 'sendJson(params.res, 200, { setupCode: "code" }); return true;',
        },
      ],
    },
  },
  {
    id: 'a-route-for-debugging',
    says: 'The gateway has a new route that shows the version of its runtime to everybody.',
    expects: propertiesAlone('every-route-is-written-down'),
    on: first(
      'if (req.url === "/debug/runtime") { res.setHeader("Content-Type", "application/json"); res.end(JSON.stringify(process.versions)); return; }',
    ),
  },
];

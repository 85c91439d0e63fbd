import { quoted } from '../properties/documentation.ts';
import { EVERY_RELEASE } from '../properties/property.ts';
import { ANYBODY, type HttpRoute, JSON_TYPE, LATER, TICKET } from './http-route.ts';

const HEALTH_PAGE = 'docs/gateway/health.md';
const PROBES = { method: 'GET', body: null, opensTo: ANYBODY } as const;
const LIVE = quoted(HEALTH_PAGE, 'The HTTP server is live.');
const STARTED = quoted(HEALTH_PAGE, 'Startup sidecars have settled and the Gateway is not draining.');
const READY = quoted(HEALTH_PAGE, 'Startup is complete, the Gateway is not draining');

/** A part of the first message on the WebSocket of the gateway. */
export const SOCKET_SAYS = '"connect.challenge"';

/** Routes of the gateway itself that take no secret in a header: its health, files and codes by their tickets, and sockets. */
export const CORE_ROUTES: readonly HttpRoute[] = [
  ...[
    { id: 'health', path: '/health', what: 'liveness', source: LIVE, releases: EVERY_RELEASE, says: '"status":"live"' },
    {
      id: 'healthz',
      path: '/healthz',
      what: 'liveness',
      source: LIVE,
      releases: EVERY_RELEASE,
      says: '"status":"live"',
    },
    { id: 'ready', path: '/ready', what: 'readiness', source: READY, releases: EVERY_RELEASE, says: '{"ready":' },
    { id: 'readyz', path: '/readyz', what: 'readiness', source: READY, releases: EVERY_RELEASE, says: '{"ready":' },
    {
      id: 'startup',
      path: '/startup',
      what: 'the state of the start',
      source: STARTED,
      releases: LATER,
      says: '"status":"start',
    },
    {
      id: 'startupz',
      path: '/startupz',
      what: 'the state of the start',
      source: STARTED,
      releases: LATER,
      says: '"status":"start',
    },
  ].map(
    ({ says, ...route }): HttpRoute => ({ ...route, ...PROBES, answers: [{ status: 200, type: JSON_TYPE, says }] }),
  ),
  {
    id: 'join-code',
    path: '/j/postern-nobody',
    method: 'GET',
    body: null,
    what: 'gives a setup code for a join code',
    source: quoted('docs/cli/connect.md', 'mint a single-use join URL'),
    releases: LATER,
    opensTo: TICKET,
    answers: [{ status: 200, type: JSON_TYPE, says: '' }],
  },
  {
    id: 'artifact-download',
    path: '/api/artifacts/download/postern-nobody/postern-nobody',
    method: 'GET',
    body: null,
    what: 'downloads an artefact by its ticket',
    source: quoted('docs/gateway/clients.md', 'receive a Gateway-relative `url` and `expiresAt` instead'),
    releases: LATER,
    opensTo: TICKET,
    answers: [{ status: 200, type: '', says: '' }],
  },
  {
    id: 'outgoing-media',
    path: '/api/chat/media/outgoing/postern-nobody/postern-nobody/full',
    method: 'GET',
    body: null,
    what: 'a generated image by its ticket',
    source: quoted(
      'docs/web/control-ui/security-model.md',
      'Generated images under `/api/chat/media/outgoing/...` use the same capability principle',
    ),
    releases: LATER,
    opensTo: TICKET,
    answers: [{ status: 200, type: '', says: '' }],
  },
  {
    id: 'watch-node',
    path: '/api/nodes/watch/postern-nobody',
    method: 'GET',
    body: null,
    what: 'requests of a node that is a watch',
    source: { module: 'src/gateway/watch-node-http.ts' },
    releases: LATER,
    opensTo: TICKET,
    answers: [{ status: 200, type: JSON_TYPE, says: '' }],
  },
  ...[
    { id: 'worker-bootstrap', path: `/__openclaw__/worker-bootstrap/artifacts/${'0'.repeat(64)}` },
    { id: 'worker-bundle', path: '/__openclaw__/worker-bundle/v1/postern-nobody' },
    { id: 'worker-transfer', path: '/__openclaw__/worker-transfer/v1/postern-nobody' },
  ].map(
    (route): HttpRoute => ({
      ...route,
      method: 'GET',
      body: null,
      what: 'files of a cloud worker by its ticket',
      source: { module: 'src/gateway/gateway-http-route-contracts.ts' },
      releases: LATER,
      opensTo: TICKET,
      answers: [{ status: 200, type: '', says: '' }],
    }),
  ),
  {
    id: 'provider-sign-in',
    path: '/oauth/provider/callback',
    method: 'GET',
    body: null,
    what: 'where a browser returns from the sign-in at a provider',
    source: { module: 'src/gateway/provider-browser-auth.ts' },
    releases: LATER,
    opensTo: TICKET,
    answers: [{ status: 200, type: '', says: 'Sign-in response received' }],
  },
  {
    id: 'gateway-socket',
    path: '/',
    method: 'upgrade',
    body: null,
    what: 'the WebSocket of the gateway, which authenticates its client itself',
    source: quoted('docs/gateway/tools-invoke-http-api.md', 'Same port as the Gateway (WS + HTTP multiplex)'),
    releases: EVERY_RELEASE,
    opensTo: ANYBODY,
    answers: [{ status: 101, type: '', says: SOCKET_SAYS }],
  },
  {
    id: 'worker-socket',
    path: '/__openclaw__/worker',
    method: 'upgrade',
    body: null,
    what: 'the WebSocket of cloud workers, which authenticates its client itself',
    source: quoted(
      'docs/gateway/protocol/handshake.md',
      '`/__openclaw__/worker` WebSocket path on the main TLS endpoint',
    ),
    releases: LATER,
    opensTo: ANYBODY,
    answers: [{ status: 101, type: '', says: '' }],
  },
  {
    id: 'voice-socket',
    path: '/voiceclaw/realtime',
    method: 'upgrade',
    body: null,
    what: 'the WebSocket of voice clients, which authenticates its client itself',
    source: { module: 'src/gateway/voiceclaw-realtime/upgrade.ts' },
    // 2026.5.2 has it; 2026.4.20 and 2026.5.27 do not.
    releases: '>2026.4.20 <2026.5.27',
    opensTo: ANYBODY,
    answers: [{ status: 101, type: '', says: '' }],
  },
  ...[
    { id: 'desktop-observe', path: '/desktop/observe', module: 'src/gateway/desktop/observe-bridge.ts' as const },
    { id: 'node-desktop', path: '/node-desktop/attach', module: 'src/gateway/desktop/node-stream-broker.ts' as const },
    { id: 'node-portal', path: '/node-portal/attach', module: 'src/gateway/desktop/node-stream-broker.ts' as const },
  ].map(
    ({ module, ...route }): HttpRoute => ({
      ...route,
      method: 'upgrade',
      body: null,
      what: 'the screen of a node by its ticket',
      source: { module },
      releases: LATER,
      opensTo: TICKET,
      answers: [{ status: 101, type: '', says: '' }],
    }),
  ),
];

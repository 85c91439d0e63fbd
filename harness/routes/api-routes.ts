import { quoted } from '../properties/documentation.ts';
import { EVERY_RELEASE } from '../properties/property.ts';
import { HOOKS, type HttpRoute, JSON_TYPE, OWNER } from './http-route.ts';

const OPENAI_PAGE = 'docs/gateway/openai-http-api.md';
const HOOKS_PAGE = 'docs/gateway/config-hooks.md';

const SESSIONS_KILL: Omit<HttpRoute, 'releases'> = {
  id: 'sessions-kill',
  path: '/sessions/postern-nobody/kill',
  method: 'POST',
  body: '{}',
  what: 'ends the run of a session',
  source: { module: 'src/gateway/session-kill-http.ts' },
  opensTo: OWNER,
  answers: [
    { status: 404, type: JSON_TYPE, says: 'Session not found' },
    // The secret was right, and gives no scope here.
    { status: 403, type: JSON_TYPE, says: 'missing scope' },
  ],
};

/** Routes with which programs control the gateway: tools, sessions, the API of OpenAI, and hooks. */
export const API_ROUTES: readonly HttpRoute[] = [
  {
    id: 'tools-invoke',
    path: '/tools/invoke',
    method: 'POST',
    body: '{}',
    what: 'calls one tool',
    source: quoted(
      'docs/gateway/tools-invoke-http-api.md',
      'It is always enabled and uses Gateway auth plus tool policy.',
    ),
    releases: EVERY_RELEASE,
    opensTo: OWNER,
    answers: [{ status: 400, type: JSON_TYPE, says: 'tools.invoke requires' }],
  },
  { ...SESSIONS_KILL, releases: '<=2026.4.1 || >2026.6.1' },
  {
    ...SESSIONS_KILL,
    releases: '>2026.4.1 <=2026.6.1',
    // The secret was right, and another machine may end only the runs of a session that it names as its own.
    answers: [...SESSIONS_KILL.answers, { status: 403, type: JSON_TYPE, says: 'require a local admin request' }],
  },
  {
    id: 'sessions-history',
    path: '/sessions/postern-nobody/history',
    method: 'GET',
    body: null,
    what: 'the messages of a session',
    source: { module: 'src/gateway/sessions-history-http.ts' },
    releases: EVERY_RELEASE,
    opensTo: OWNER,
    answers: [
      { status: 404, type: JSON_TYPE, says: 'Session not found' },
      // The secret was right, and gives no scope here.
      { status: 403, type: JSON_TYPE, says: 'missing scope' },
    ],
  },
  {
    id: 'models',
    path: '/v1/models',
    method: 'GET',
    body: null,
    what: 'lists the agents as models',
    source: quoted(OPENAI_PAGE, '`/v1/models` lists top-level agent targets'),
    releases: EVERY_RELEASE,
    opensTo: OWNER,
    answers: [{ status: 200, type: JSON_TYPE, says: '"object":"list"' }],
  },
  {
    id: 'model',
    path: '/v1/models/openclaw',
    method: 'GET',
    body: null,
    what: 'one agent as a model',
    source: quoted(OPENAI_PAGE, 'Treat this endpoint as **full operator access** to the gateway instance'),
    releases: EVERY_RELEASE,
    opensTo: OWNER,
    answers: [{ status: 200, type: JSON_TYPE, says: '"object":"model"' }],
  },
  {
    id: 'embeddings',
    path: '/v1/embeddings',
    method: 'POST',
    body: '{}',
    what: 'makes embeddings',
    source: quoted(OPENAI_PAGE, 'Treat this endpoint as **full operator access** to the gateway instance'),
    releases: EVERY_RELEASE,
    opensTo: OWNER,
    answers: [{ status: 400, type: JSON_TYPE, says: 'Missing `model`' }],
  },
  {
    id: 'chat-completions',
    path: '/v1/chat/completions',
    method: 'POST',
    body: '{}',
    what: 'runs an agent',
    source: quoted(OPENAI_PAGE, 'Treat this endpoint as **full operator access** to the gateway instance'),
    releases: EVERY_RELEASE,
    opensTo: OWNER,
    answers: [{ status: 400, type: JSON_TYPE, says: 'Missing user message' }],
  },
  {
    id: 'responses',
    path: '/v1/responses',
    method: 'POST',
    body: '{}',
    what: 'runs an agent',
    source: quoted(
      'docs/gateway/openresponses-http-api.md',
      'Treat the endpoint as full operator access to the gateway instance.',
    ),
    releases: EVERY_RELEASE,
    opensTo: OWNER,
    answers: [{ status: 400, type: JSON_TYPE, says: 'model: Invalid input' }],
  },
  ...[
    { id: 'hooks-wake', path: '/hooks/wake', what: 'wakes the main session', says: 'text required' },
    { id: 'hooks-agent', path: '/hooks/agent', what: 'runs an agent', says: 'message required' },
  ].map(
    ({ says, ...route }): HttpRoute => ({
      ...route,
      method: 'POST',
      body: '{}',
      source: quoted(HOOKS_PAGE, 'Authentication accepts `Authorization: Bearer <token>` or `x-openclaw-token`.'),
      releases: EVERY_RELEASE,
      opensTo: HOOKS,
      answers: [{ status: 400, type: JSON_TYPE, says }],
    }),
  ),
];

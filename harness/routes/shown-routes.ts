import { quoted } from '../properties/documentation.ts';
import { EVERY_RELEASE } from '../properties/property.ts';
import { ANYBODY, HTML_TYPE, type HttpRoute, LATER, OWNER, TEXT_TYPE, TICKET } from './http-route.ts';

const GET = { method: 'GET', body: null } as const;

/** Routes of what agents and users show: dashboards, published sessions, and the canvas. */
export const SHOWN_ROUTES: readonly HttpRoute[] = [
  {
    ...GET,
    id: 'board',
    path: '/__openclaw__/board/main/postern-nobody/index.html',
    what: 'a widget of a dashboard by its ticket',
    source: { module: 'src/gateway/board-http.ts' },
    releases: LATER,
    opensTo: TICKET,
    answers: [{ status: 200, type: HTML_TYPE, says: '' }],
  },
  {
    ...GET,
    id: 'public-session',
    path: '/share/session?token=postern-nobody',
    what: 'a published session by its ticket',
    source: quoted('docs/web/urls.md', 'The token is an encrypted bearer capability.'),
    releases: LATER,
    opensTo: TICKET,
    answers: [{ status: 200, type: HTML_TYPE, says: '' }],
  },
  {
    ...GET,
    id: 'share-card',
    path: '/share/card.png',
    what: 'the picture that links to shared pages show',
    source: { module: 'src/gateway/control-ui.ts' },
    releases: LATER,
    opensTo: ANYBODY,
    answers: [{ status: 200, type: 'image/png', says: '' }],
  },
  {
    ...GET,
    id: 'canvas',
    path: '/__openclaw__/canvas/documents/postern-nobody/index.html',
    what: 'a page of the canvas',
    source: quoted(
      'docs/gateway/config-extensions.md',
      'gates hosted widget documents under `/__openclaw__/canvas/` and A2UI renderer assets',
    ),
    releases: EVERY_RELEASE,
    opensTo: OWNER,
    answers: [{ status: 404, type: TEXT_TYPE, says: 'not found' }],
  },
  {
    ...GET,
    id: 'a2ui',
    path: '/__openclaw__/a2ui/a2ui.bundle.js',
    what: 'the renderer of the canvas',
    source: quoted(
      'docs/gateway/config-extensions.md',
      'gates hosted widget documents under `/__openclaw__/canvas/` and A2UI renderer assets',
    ),
    releases: EVERY_RELEASE,
    opensTo: OWNER,
    answers: [{ status: 200, type: 'text/javascript', says: '' }],
  },
  {
    id: 'canvas-socket',
    path: '/__openclaw__/ws',
    method: 'upgrade',
    body: null,
    what: 'the WebSocket of the canvas',
    source: { module: 'src/canvas-host/server.ts' },
    releases: '<=2026.5.2',
    opensTo: OWNER,
    answers: [{ status: 101, type: '', says: '' }],
  },
];

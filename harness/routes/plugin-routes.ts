import { quoted } from '../properties/documentation.ts';
import { EVERY_RELEASE } from '../properties/property.ts';
import { ANYBODY, type HttpRoute, JSON_TYPE, LATER, OWNER, TEXT_TYPE, TICKET } from './http-route.ts';
import { PLUGIN_ANSWERS } from './test-plugin.ts';

const ROUTES_PAGE = 'docs/plugins/architecture-internals/gateway-routes.md';
const OURS = {
  method: 'GET',
  body: null,
  releases: EVERY_RELEASE,
  answers: [{ status: 200, type: TEXT_TYPE, says: PLUGIN_ANSWERS }],
} as const;

/** Routes of plugins: those of the plugin in `test-plugin.ts`, and of plugins that a release brings. */
export const PLUGIN_ROUTES: readonly HttpRoute[] = [
  {
    ...OURS,
    id: 'plugin-with-gateway-auth',
    path: '/postern/gateway',
    what: 'a route of a plugin that the gateway protects',
    source: quoted(ROUTES_PAGE, 'Use `"gateway"` to require normal gateway auth'),
    opensTo: OWNER,
  },
  {
    ...OURS,
    id: 'plugin-with-own-auth',
    path: '/postern/plugin',
    what: 'a route of a plugin that protects itself',
    source: quoted(ROUTES_PAGE, 'or `"plugin"` for plugin-managed auth/webhook verification'),
    opensTo: ANYBODY,
  },
  {
    ...OURS,
    id: 'plugin-of-a-channel',
    path: '/api/channels/postern',
    what: 'a route of a plugin below /api/channels, which the gateway protects in any case',
    source: { module: 'src/gateway/security-path.ts' },
    opensTo: OWNER,
  },
  {
    id: 'admin-rpc',
    path: '/api/v1/admin/rpc',
    method: 'POST',
    body: '{}',
    what: 'calls methods of the gateway',
    source: quoted('docs/plugins/admin-http-rpc.md', 'The plugin route uses Gateway HTTP auth.'),
    releases: LATER,
    opensTo: OWNER,
    answers: [{ status: 400, type: JSON_TYPE, says: 'method must be' }],
  },
  {
    id: 'geolocation',
    path: '/plugins/geolocation',
    method: 'GET',
    body: null,
    what: 'the page of a plugin that the release brings',
    source: { module: 'extensions/geolocation/index.ts' },
    releases: LATER,
    opensTo: OWNER,
    answers: [{ status: 200, type: '', says: '' }],
  },
  ...['extension', 'screencast'].map(
    (name): HttpRoute => ({
      id: `browser-${name}`,
      path: `/browser/${name}`,
      method: 'upgrade',
      body: null,
      what: 'the WebSocket of the browser extension, which has a pairing of its own',
      source: quoted('docs/tools/chrome-extension.md', "Gateway's exact `/browser/extension` route"),
      releases: LATER,
      opensTo: TICKET,
      answers: [{ status: 101, type: '', says: '' }],
    }),
  ),
];

import { quoted } from '../properties/documentation.ts';
import type { Credential } from './dimensions.ts';
import {
  ANYBODY,
  EARLIER,
  type HttpRoute,
  JSON_TYPE,
  LATER,
  OWNER,
  OWNER_AND_DEVICES,
  TEXT_TYPE,
  TICKET,
} from './http-route.ts';
import { PLUGIN_ANSWERS } from './test-plugin.ts';

const ROUTES_PAGE = 'docs/plugins/architecture-internals/gateway-routes.md';

/** Routes of the plugin in `test-plugin.ts`. The gateway protects the first and the last. */
const OURS: readonly Pick<HttpRoute, 'id' | 'path' | 'what' | 'source'>[] = [
  {
    id: 'plugin-with-gateway-auth',
    path: '/postern/gateway',
    what: 'a route of a plugin that the gateway protects',
    source: quoted(ROUTES_PAGE, 'Use `"gateway"` to require normal gateway auth'),
  },
  {
    id: 'plugin-with-own-auth',
    path: '/postern/plugin',
    what: 'a route of a plugin that protects itself',
    source: quoted(ROUTES_PAGE, 'or `"plugin"` for plugin-managed auth/webhook verification'),
  },
  {
    id: 'plugin-of-a-channel',
    path: '/api/channels/postern',
    what: 'a route of a plugin below /api/channels, which the gateway protects in any case',
    source: { module: 'src/gateway/security-path.ts' },
  },
];

/** The routes of the plugin on releases that open those of the gateway to `owners`. */
const oursOn = (releases: string, owners: readonly Credential[]): HttpRoute[] =>
  OURS.map((route) => ({
    ...route,
    method: 'GET',
    body: null,
    releases,
    opensTo: route.id === 'plugin-with-own-auth' ? ANYBODY : owners,
    answers: [{ status: 200, type: TEXT_TYPE, says: PLUGIN_ANSWERS }],
  }));

/** Routes of plugins: those of the plugin in `test-plugin.ts`, and of plugins that a release brings. */
export const PLUGIN_ROUTES: readonly HttpRoute[] = [
  ...oursOn(EARLIER, OWNER),
  ...oursOn(LATER, OWNER_AND_DEVICES),
  {
    id: 'admin-rpc',
    path: '/api/v1/admin/rpc',
    method: 'POST',
    body: '{}',
    what: 'calls methods of the gateway',
    source: quoted('docs/plugins/admin-http-rpc.md', 'The plugin route uses Gateway HTTP auth.'),
    releases: LATER,
    opensTo: OWNER_AND_DEVICES,
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
    opensTo: OWNER_AND_DEVICES,
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

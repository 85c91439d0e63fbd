import { quoted } from '../properties/documentation.ts';
import { EVERY_RELEASE } from '../properties/property.ts';
import { ANYBODY, HTML_TYPE, type HttpRoute, JSON_TYPE, LATER, OWNER_AND_DEVICES } from './http-route.ts';

/**
 * The releases that ask for a secret before they show settings and pictures of the Control UI, and those that show them to everybody. The code of
 * 2026.4.20 and 2026.4.21 asks for none, and that of 2026.4.22 for one.
 */
const GATED = '>=2026.4.22';
const UNGATED = '<2026.4.22';

/** A part of every page of the Control UI, and of no other. */
export const PAGE_SAYS = '<title>OpenClaw Control</title>';

const SECURITY_PAGE = 'docs/web/control-ui/security-model.md';
const GET = { method: 'GET', body: null } as const;

/** Routes that read for the Control UI and serve only what exists, so that no request of the table is answered with content. */
const IMAGES: readonly HttpRoute[] = [
  'catalog-icon',
  'channel-avatar',
  'link-favicon',
  'plugin-activity-icon',
  'plugin-icon',
  'plugin-theme-art',
].map((name) => ({
  ...GET,
  id: name,
  path: `/__openclaw__/${name}/postern-nobody`,
  what: 'an image of the Control UI',
  source: { module: 'src/gateway/control-ui-resource-routes.ts' },
  releases: LATER,
  opensTo: OWNER_AND_DEVICES,
  answers: [{ status: 200, type: 'image/', says: '' }],
}));

/** Routes of the Control UI. */
export const PANEL_ROUTES: readonly HttpRoute[] = [
  {
    ...GET,
    id: 'panel',
    path: '/',
    what: 'the page of the Control UI',
    source: quoted('docs/gateway/security/network-exposure.md', 'That HTTP surface includes the Control UI'),
    releases: EVERY_RELEASE,
    opensTo: ANYBODY,
    answers: [{ status: 200, type: HTML_TYPE, says: PAGE_SAYS }],
  },
  {
    ...GET,
    id: 'panel-file',
    path: '/favicon.svg',
    what: 'a file of the Control UI',
    source: quoted('docs/gateway/security/network-exposure.md', 'That HTTP surface includes the Control UI'),
    releases: EVERY_RELEASE,
    opensTo: ANYBODY,
    answers: [{ status: 200, type: 'image/svg+xml', says: '<svg' }],
  },
  {
    ...GET,
    id: 'panel-config',
    path: '/__openclaw/control-ui-config.json',
    what: 'the settings of the Control UI',
    source: { module: 'src/gateway/control-ui.ts' },
    releases: UNGATED,
    opensTo: ANYBODY,
    answers: [{ status: 200, type: JSON_TYPE, says: '"basePath":' }],
  },
  ...['/control-ui-config.json', '/__openclaw/control-ui-config.json', '/__openclaw__/control-ui-config.json'].map(
    (path, index): HttpRoute => ({
      ...GET,
      id: index === 0 ? 'panel-config' : `panel-config-${index + 1}`,
      path,
      what: 'the settings of the Control UI',
      source: quoted('docs/web/control-ui/connect-and-pair.md', 'That endpoint is gated by gateway HTTP auth'),
      releases: GATED,
      opensTo: OWNER_AND_DEVICES,
      answers: [{ status: 200, type: JSON_TYPE, says: '"basePath":' }],
    }),
  ),
  {
    ...GET,
    id: 'avatar',
    path: '/avatar/main?meta=1',
    what: 'the picture of an agent',
    source: { module: 'src/gateway/control-ui.ts' },
    releases: UNGATED,
    opensTo: ANYBODY,
    answers: [{ status: 200, type: JSON_TYPE, says: '"avatarUrl":' }],
  },
  {
    ...GET,
    id: 'avatar',
    path: '/avatar/main?meta=1',
    what: 'the picture of an agent',
    source: quoted(SECURITY_PAGE, 'the Control UI avatar endpoint requires the same gateway token'),
    releases: GATED,
    opensTo: OWNER_AND_DEVICES,
    answers: [{ status: 200, type: JSON_TYPE, says: '"avatarUrl":' }],
  },
  {
    ...GET,
    id: 'user-avatar',
    path: '/api/users/postern-nobody/avatar',
    what: 'the picture of a user',
    source: { module: 'src/gateway/control-ui-user-avatar-route.ts' },
    releases: LATER,
    opensTo: OWNER_AND_DEVICES,
    answers: [{ status: 404, type: JSON_TYPE, says: '"type":"not_found"' }],
  },
  {
    ...GET,
    id: 'assistant-media',
    path: '/__openclaw__/assistant-media?meta=1&source=/postern-nobody',
    what: 'a local file of an answer of an agent',
    source: quoted(SECURITY_PAGE, 'requires the normal Control UI operator auth and access'),
    releases: LATER,
    // Its handler reads the secret in the query too, for image elements of earlier pages.
    opensTo: [...OWNER_AND_DEVICES, 'secret-in-query'],
    answers: [{ status: 200, type: JSON_TYPE, says: '"available":' }],
  },
  ...IMAGES,
  {
    ...GET,
    id: 'workspace-icon',
    path: '/__openclaw__/workspace-icon/postern-nobody',
    what: 'an image of the Control UI',
    source: { module: 'src/gateway/control-ui-resource-routes.ts' },
    releases: LATER,
    opensTo: OWNER_AND_DEVICES,
    answers: [
      { status: 200, type: 'image/', says: '' },
      { status: 503, type: '', says: 'workspace icon' },
    ],
  },
];

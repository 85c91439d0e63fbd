import type { ShippedPath } from '../gateway/image/shipped-paths.ts';
import { routesOf } from './all-routes.ts';
import type { UnwrittenPath } from './played-routes.ts';

/** Paths in the sources of releases that the table does not play, each with the reason. */
const NOT_PLAYED: Readonly<Record<string, string>> = {
  '/__openclaw__/cap': 'the beginning of a path with a ticket of the canvas; behind it is the path of another route',
  '/__openclaw__/mcp-app': 'only with apps of MCP servers, which are off by default',
  '/__openclaw__/mcp-app/': 'only with apps of MCP servers, which are off by default',
  '/mcp-app-sandbox': 'another listener, only with apps of MCP servers, which are off by default',
  '/mcp': 'another listener on loopback, which opens while an agent of another program takes a turn',
  '/oauth/mcp/callback': 'only with an MCP server for which each user signs in',
  '/api/channels/mattermost/': 'only with an account of Mattermost',
  '/api/channels/mattermost/command': 'only with an account of Mattermost',
  '/api/channels/nostr': 'only with an account of Nostr',
  '/api/v1/beam/sessions': 'only with the plugin beam, which is off by default',
  '/plugins/diffs': 'only with the plugin diffs, which is off by default',
  '/assets/':
    'files of the Control UI, whose names differ from release to release; the route panel-file is one of its files',
  '/plugins': 'reserved for plugins',
  '/plugins/': 'reserved for plugins',
  '/inbound/': 'the folder of uploaded files',
  '/favicon.ico': 'what the gateway asks other sites for',
  '/settings/plugins': 'a page of the Control UI',
  '/ui': 'redirects to the Control UI',
  '/ui/': 'redirects to the Control UI',
  '/tmp/.X11-unix': 'a folder of the machine',
  '/tmp/openclaw-worker-desktop-': 'a folder of the machine',
};

/**
 * Whether a route of the table plays the path: it is the path of a route, or the beginning of one up to a slash. A segment that begins with a
 * colon stands for any.
 */
function isPlayed(path: string, played: readonly string[]): boolean {
  const wanted = path.replace(/\/$/, '').split('/');
  return played.some((own) => {
    const segments = own.split('/');
    const fits = wanted.every((segment, index) => segment.startsWith(':') || segment === segments[index]);
    return fits && segments.length >= wanted.length + (path.endsWith('/') ? 1 : 0);
  });
}

/** The paths in the sources of a version that no route of the table plays, and that nobody knows to be none. */
export function unwrittenPaths(version: string, shipped: readonly ShippedPath[]): UnwrittenPath[] {
  const played = routesOf(version).map(({ path }) => path.split('?')[0] ?? path);
  return shipped.filter(({ path }) => !Object.hasOwn(NOT_PLAYED, path) && !isPlayed(path, played));
}

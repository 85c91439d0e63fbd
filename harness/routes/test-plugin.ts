import type { Json } from '../gateway/home/gateway-home.ts';

/** The id of the plugin, which is the name of its folder too. */
export const PLUGIN = 'postern-routes';

/** What the handlers of the plugin answer. */
export const PLUGIN_ANSWERS = 'answer of the plugin of Postern';

const FOLDER = `.openclaw/extensions/${PLUGIN}`;

/**
 * A plugin with three routes, written as the gateway's documentation describes it (docs/plugins/architecture-internals/gateway-routes.md): one
 * that the gateway protects, one that the plugin would protect itself, and one of the second kind below `/api/channels`, where the gateway
 * protects every route. The handlers answer everybody who uses GET, HEAD or POST, so an answer shows that the gateway let the request pass.
 */
const CODE = `
const handler = async (request, response) => {
  response.statusCode = ['GET', 'HEAD', 'POST'].includes(request.method) ? 200 : 405;
  response.setHeader('Content-Type', 'text/plain; charset=utf-8');
  response.end('${PLUGIN_ANSWERS}');
  return true;
};
export default {
  id: '${PLUGIN}',
  name: 'Routes of Postern',
  description: 'Answers on three routes.',
  register(api) {
    api.registerHttpRoute({ path: '/postern/gateway', auth: 'gateway', match: 'exact', handler });
    api.registerHttpRoute({ path: '/postern/plugin', auth: 'plugin', match: 'exact', handler });
    api.registerHttpRoute({ path: '/api/channels/postern', auth: 'plugin', match: 'exact', handler });
  },
};
`;

/** The files of the plugin, by their path below the home of the gateway. */
export const PLUGIN_FILES: Readonly<Record<string, Json>> = {
  [`${FOLDER}/package.json`]: {
    name: PLUGIN,
    version: '1.0.0',
    type: 'module',
    openclaw: { extensions: ['./index.js'] },
  },
  [`${FOLDER}/openclaw.plugin.json`]: {
    id: PLUGIN,
    name: 'Routes of Postern',
    description: 'Answers on three routes.',
    activation: { onStartup: true },
    configSchema: { type: 'object', additionalProperties: false },
  },
  [`${FOLDER}/index.js`]: CODE,
};

import { inRangeOrNewest } from '../scenario/releases/range.ts';
import type { Scenario } from '../scenario/schema/scenario.ts';
import { PATIENT_GATEWAY } from '../scenario/schema/scenario.ts';
import { LATER } from './http-route.ts';
import { PLUGIN, PLUGIN_FILES } from './test-plugin.ts';

/**
 * The gateway whose routes are played: with hooks, the routes of the OpenAI API, the plugin of `test-plugin.ts` and, on releases that have it,
 * the plugin for administration, which are off by default. It never limits the rate of wrong secrets. It trusts the proxy on its own machine, but for
 * releases on which that makes every client there a remote one, the operator too: measured on 2026.3.28, and not so on 2026.3.31.
 */
export function routesGateway(version: string, hookToken: string): Scenario['gateway'] {
  const isLater = inRangeOrNewest(version, LATER);
  const { gateway } = PATIENT_GATEWAY.config;
  const makesAllRemote = inRangeOrNewest(version, '<2026.3.31');
  return {
    ...PATIENT_GATEWAY,
    files: { ...PLUGIN_FILES },
    config: {
      gateway: {
        ...gateway,
        trustedProxies: makesAllRemote ? [] : ['127.0.0.1'],
        http: { endpoints: { chatCompletions: { enabled: true }, responses: { enabled: true } } },
      },
      hooks: { enabled: true, token: hookToken },
      plugins: {
        entries: { [PLUGIN]: { enabled: true }, ...(isLater ? { 'admin-http-rpc': { enabled: true } } : {}) },
      },
    },
  };
}

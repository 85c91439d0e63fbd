import type { Scenario } from '../../scenario/schema/scenario.ts';
import { mergeConfig } from '../home/gateway-home.ts';
import type { SharedSecrets } from '../home/shared-secrets.ts';
import type { GatewayProcess, Release } from './gateway-process.ts';
import type { ConfigPatch, StageLifecycle } from './stage.ts';

type Means = {
  secrets: SharedSecrets;
  /** Finds the image of a version; null stands for the gateway under test. */
  imageOf(version: string | null): Promise<Release>;
  /** Creates an empty home. Gives the name of its volume. */
  newHome(): Promise<string>;
  /** The initial config of a gateway on this stage. */
  configOf(gateway: Scenario['gateway']): Promise<Record<string, unknown>>;
};

/** The operations that stop a gateway and start it again. StageLifecycle describes them. */
export function lifecycleOf(
  gatewayProcess: GatewayProcess,
  { secrets, imageOf, newHome, configOf }: Means,
): StageLifecycle {
  const patched = (patch: ConfigPatch): Record<string, unknown> =>
    mergeConfig(gatewayProcess.parts.config, secrets.renewedIn(patch));
  const adopted = (gateway: Scenario['gateway']): Promise<Record<string, unknown>> => {
    secrets.requireFor(gateway.auth);
    return configOf(gateway);
  };
  return {
    async restart(kill) {
      if (kill) await gatewayProcess.kill();
      await gatewayProcess.stop();
      return gatewayProcess.startAgain();
    },
    async recreate(home) {
      await gatewayProcess.stop();
      return gatewayProcess.replace(home === 'fresh' ? { home: await newHome() } : {});
    },
    upgrade: async (to) => gatewayProcess.replace({ release: await imageOf(to) }),
    configure: async (patch) => gatewayProcess.replace({ config: patched(patch) }),
    reload: async (patch) => gatewayProcess.reload(patched(patch)),
    adopt: async (gateway) => gatewayProcess.reload(await adopted(gateway)),
    startAs: async (gateway) => gatewayProcess.replace({ config: await adopted(gateway) }),
  };
}

import { EnvironmentError } from '../../exit.ts';
import { MODEL_READY_MS } from '../../limits.ts';
import type { Engine } from '../engine/engine.ts';
import type { ResourceOwner } from '../engine/reaper.ts';
import { MOCK_LLM_COMMAND, MOCK_LLM_READY, mockLlmArchive } from '../home/mock-llm.ts';
import { followLog } from '../log/follow-container-log.ts';
import type { GatewayLog } from '../log/gateway-log.ts';
import { startSandboxed } from './sandboxed-container.ts';

/**
 * Begins to start a container with the mock LLM, in the network namespace that the container `front` owns. `log` gets its lines. `ready`
 * settles when it takes requests, and throws EnvironmentError if it does not start.
 */
export function startMockLlm(
  docker: Engine['docker'],
  image: string,
  resourceOwner: ResourceOwner,
  front: string,
  log: GatewayLog,
): { ready(): Promise<void> } {
  const coming = mockLlmArchive().then((archive) =>
    startSandboxed({
      image,
      resourceOwner,
      command: [...MOCK_LLM_COMMAND],
      network: { shares: front },
      seals: false,
      ports: [],
      environment: {},
      volumes: {},
      archives: [archive],
    }),
  );
  coming.catch(() => {}); // `ready` awaits it; until then the gateway may fail first
  return {
    async ready() {
      void followLog(docker, (await coming).getId(), log, '', () => {});
      if ((await log.waitFor(0, (line) => line.includes(MOCK_LLM_READY), MODEL_READY_MS)) === null)
        throw new EnvironmentError(
          `the mock LLM did not start within ${MODEL_READY_MS / 1000} s`,
          "Read its log, …-model.log, in the folder of the gateway's log.",
        );
    },
  };
}

import { certificateFingerprint } from '../../client/certificate.ts';
import { EnvironmentError } from '../../exit.ts';
import type { SecretRegistry } from '../../redaction/redactor.ts';
import type { Scenario } from '../../scenario/schema/scenario.ts';
import { createHomeVolume } from '../container/home-volume.ts';
import { watchLayers } from '../engine/disk-watch.ts';
import { engineMessage } from '../engine/engine.ts';
import { ownerOfStage, type ResourceOwner, reapStage } from '../engine/reaper.ts';
import { namesPeer, speaksTls, stageConfig } from '../home/gateway-home.ts';
import { createSharedSecrets } from '../home/shared-secrets.ts';
import type { GatewayLog } from '../log/gateway-log.ts';
import { OPERATORS_ROUTE } from '../network/proxies.ts';
import { commandIn, createCommandContainers } from './command.ts';
import { GatewayProcess, type Release } from './gateway-process.ts';
import { createHomeFiles } from './home-files.ts';
import type { Readiness, Stage } from './stage.ts';
import { lifecycleOf } from './stage-lifecycle.ts';
import { type StageNetworkRequest, setUpStageNetwork } from './stage-network.ts';

/** The stage to boot, with its secrets, log and images. */
export type BootRequest = StageNetworkRequest & {
  id: string;
  resourceOwner: ResourceOwner;
  secretRegistry: SecretRegistry;
  /** The release of the first boot. */
  image: Release;
  /** Finds the image of a version; null stands for the gateway under test. */
  imageOf(version: string | null): Promise<Release>;
  gatewayLog: GatewayLog;
  /**
   * Whether scenarios open pages on this stage, or knock as a client that says it is a page. If so, the gateway keeps its default
   * settings for the Control UI.
   */
  showsPages: boolean;
  /**
   * Runs one boot of the gateway, or one command, when the caller's semaphore permits it: a command loads as many modules as a boot, and more of
   * them at once than cores only slow each other down.
   */
  turn<T>(work: () => Promise<T>): Promise<T>;
};

/**
 * Boots a stage: a front container that owns the network namespace and every published port, the gateway inside that
 * namespace, and a peer container on the same network. So the gateway can be restarted, replaced and upgraded while all
 * addresses and relays stay the same.
 * Returns the stage and how its first boot ended. Throws EnvironmentError if the engine fails.
 */
export async function bootStage(request: BootRequest): Promise<{ stage: Stage; readiness: Readiness }> {
  try {
    return await boot(request);
  } catch (error) {
    if (error instanceof EnvironmentError) throw error;
    throw new EnvironmentError(
      `stage ${request.id} could not be set up: ${engineMessage(error)}`,
      'Run `postern doctor` to check the engine.',
      { cause: error },
    );
  }
}

async function boot(request: BootRequest): Promise<{ stage: Stage; readiness: Readiness }> {
  const { engine, gatewayLog, gateway } = request;
  const { docker } = engine;
  const resourceOwner = ownerOfStage(request.resourceOwner, request.id);
  const secrets = createSharedSecrets(request.secretRegistry, gateway.auth);
  const name = `postern-${resourceOwner.runId}-${request.id}`;
  const newHome = homesOf(request, resourceOwner, name);
  const [network, home] = await Promise.all([setUpStageNetwork(request, resourceOwner, name), newHome()]);
  const configOf = async (ofGateway: Scenario['gateway']): Promise<Record<string, unknown>> => {
    // The gateway needs the peer's address only if its config names the peer.
    const peer = namesPeer(ofGateway.config) ? await network.peerAddress() : '';
    return stageConfig(ofGateway, secrets, { peer, network: network.subnet });
  };
  const gatewayProcess = new GatewayProcess(
    {
      docker,
      resourceOwner,
      front: network.front,
      gatewayLog,
      gateway,
      showsPages: request.showsPages,
      secrets,
      operatorsWay: network.route(OPERATORS_ROUTE),
      turn: (work) => request.turn(work),
    },
    { release: request.image, config: await configOf(gateway), home },
  );
  const commandContainers = createCommandContainers({
    docker,
    resourceOwner,
    auth: gateway.auth,
    front: network.front,
    machine: network.commandMachine,
    secrets,
    imageNow: () => gatewayProcess.parts.release.tag,
    fingerprint: async () =>
      speaksTls(gateway.config) ? certificateFingerprint(network.route(OPERATORS_ROUTE)) : null,
  });
  const disk = watchDisk(request, resourceOwner);

  const stage: Stage = {
    id: request.id,
    get token() {
      return secrets.token;
    },
    get password() {
      return secrets.password;
    },
    get former() {
      return secrets.former;
    },
    credentials: secrets.credentials,
    gatewayLog,
    boots: gatewayProcess.boots,
    misnamed: gatewayProcess.misnamed,
    speaksTls: speaksTls(gateway.config),
    route: network.route,
    browser: request.browserImage === null ? null : network.browser,
    operator() {
      disk.throwIfOver();
      return gatewayProcess.operatorSession.operator();
    },
    version: () => gatewayProcess.reported.version,
    buildId: () => gatewayProcess.reported.buildId,
    protocol: () => gatewayProcess.reported.protocol,
    command: (asked) =>
      request.turn(() =>
        asked.place === 'gateway' && asked.home === 'gateway'
          ? commandIn(docker, gatewayProcess.container, asked.argv, asked.environment)
          : commandContainers.run(asked, gatewayProcess.parts.home),
      ),
    home: createHomeFiles(docker, secrets, () => gatewayProcess.container),
    lifecycle: lifecycleOf(gatewayProcess, {
      secrets,
      imageOf: (version) => request.imageOf(version),
      newHome,
      configOf,
    }),
    async close() {
      disk.stop();
      await gatewayProcess.operatorSession.dismiss();
      await reapStage(engine, resourceOwner);
      await gatewayLog.close();
    },
  };
  const readiness = await gatewayProcess.start();
  await network.complete();
  return { stage, readiness };
}

/** Makes a function that creates an empty home for the gateway and gives the name of its volume: one for each call. */
function homesOf(
  { engine, helperImage }: BootRequest,
  resourceOwner: ResourceOwner,
  stageName: string,
): () => Promise<string> {
  let homes = 0;
  return async () => {
    homes += 1;
    const volume = `${stageName}-home-${homes}`;
    await createHomeVolume(engine.docker, resourceOwner, helperImage, volume);
    return volume;
  };
}

/** Watches how much the stage's containers write. `throwIfOver` throws EnvironmentError once it was too much. */
function watchDisk(
  { engine, gatewayLog }: BootRequest,
  resourceOwner: ResourceOwner,
): { throwIfOver(): void; stop(): void } {
  let overflow: string | null = null;
  const layers = watchLayers(engine.docker, resourceOwner, (why) => {
    overflow = why;
    gatewayLog.add(`[postern] ${why}`);
  });
  return {
    throwIfOver() {
      if (overflow !== null)
        throw new EnvironmentError(
          overflow,
          'If the build needs more than that, raise the limit in harness/limits.ts.',
        );
    },
    stop: layers.stop,
  };
}

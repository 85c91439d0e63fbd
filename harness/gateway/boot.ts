import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import type { StartedTestContainer } from 'testcontainers';
import type { Knock } from '../client/handshake.ts';
import { createIdentity } from '../client/identity.ts';
import { EnvironmentError } from '../exit.ts';
import { RELOAD_MS, STOP_SECONDS } from '../limits.ts';
import type { SecretRegistry } from '../redaction/redactor.ts';
import { isVersion, releaseIn } from '../scenario/range.ts';
import { commandIn, createCommandContainers } from './command.ts';
import { controlUiConfig } from './control-ui-config.ts';
import { watchLayers } from './disk-watch.ts';
import { type Engine, engineMessage } from './engine.ts';
import { ENVIRONMENT } from './environment.ts';
import { followLog } from './follow-container-log.ts';
import { HOME, homeArchive, mergeConfig, namesPeer, stageConfig } from './gateway-home.ts';
import type { GatewayLog } from './gateway-log.ts';
import { createHomeFiles } from './home-files.ts';
import { createHomeVolume } from './home-volume.ts';
import { mockLlmConfig } from './mock-llm.ts';
import { type Operator, operatorKnock, operatorOn } from './operator.ts';
import { GATEWAY_PORT, OPERATORS_ROUTE } from './proxies.ts';
import { ownerOfStage, type ResourceOwner, reapStage } from './reaper.ts';
import { readReload } from './reload.ts';
import { startSandboxed } from './sandboxed-container.ts';
import { createSharedSecrets } from './shared-secrets.ts';
import type { Readiness, Stage, VersionMismatch } from './stage.ts';
import { type StageNetworkRequest, setUpStageNetwork } from './stage-network.ts';
import { waitUntilReady } from './wait-until-ready.ts';

/** An image of a release: the image's tag, and the version of the installed package. */
export type Release = { tag: string; version: string };

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
  /** Runs one boot of the gateway when the caller's semaphore permits it: more boots at once than cores only slow each other down. */
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
  const { engine, secretRegistry, gatewayLog } = request;
  const resourceOwner = ownerOfStage(request.resourceOwner, request.id);
  const { docker } = engine;
  const secrets = createSharedSecrets(secretRegistry, request.gateway.auth);
  const name = `postern-${resourceOwner.runId}-${request.id}`;
  let homes = 0;
  let volume = '';
  const newVolume = async (): Promise<void> => {
    homes += 1;
    volume = `${name}-home-${homes}`;
    await createHomeVolume(docker, resourceOwner, request.helperImage, volume);
  };
  const [network] = await Promise.all([setUpStageNetwork(request, resourceOwner, name), newVolume()]);
  // The gateway needs the peer's address only if its config names the peer.
  const peer = namesPeer(request.gateway.config) ? await network.peerAddress() : '';
  let config = stageConfig(request.gateway, secrets, { peer, network: network.subnet });
  let image = request.image;
  let gateway: StartedTestContainer | null = null;
  let operator: Operator | null = null;
  let operatorEnded: Promise<unknown> = Promise.resolve();
  let follower: Promise<void> = Promise.resolve();
  let version = '';
  let buildId: string | null = null;
  let protocol: number | null = null;
  const boots: number[] = [];
  const misnamed: VersionMismatch[] = [];
  let lastSeen = '';
  const identity = createIdentity();
  let overflow: string | null = null;
  const layers = watchLayers(docker, resourceOwner, (why) => {
    overflow = why;
    gatewayLog.add(`[postern] ${why}`);
  });

  const configFor = (version: string): Record<string, unknown> =>
    mergeConfig(
      mergeConfig(
        request.showsPages ? {} : controlUiConfig(version),
        request.gateway.model ? mockLlmConfig(version) : {},
      ),
      config,
    );
  const startGateway = (): Promise<Readiness> => request.turn(createAndAdmit);
  const createAndAdmit = async (): Promise<Readiness> => {
    const began = performance.now();
    gateway = await startSandboxed({
      image: image.tag,
      resourceOwner,
      command: ['openclaw', 'gateway', '--port', `${GATEWAY_PORT}`, '--verbose'],
      network: { shares: network.front },
      seals: false,
      ports: [],
      environment: { ...ENVIRONMENT, ...request.gateway.environment },
      volumes: { [HOME]: volume },
      archives: [await homeArchive(configFor(image.version), secrets.filledIn(request.gateway.files))],
    });
    return followAndAdmit(began, gateway.getId());
  };
  const followAndAdmit = (began: number, id: string): Promise<Readiness> => {
    const mark = gatewayLog.mark();
    follower = followLog(docker, id, gatewayLog, lastSeen, (stamp) => {
      lastSeen = stamp;
    });
    return admitOperator(began, mark);
  };
  const knockAsOperator = (): Promise<Knock> =>
    operatorKnock(network.route(OPERATORS_ROUTE), identity, secrets.credentials(), image.version);
  const admitOperator = async (began: number, mark: number): Promise<Readiness> => {
    if (gateway === null) throw new Error('there is no gateway to wait for');
    const container = docker.getContainer(gateway.getId());
    const ready = await waitUntilReady({
      gatewayLog,
      mark,
      attempt: knockAsOperator,
      exit: () => exitOf(container, follower),
    });
    boots.push(Math.round(performance.now() - began));
    if (ready.kind !== 'ready') return ready;
    ({ protocol, buildId } = ready);
    version = await versionOf(docker, gateway, ready.version);
    if (version !== image.version) misnamed.push({ told: version, installed: image.version });
    operator = operatorOn(ready.connection, identity.deviceId, async () => (await knockAsOperator()).connection);
    operatorEnded = ready.connection.ended;
    const { refusals } = ready;
    return { kind: 'ready', version, afterMs: Math.round(performance.now() - began), refusals };
  };
  const dismissOperator = async (): Promise<void> => {
    await operator?.close();
    operator = null;
  };
  const stopGateway = async (): Promise<void> => {
    await dismissOperator();
    if (gateway !== null) await docker.getContainer(gateway.getId()).stop({ t: STOP_SECONDS }).catch(ignoringStopped);
  };
  const startAgain = (): Promise<Readiness> => {
    const id = gateway?.getId();
    if (id === undefined) throw new Error('there is no gateway to start again');
    return request.turn(async () => {
      const began = performance.now();
      await docker.getContainer(id).start();
      return followAndAdmit(began, id);
    });
  };
  const replaceGateway = async (): Promise<Readiness> => {
    await stopGateway();
    if (gateway !== null) await docker.getContainer(gateway.getId()).remove({ force: true });
    lastSeen = '';
    return startGateway();
  };
  const commandContainers = createCommandContainers({
    docker,
    resourceOwner,
    auth: request.gateway.auth,
    front: network.front,
    machine: network.commandMachine,
    secrets,
    imageNow: () => image.tag,
  });

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
    boots,
    misnamed,
    route: network.route,
    browser: request.browserImage === null ? null : network.browser,
    operator() {
      if (overflow !== null)
        throw new EnvironmentError(
          overflow,
          'If the build needs more than that, raise the limit in harness/limits.ts.',
        );
      if (operator === null)
        throw new EnvironmentError(
          'the gateway is down: an earlier step stopped it, and it did not come back',
          'The last lines of its log, which lies in the report folder, say why.',
        );
      return operator;
    },
    version: () => version,
    buildId: () => buildId,
    protocol: () => protocol,
    command: (asked) => {
      if (gateway === null) throw new Error('there is no gateway to run a command with');
      return asked.place === 'gateway' && asked.home === 'gateway'
        ? commandIn(docker, gateway, asked.argv, asked.environment)
        : commandContainers.run(asked, volume);
    },
    home: createHomeFiles(docker, secrets, () => gateway),
    lifecycle: {
      async restart(kill) {
        if (kill && gateway !== null) await docker.getContainer(gateway.getId()).kill();
        await stopGateway();
        return startAgain();
      },
      async recreate(home) {
        await stopGateway();
        if (home === 'fresh') await newVolume();
        return replaceGateway();
      },
      async upgrade(to) {
        image = await request.imageOf(to);
        return replaceGateway();
      },
      async configure(patch) {
        config = mergeConfig(config, secrets.renewedIn(patch));
        return replaceGateway();
      },
      async reload(patch) {
        if (gateway === null) throw new Error('there is no gateway to give another config');
        config = mergeConfig(config, secrets.renewedIn(patch));
        const began = performance.now();
        const mark = gatewayLog.mark();
        const archive = await homeArchive(configFor(image.version), {});
        await gateway.copyArchiveToContainer(Readable.from([archive]), '/');
        const line = await gatewayLog.waitFor(mark, (text) => readReload(text) !== null, RELOAD_MS);
        const reload = line === null ? null : readReload(line.text);
        if (line === null || reload === null || reload === 'rejected') {
          const why = line === null ? 'its log has no line about the config that was changed while it ran' : line.text;
          return { kind: 'not-ready', afterMs: Math.round(performance.now() - began), why };
        }
        if (reload === 'restart') await Promise.race([operatorEnded, pause(RELOAD_MS, null, { ref: false })]);
        await dismissOperator();
        const readiness = await request.turn(() => admitOperator(began, mark));
        // A gateway without a supervisor starts another process and exits, and the container stops with it. A user's engine would restart
        // it.
        return reload === 'restart' && readiness.kind === 'exited' ? startAgain() : readiness;
      },
    },
    async close() {
      layers.stop();
      await operator?.close();
      await reapStage(engine, resourceOwner);
      await gatewayLog.close();
    },
  };
  const readiness = await startGateway();
  await network.complete();
  return { stage, readiness };
}

/** The version that the gateway reports. 2026.2 releases report "dev" in hello; for these, runs the installed command with `--version`. */
async function versionOf(docker: Engine['docker'], gateway: StartedTestContainer, reported: string): Promise<string> {
  if (isVersion(reported)) return reported;
  const { stdout } = await commandIn(docker, gateway, ['--version']);
  return releaseIn(stdout) ?? reported;
}

/** Settles when the container has stopped and its whole output was read. */
async function exitOf(
  container: { wait(): Promise<{ StatusCode: number }> },
  follower: Promise<void>,
): Promise<{ exitCode: number }> {
  const { StatusCode } = await container.wait();
  await follower;
  return { exitCode: StatusCode };
}

/** Ignores status 304: the container had stopped before. Throws every other error. */
function ignoringStopped(error: unknown): void {
  const status: unknown = error instanceof Error && 'statusCode' in error ? error.statusCode : null;
  if (status !== 304) throw error;
}

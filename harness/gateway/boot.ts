import type { StartedTestContainer } from 'testcontainers';
import { createIdentity } from '../client/identity.ts';
import { EnvironmentError } from '../exit.ts';
import { isVersion, releaseIn } from '../scenario/range.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { Vault } from '../secrets.ts';
import { startCell } from './cell.ts';
import { commandIn, createCommandCells } from './command.ts';
import type { Engine } from './engine.ts';
import { engineMessage } from './engine.ts';
import { ENVIRONMENT } from './environment.ts';
import { followLog } from './follow.ts';
import { archiveOf, HOME, homeArchive, mergeConfig, namesPeer, stageConfig } from './home.ts';
import type { Journal } from './journal.ts';
import { createUnder, endLease, type Lease, leaseOfStage } from './lease.ts';
import { MODEL_COMMAND, MODEL_READY, modelArchive, modelConfig } from './model.ts';
import { type Operator, operatorKnock, operatorOn } from './operator.ts';
import { type Door, GATEWAY_PORT, nginxConfig, OPERATORS_DOOR, placeOf, portsOf } from './proxies.ts';
import { awaitReady } from './ready.ts';
import type { Readiness, Stage } from './stage.ts';

/** A release in an image: its tag, and the version that it calls itself. */
export type Release = { tag: string; version: string };

export type BootRequest = {
  id: string;
  engine: Engine;
  lease: Lease;
  vault: Vault;
  helperImage: string;
  /** The release to boot first. */
  image: Release;
  /** A release by version; null for the gateway under test. */
  imageOf(version: string | null): Promise<Release>;
  gateway: Scenario['gateway'];
  /** The doors that are opened, besides the operator's. */
  doors: readonly Door[];
  journal: Journal;
  /** Each boot of the gateway takes a turn: more at once than there are cores only slow each other down. */
  turn<T>(work: () => Promise<T>): Promise<T>;
  /** Told when a container of the stage has started, so that its log is followed to a file of its own. */
  logFileOf(container: 'front' | 'peer' | 'model'): Journal;
};

const NGINX = ['nginx', '-e', 'stderr', '-c', '/etc/postern/nginx.conf'];
/** Where the helper containers keep their nginx configuration. */
const NGINX_CONF = '/etc/postern/nginx.conf';
/** A gateway that is told to stop may take this long before it is killed, in seconds: a killed 9.6 blocks its home for minutes. */
const STOP_SECONDS = 20;
/** The mock model starts in a second; the gateway needs longer. */
const MODEL_MS = 30_000;

/**
 * Boots a stage: a front container that owns the network namespace and every published port, the gateway inside that
 * namespace, and a peer container on the same network. The gateway can thus be restarted, replaced and upgraded while
 * addresses and relays stay as they are.
 * Gives the stage and how its first boot ended; throws EnvironmentError where the engine fails.
 */
export async function bootStage(request: BootRequest): Promise<{ stage: Stage; readiness: Readiness }> {
  try {
    return await boot(request);
  } catch (error) {
    if (error instanceof EnvironmentError) throw error;
    throw new EnvironmentError(
      `stage ${request.id} could not be set up: ${engineMessage(error)}`,
      'Run `postern doctor` to look at the engine.',
      { cause: error },
    );
  }
}

async function boot(request: BootRequest): Promise<{ stage: Stage; readiness: Readiness }> {
  const { engine, vault, journal } = request;
  const lease = leaseOfStage(request.lease, request.id);
  const { docker } = engine;
  const token = vault.mint('token');
  const password = vault.mint('password');
  const name = `postern-${lease.runId}-${request.id}`;
  const labels = lease.labels;

  const network = await createUnder(lease, () =>
    docker.createNetwork({
      Name: name,
      Driver: 'bridge',
      Labels: labels,
      // Publishes ports to the host and lets nothing out to the internet.
      Options: { 'com.docker.network.bridge.enable_ip_masquerade': 'false' },
    }),
  );
  const { IPAM } = await network.inspect();
  const subnet = `${IPAM?.Config?.[0]?.Subnet ?? ''}`;

  const helper = async (target: string, aliases: string[], ports: readonly number[]): Promise<StartedTestContainer> =>
    startCell({
      image: request.helperImage,
      lease,
      command: NGINX,
      network: { name, aliases },
      ports,
      environment: {},
      volumes: {},
      archives: [await archiveOf({ [NGINX_CONF]: nginxConfig(target) })],
    });
  const doors = [OPERATORS_DOOR, ...request.doors];
  const follow = (container: StartedTestContainer, which: 'front' | 'peer' | 'model'): void => {
    void followLog(docker, container.getId(), request.logFileOf(which), '', () => {});
  };
  // The peer resolves "gateway" when its nginx starts, so the front comes first.
  const front = await helper('127.0.0.1', ['gateway'], portsOf('front', doors));
  follow(front, 'front');
  const peerComing = helper('gateway', ['peer'], portsOf('peer', doors));
  peerComing.catch(() => {}); // awaited below, where it ends the boot; the gateway may fail before
  // The gateway need not wait for the peer, unless its config names it.
  const peerAddress = namesPeer(request.gateway.config) ? (await peerComing).getIpAddress(name) : '';
  let peer: StartedTestContainer | null = null;
  const openDoor = (door: Door): { host: string; port: number } => {
    const { helper, port } = placeOf(door);
    const container = { front, peer }[helper];
    if (container === null) throw new Error('a door of the peer is asked for before the stage is up');
    return { host: '127.0.0.1', port: container.getMappedPort(port) };
  };

  let config = stageConfig(request.gateway, { token, password }, { peer: peerAddress, network: subnet });
  const modelJournal = request.gateway.model ? request.logFileOf('model') : null;
  const modelComing = modelJournal === null ? null : startModel(request.helperImage, lease, front.getId());
  modelComing?.catch(() => {}); // awaited below, where it ends the boot
  let homes = 0;
  let volume = '';
  const newVolume = async (): Promise<void> => {
    homes += 1;
    volume = `${name}-home-${homes}`;
    await createUnder(lease, () => docker.createVolume({ Name: volume, Labels: labels }));
  };
  await newVolume();

  let image = request.image;
  let gateway: StartedTestContainer | null = null;
  let operator: Operator | null = null;
  let version = '';
  let protocol: number | null = null;
  const boots: number[] = [];
  let lastSeen = '';
  const identity = createIdentity();
  const credentials = { token: { token }, password: { password }, none: {} }[request.gateway.auth];

  const configFor = (version: string): Record<string, unknown> =>
    request.gateway.model ? mergeConfig(modelConfig(version), config) : config;
  const startGateway = (): Promise<Readiness> => request.turn(createAndAdmit);
  const createAndAdmit = async (): Promise<Readiness> => {
    const began = performance.now();
    gateway = await startCell({
      image: image.tag,
      lease,
      command: ['openclaw', 'gateway', '--port', `${GATEWAY_PORT}`, '--verbose'],
      network: { shares: front.getId() },
      ports: [],
      environment: { ...ENVIRONMENT, ...request.gateway.environment },
      volumes: { [HOME]: volume },
      archives: [await homeArchive(configFor(image.version), request.gateway.files)],
    });
    return admitOperator(began);
  };
  const admitOperator = async (began: number): Promise<Readiness> => {
    if (gateway === null) throw new Error('there is no gateway to wait for');
    const container = docker.getContainer(gateway.getId());
    const mark = journal.mark();
    const follower = followLog(docker, gateway.getId(), journal, lastSeen, (stamp) => {
      lastSeen = stamp;
    });
    const ready = await awaitReady({
      journal,
      mark,
      attempt: () => operatorKnock(openDoor(OPERATORS_DOOR), identity, credentials),
      exit: () => exitOf(container, follower),
    });
    boots.push(Math.round(performance.now() - began));
    if (ready.kind !== 'ready') return ready;
    protocol = ready.protocol;
    version = await versionOf(gateway, ready.version);
    operator = operatorOn(ready.connection, identity.deviceId);
    return { kind: 'ready', version, afterMs: Math.round(performance.now() - began) };
  };
  const stopGateway = async (): Promise<void> => {
    await operator?.close();
    operator = null;
    if (gateway !== null) await docker.getContainer(gateway.getId()).stop({ t: STOP_SECONDS }).catch(ignoringStopped);
  };
  const replaceGateway = async (): Promise<Readiness> => {
    await stopGateway();
    if (gateway !== null) await docker.getContainer(gateway.getId()).remove({ force: true });
    lastSeen = '';
    return startGateway();
  };
  const cells = createCommandCells({
    lease,
    auth: request.gateway.auth,
    name,
    front: front.getId(),
    token,
    password,
    imageNow: () => image.tag,
  });

  const stage: Stage = {
    id: request.id,
    token,
    password,
    journal,
    boots,
    door: openDoor,
    operator() {
      if (operator === null)
        throw new EnvironmentError(
          'the gateway is down',
          'A step before this one stopped it, and it did not come back.',
        );
      return operator;
    },
    version: () => version,
    protocol: () => protocol,
    command: (asked) => {
      if (gateway === null) throw new Error('there is no gateway to run a command beside');
      return asked.place === 'gateway' && asked.home === 'gateway'
        ? commandIn(gateway, asked.argv, asked.environment)
        : cells.run(asked, volume);
    },
    async readHome(path) {
      if (gateway === null) return null;
      const result = await gateway.exec(['cat', `${HOME}/.openclaw/${path}`]);
      return result.exitCode === 0 ? result.stdout : null;
    },
    async removeFromHome(paths) {
      const result = await gateway?.exec(['rm', '-rf', '--', ...paths.map((path) => `${HOME}/.openclaw/${path}`)]);
      if (result?.exitCode !== 0)
        throw new EnvironmentError(
          `files could not be removed: ${result?.stderr ?? 'no gateway'}`,
          'Look at the stage with --keep.',
        );
    },
    async restart() {
      await stopGateway();
      const id = gateway?.getId();
      if (id === undefined) throw new Error('there is no gateway to restart');
      return request.turn(async () => {
        const began = performance.now();
        await docker.getContainer(id).start();
        return admitOperator(began);
      });
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
      config = mergeConfig(config, patch);
      return replaceGateway();
    },
    async close() {
      await operator?.close();
      await endLease(engine, lease);
      await journal.close();
    },
  };
  const readiness = await startGateway();
  peer = await peerComing;
  follow(peer, 'peer');
  if (modelComing !== null && modelJournal !== null) {
    void followLog(docker, (await modelComing).getId(), modelJournal, '', () => {});
    if ((await modelJournal.waitFor(0, (line) => line.includes(MODEL_READY), MODEL_MS)) === null)
      throw new EnvironmentError('the mock model did not start', `Its log is model.log beside that of the gateway.`);
  }
  return { stage, readiness };
}

async function startModel(image: string, lease: Lease, front: string): Promise<StartedTestContainer> {
  return startCell({
    image,
    lease,
    command: [...MODEL_COMMAND],
    network: { shares: front },
    ports: [],
    environment: {},
    volumes: {},
    archives: [await modelArchive()],
  });
}

/** What the gateway calls itself. 2026.2 releases say "dev" in hello, so there the installed command is asked instead. */
async function versionOf(gateway: StartedTestContainer, told: string): Promise<string> {
  if (isVersion(told)) return told;
  const { stdout } = await commandIn(gateway, ['--version']);
  return releaseIn(stdout) ?? told;
}

/** Settles when the container has stopped and everything it said was read. */
async function exitOf(
  container: { wait(): Promise<{ StatusCode: number }> },
  follower: Promise<void>,
): Promise<{ exitCode: number }> {
  const { StatusCode } = await container.wait();
  await follower;
  return { exitCode: StatusCode };
}

/** 304: it had stopped by itself. */
function ignoringStopped(error: unknown): void {
  const status: unknown = error instanceof Error && 'statusCode' in error ? error.statusCode : null;
  if (status !== 304) throw error;
}

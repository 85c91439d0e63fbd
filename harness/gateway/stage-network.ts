import type { StartedTestContainer } from 'testcontainers';
import type { Way } from '../client/dial.ts';
import { EnvironmentError } from '../exit.ts';
import { MODEL_READY_MS } from '../limits.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { startBrowser } from './browser.ts';
import { type CommandContainerRequest, startCommandContainer } from './command-container.ts';
import type { Engine } from './engine.ts';
import { followLog } from './follow-container-log.ts';
import type { GatewayLog } from './gateway-log.ts';
import { MOCK_LLM_COMMAND, MOCK_LLM_READY, mockLlmArchive } from './mock-llm.ts';
import type { SealedNetwork } from './network-seal.ts';
import {
  authorityOf,
  BROWSER_RELAY_PORT,
  type BrowserPlace,
  browserNginxConfig,
  nginxConfig,
  OPERATORS_ROUTE,
  placeOf,
  portsOf,
  type Route,
} from './proxies.ts';
import { createUnder, type ResourceOwner } from './reaper.ts';
import { startSandboxed } from './sandboxed-container.ts';

export type StageNetworkRequest = {
  engine: Engine;
  helperImage: string;
  /** The image with Chromium; null where no scenario of the run needs a browser. */
  browserImage: string | null;
  gateway: Scenario['gateway'];
  /** The doors that are opened, besides the operator's. */
  routes: readonly Route[];
  /** Asked when a container of the stage starts, so that its log is followed to a file of its own. */
  logFileOf(container: 'front' | 'peer' | 'model' | 'browser' | 'commands'): GatewayLog;
};

/** What stands around the gateway of a stage, and stays while gateways come and go. */
export type StageNetwork = {
  /** The network of the stage, as an address range. */
  subnet: string;
  /** Id of the container that owns the network namespace of the gateway and every published port. */
  front: string;
  /** The address of the peer on the network, once it is there. */
  peerAddress(): Promise<string>;
  /** The way to a door. Those of the peer are there once everything is. */
  route(route: Route): Way;
  /** Starts a browser in that place, unless one is there. Gives the port of 127.0.0.1 at which it takes orders. */
  browser(place: BrowserPlace): Promise<number>;
  /** Starts a sealed machine on the network, for commands: the container that owns its network namespace. */
  commandMachine(): Promise<StartedTestContainer>;
  /** Settles when all of it is up; throws EnvironmentError where some of it is not. */
  complete(): Promise<void>;
};

const NGINX = ['nginx', '-e', 'stderr', '-c', '/etc/postern/nginx.conf'];
/** Where the helper containers keep their nginx configuration. */
const NGINX_CONF = '/etc/postern/nginx.conf';
/** Keeps a network namespace, and does nothing in it. */
const IDLE = ['sleep', 'infinity'];

/**
 * Makes the network of a stage, the front container, and begins to start the rest beside the gateway: the peer, and the mock model
 * where agents take turns. Every network namespace is sealed before anything runs in it. Throws EnvironmentError where one cannot be,
 * else what the engine says.
 */
export async function setUpStageNetwork(
  request: StageNetworkRequest,
  resourceOwner: ResourceOwner,
  name: string,
): Promise<StageNetwork> {
  const { docker } = request.engine;
  const network = await createNetwork(docker, resourceOwner, name);
  const machine = (
    over: Pick<CommandContainerRequest, 'aliases' | 'ports' | 'gatewayLog'> & Partial<CommandContainerRequest>,
  ): Promise<StartedTestContainer> =>
    startCommandContainer({
      docker,
      resourceOwner,
      image: request.helperImage,
      network,
      hosts: {},
      orders: [],
      neighbour: null,
      program: NGINX,
      files: {},
      ...over,
    });
  const routes = [OPERATORS_ROUTE, ...request.routes];
  const front = await machine({
    aliases: ['gateway'],
    ports: portsOf('front', routes),
    files: { [NGINX_CONF]: nginxConfig('127.0.0.1') },
    gatewayLog: request.logFileOf('front'),
  });
  const gateway = front.getIpAddress(name);
  const beside = { hosts: { gateway }, neighbour: gateway };
  const peerComing = machine({
    ...beside,
    aliases: ['peer'],
    ports: portsOf('peer', routes),
    files: { [NGINX_CONF]: nginxConfig(gateway) },
    gatewayLog: request.logFileOf('peer'),
  });
  peerComing.catch(() => {}); // awaited when the rest is there; the gateway may fail before
  const modelJournal = request.gateway.model ? request.logFileOf('model') : null;
  const modelComing = modelJournal === null ? null : startModel(request.helperImage, resourceOwner, front.getId());
  modelComing?.catch(() => {}); // likewise

  let peer: StartedTestContainer | null = null;
  const browsers = new Map<BrowserPlace, Promise<number>>();
  const openBrowser = async (place: BrowserPlace): Promise<number> => {
    if (request.browserImage === null) throw new Error('a browser in a run that was planned without');
    const gatewayLog = request.logFileOf('browser');
    const owner = await machine({
      ...beside,
      hosts: { gateway, peer: (await peerComing).getIpAddress(name) },
      aliases: [],
      ports: [BROWSER_RELAY_PORT],
      orders: [BROWSER_RELAY_PORT],
      files: { [NGINX_CONF]: browserNginxConfig(place, gateway) },
      gatewayLog,
    });
    await startBrowser({ docker, resourceOwner, image: request.browserImage, shares: owner.getId(), gatewayLog });
    return owner.getMappedPort(BROWSER_RELAY_PORT);
  };

  return {
    subnet: network.subnet,
    front: front.getId(),
    peerAddress: async () => (await peerComing).getIpAddress(name),
    route(route) {
      const place = placeOf(route);
      const container = { front, peer }[place.helper];
      if (container === null) throw new Error('a door of the peer is asked for before the stage is up');
      return { host: '127.0.0.1', port: container.getMappedPort(place.port), authority: authorityOf(route.from) };
    },
    browser(place) {
      const there = browsers.get(place) ?? openBrowser(place);
      browsers.set(place, there);
      return there;
    },
    commandMachine: () =>
      machine({ ...beside, aliases: [], ports: [], program: IDLE, gatewayLog: request.logFileOf('commands') }),
    async complete() {
      peer = await peerComing;
      if (modelComing === null || modelJournal === null) return;
      void followLog(docker, (await modelComing).getId(), modelJournal, '', () => {});
      if ((await modelJournal.waitFor(0, (line) => line.includes(MOCK_LLM_READY), MODEL_READY_MS)) === null)
        throw new EnvironmentError(
          `the mock model did not start within ${MODEL_READY_MS / 1000} s`,
          'Its log lies beside that of the gateway, as …-model.log.',
        );
    },
  };
}

async function createNetwork(
  docker: Engine['docker'],
  resourceOwner: ResourceOwner,
  name: string,
): Promise<SealedNetwork> {
  const network = await createUnder(resourceOwner, () =>
    docker.createNetwork({
      Name: name,
      Driver: 'bridge',
      Labels: resourceOwner.labels,
      // Publishes ports to the host, and translates no address on the way out. Sealed namespaces send nothing that way in the first place.
      Options: { 'com.docker.network.bridge.enable_ip_masquerade': 'false' },
    }),
  );
  const { IPAM } = await network.inspect();
  const { Subnet: subnet, Gateway: host } = IPAM?.Config?.find(({ Subnet }) => Subnet?.includes('.')) ?? {};
  if (subnet === undefined || host === undefined)
    throw new EnvironmentError(
      `the engine does not say which addresses the network ${name} has: ${JSON.stringify(IPAM)}`,
      'Without them it cannot be sealed. Postern needs bridge networks with IPv4 addresses.',
    );
  return { name, subnet, host };
}

async function startModel(image: string, resourceOwner: ResourceOwner, front: string): Promise<StartedTestContainer> {
  return startSandboxed({
    image,
    resourceOwner,
    command: [...MOCK_LLM_COMMAND],
    network: { shares: front },
    seals: false,
    ports: [],
    environment: {},
    volumes: {},
    archives: [await mockLlmArchive()],
  });
}

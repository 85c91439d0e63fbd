import type { StartedTestContainer } from 'testcontainers';
import type { Address } from '../../client/dial.ts';
import { EnvironmentError } from '../../exit.ts';
import type { Scenario } from '../../scenario/schema/scenario.ts';
import { startBrowser } from '../container/browser.ts';
import { type CommandContainerRequest, startCommandContainer } from '../container/command-container.ts';
import { startMockLlm } from '../container/start-mock-llm.ts';
import type { Engine } from '../engine/engine.ts';
import { createUnder, type ResourceOwner } from '../engine/reaper.ts';
import { speaksTls } from '../home/gateway-home.ts';
import type { GatewayLog } from '../log/gateway-log.ts';
import type { SealedNetwork } from '../network/network-seal.ts';
import {
  authorityOf,
  BROWSER_RELAY_PORT,
  type BrowserPlace,
  browserNginxConfig,
  isProxied,
  nginxConfig,
  OPERATORS_ROUTE,
  placeOf,
  portsOf,
  type Route,
} from '../network/proxies.ts';

/** The images, gateway block and routes of a stage whose network is to be set up. */
export type StageNetworkRequest = {
  engine: Engine;
  helperImage: string;
  /** The image with Chromium; null if no scenario of the run needs a browser. */
  browserImage: string | null;
  gateway: Scenario['gateway'];
  /** The routes whose ports are published, in addition to the operator's. */
  routes: readonly Route[];
  /** Creates the log of a helper container. Called when the container starts; each has a file of its own. */
  logFileOf(container: 'front' | 'peer' | 'model' | 'browser' | 'commands'): GatewayLog;
};

/** The network of a stage and its helper containers. They stay when the gateway is restarted, replaced or upgraded. */
export type StageNetwork = {
  /** The address range of the stage's network, such as 172.18.0.0/16. */
  subnet: string;
  /** Id of the container that owns the network namespace of the gateway and every published port. */
  front: string;
  /** The address of the peer on the stage's network. Waits until the peer has started. */
  peerAddress(): Promise<string>;
  /** The address to dial for a route. Routes through the peer need `complete` to have settled. */
  route(route: Route): Address;
  /** Starts a browser in this place, unless one runs there. Returns the port of 127.0.0.1 at which the harness controls it. */
  browser(place: BrowserPlace): Promise<number>;
  /** Starts a container on the stage's network for commands. It owns a sealed network namespace, which the command's container shares. */
  commandMachine(): Promise<StartedTestContainer>;
  /** Settles when every helper container is ready. Throws EnvironmentError if one did not start. */
  complete(): Promise<void>;
};

const NGINX = ['nginx', '-e', 'stderr', '-c', '/etc/postern/nginx.conf'];
/** Path of the nginx configuration in the helper containers. */
const NGINX_CONF = '/etc/postern/nginx.conf';
/** A program that does nothing: it keeps a network namespace alive. */
const IDLE = ['sleep', 'infinity'];

/**
 * Creates the network of a stage and the front container, and begins to start the peer, and the mock LLM if the gateway block has
 * `model: true`. Each network namespace is sealed before its program starts.
 * `name` is the name of the network. Throws EnvironmentError if a namespace cannot be sealed; passes on errors of the engine.
 */
export async function setUpStageNetwork(
  request: StageNetworkRequest,
  resourceOwner: ResourceOwner,
  name: string,
): Promise<StageNetwork> {
  const { docker } = request.engine;
  const gatewaySpeaksTls = speaksTls(request.gateway.config);
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
    files: { [NGINX_CONF]: nginxConfig('127.0.0.1', gatewaySpeaksTls) },
    gatewayLog: request.logFileOf('front'),
  });
  const gateway = front.getIpAddress(name);
  const onNetwork = { hosts: { gateway }, neighbour: gateway };
  const peerComing = machine({
    ...onNetwork,
    aliases: ['peer'],
    ports: portsOf('peer', routes),
    files: { [NGINX_CONF]: nginxConfig(gateway, gatewaySpeaksTls) },
    gatewayLog: request.logFileOf('peer'),
  });
  peerComing.catch(() => {}); // `complete` awaits it; until then the gateway may fail first
  const mockLlm = request.gateway.model
    ? startMockLlm(request.engine.docker, request.helperImage, resourceOwner, front.getId(), request.logFileOf('model'))
    : null;

  let peer: StartedTestContainer | null = null;
  const browsers = new Map<BrowserPlace, Promise<number>>();
  const openBrowser = async (place: BrowserPlace): Promise<number> => {
    if (request.browserImage === null) throw new Error('a step needs a browser, and the run was planned without one');
    const gatewayLog = request.logFileOf('browser');
    const owner = await machine({
      ...onNetwork,
      hosts: { gateway, peer: (await peerComing).getIpAddress(name) },
      aliases: [],
      ports: [BROWSER_RELAY_PORT],
      orders: [BROWSER_RELAY_PORT],
      files: { [NGINX_CONF]: browserNginxConfig(place, gateway) },
      gatewayLog,
    });
    await startBrowser({
      docker,
      resourceOwner,
      image: request.browserImage,
      shares: owner.getId(),
      place,
      gatewayLog,
    });
    return owner.getMappedPort(BROWSER_RELAY_PORT);
  };

  return {
    subnet: network.subnet,
    front: front.getId(),
    peerAddress: async () => (await peerComing).getIpAddress(name),
    route(route) {
      const place = placeOf(route);
      const container = { front, peer }[place.helper];
      if (container === null) throw new Error('a route through the peer was requested before the stage was complete');
      return {
        ...{ host: '127.0.0.1', port: container.getMappedPort(place.port), authority: authorityOf(route.from) },
        tls: gatewaySpeaksTls && !isProxied(route),
      };
    },
    browser(place) {
      const there = browsers.get(place) ?? openBrowser(place);
      browsers.set(place, there);
      return there;
    },
    commandMachine: () =>
      machine({ ...onNetwork, aliases: [], ports: [], program: IDLE, gatewayLog: request.logFileOf('commands') }),
    async complete() {
      peer = await peerComing;
      await mockLlm?.ready();
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
      // The network publishes ports to the host, and has no address translation for outgoing packets. The seal blocks those in any case.
      Options: { 'com.docker.network.bridge.enable_ip_masquerade': 'false' },
    }),
  );
  const { IPAM } = await network.inspect();
  const { Subnet: subnet, Gateway: host } = IPAM?.Config?.find(({ Subnet }) => Subnet?.includes('.')) ?? {};
  if (subnet === undefined || host === undefined)
    throw new EnvironmentError(
      `the engine does not report the addresses of the network ${name}: ${JSON.stringify(IPAM)}`,
      'Postern needs bridge networks with IPv4 addresses: the firewall rules of the seal name them.',
    );
  return { name, subnet, host };
}

import type { StartedTestContainer } from 'testcontainers';
import type { Way } from '../client/dial.ts';
import { EnvironmentError } from '../exit.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { startBrowser } from './browser.ts';
import { startCell } from './cell.ts';
import type { Engine } from './engine.ts';
import { followLog } from './follow.ts';
import { archiveOf } from './home.ts';
import type { Journal } from './journal.ts';
import { createUnder, type Lease } from './lease.ts';
import { MODEL_COMMAND, MODEL_READY, modelArchive } from './model.ts';
import {
  authorityOf,
  BROWSER_RELAY_PORT,
  type BrowserPlace,
  type Door,
  nginxConfig,
  OPERATORS_DOOR,
  placeOf,
  portsOf,
} from './proxies.ts';

export type SurroundingsRequest = {
  engine: Engine;
  helperImage: string;
  /** The image with Chromium; null where no scenario of the run needs a browser. */
  browserImage: string | null;
  gateway: Scenario['gateway'];
  /** The doors that are opened, besides the operator's. */
  doors: readonly Door[];
  /** Whether a browser will run beside the gateway. */
  browserHere: boolean;
  /** Told when a container of the stage has started, so that its log is followed to a file of its own. */
  logFileOf(container: 'front' | 'peer' | 'model' | 'browser'): Journal;
};

/** What stands around the gateway of a stage, and stays while gateways come and go. */
export type Surroundings = {
  /** The network of the stage, as an address range. */
  subnet: string;
  /** Id of the container that owns the network namespace of the gateway and every published port. */
  front: string;
  /** The address of the peer on the network, once it is there. */
  peerAddress(): Promise<string>;
  /** The way to a door. Those of the peer are there once everything is. */
  door(door: Door): Way;
  /** Starts a browser in that place, unless one is there. Gives the address at which it takes orders. */
  browser(place: BrowserPlace): Promise<string>;
  /** Settles when all of it is up; throws EnvironmentError where some of it is not. */
  complete(): Promise<void>;
};

const NGINX = ['nginx', '-e', 'stderr', '-c', '/etc/postern/nginx.conf'];
/** Where the helper containers keep their nginx configuration. */
const NGINX_CONF = '/etc/postern/nginx.conf';
/** The mock model starts in a second; the gateway needs longer. */
const MODEL_MS = 30_000;

/**
 * Makes the network of a stage, the front container, and begins to start the rest beside the gateway: the peer, and the mock model
 * where agents take turns. Throws what the engine says.
 */
export async function setUpSurroundings(
  request: SurroundingsRequest,
  lease: Lease,
  name: string,
): Promise<Surroundings> {
  const { docker } = request.engine;
  const network = await createUnder(lease, () =>
    docker.createNetwork({
      Name: name,
      Driver: 'bridge',
      Labels: lease.labels,
      // Publishes ports to the host and lets nothing out to the internet.
      Options: { 'com.docker.network.bridge.enable_ip_masquerade': 'false' },
    }),
  );
  const { IPAM } = await network.inspect();

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
  const follow = (container: StartedTestContainer, journal: Journal): void => {
    void followLog(docker, container.getId(), journal, '', () => {});
  };
  const doors = [OPERATORS_DOOR, ...request.doors];
  // The peer resolves "gateway" when its nginx starts, so the front comes first.
  const front = await helper(
    '127.0.0.1',
    ['gateway'],
    [...portsOf('front', doors), ...(request.browserHere ? [BROWSER_RELAY_PORT] : [])],
  );
  follow(front, request.logFileOf('front'));
  const peerComing = helper('gateway', ['peer'], portsOf('peer', doors));
  peerComing.catch(() => {}); // awaited when the rest is there; the gateway may fail before
  const modelJournal = request.gateway.model ? request.logFileOf('model') : null;
  const modelComing = modelJournal === null ? null : startModel(request.helperImage, lease, front.getId());
  modelComing?.catch(() => {}); // likewise

  let peer: StartedTestContainer | null = null;
  const browsers = new Map<BrowserPlace, Promise<string>>();
  const openBrowser = async (place: BrowserPlace): Promise<string> => {
    if (request.browserImage === null) throw new Error('a browser in a run that was planned without');
    const machine = place === 'here' ? front : await helper('gateway', ['visitor'], [BROWSER_RELAY_PORT]);
    const journal = request.logFileOf('browser');
    await startBrowser({ docker, lease, image: request.browserImage, shares: machine.getId(), journal });
    return `http://127.0.0.1:${machine.getMappedPort(BROWSER_RELAY_PORT)}`;
  };

  return {
    subnet: `${IPAM?.Config?.[0]?.Subnet ?? ''}`,
    front: front.getId(),
    peerAddress: async () => (await peerComing).getIpAddress(name),
    door(door) {
      const place = placeOf(door);
      const container = { front, peer }[place.helper];
      if (container === null) throw new Error('a door of the peer is asked for before the stage is up');
      return { host: '127.0.0.1', port: container.getMappedPort(place.port), authority: authorityOf(door.from) };
    },
    browser(place) {
      const there = browsers.get(place) ?? openBrowser(place);
      browsers.set(place, there);
      return there;
    },
    async complete() {
      peer = await peerComing;
      follow(peer, request.logFileOf('peer'));
      if (modelComing === null || modelJournal === null) return;
      follow(await modelComing, modelJournal);
      if ((await modelJournal.waitFor(0, (line) => line.includes(MODEL_READY), MODEL_MS)) === null)
        throw new EnvironmentError('the mock model did not start', 'Its log is model.log beside that of the gateway.');
    },
  };
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

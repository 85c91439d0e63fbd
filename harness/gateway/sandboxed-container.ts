import { Readable } from 'node:stream';
import { GenericContainer, type StartedTestContainer } from 'testcontainers';
import { CONTAINER } from '../limits.ts';
import { SEALING_CAPABILITIES } from './network-seal.ts';
import { createUnder, type ResourceOwner } from './reaper.ts';

/** What the engine keeps of a container's output; the journal has it too. A gateway that is asked to log all writes 5 MB in a catalogue. */
const ENGINE_LOG = { Type: 'json-file', Config: { 'max-size': '16m', 'max-file': '2' } } as const;

export type SandboxRequest = {
  image: string;
  resourceOwner: ResourceOwner;
  command: string[];
  /** A network by name with the aliases the container has there and the names it knows, another container whose namespace is shared, or none. */
  network:
    | { name: string; aliases: readonly string[]; hosts: Readonly<Record<string, string>> }
    | { shares: string }
    | 'none';
  /** Begins as root, with the capabilities that it takes to seal its network namespace and to give them up. Else there are none. */
  seals: boolean;
  /** Container ports, published on random ports of 127.0.0.1. */
  ports: readonly number[];
  environment: Record<string, string>;
  /** Volume name by mount point: the only mounts there are. */
  volumes: Record<string, string>;
  /** Put in place before the container starts, as tar archives relative to /. */
  archives: readonly Buffer[];
};

/**
 * A container with everything taken away that a gateway does not need: no capabilities, no new privileges, bounded
 * memory, CPU, processes and log, no mounts but named volumes, ports on 127.0.0.1 alone.
 */
class Cell extends GenericContainer {
  private readonly request: SandboxRequest;

  constructor(request: SandboxRequest) {
    super(request.image);
    this.request = request;
    this.withLabels({ ...request.resourceOwner.labels })
      .withCommand(request.command)
      .withEntrypoint([])
      .withEnvironment(request.environment)
      .withDroppedCapabilities('ALL')
      .withSecurityOpt('no-new-privileges')
      .withResourcesQuota({ memory: CONTAINER.memoryGb, cpu: CONTAINER.cpus })
      .withAutoCleanup(false)
      .withExposedPorts(...request.ports)
      .withCopyArchivesToContainer(request.archives.map((tar) => ({ tar: Readable.from([tar]), target: '/' })));
    if (request.network === 'none') this.withNetworkMode('none');
    else if ('shares' in request.network) this.withNetworkMode(`container:${request.network.shares}`);
    else {
      const { name, aliases, hosts } = request.network;
      this.withNetworkMode(name)
        .withNetworkAliases(...aliases)
        .withExtraHosts(Object.entries(hosts).map(([host, ipAddress]) => ({ host, ipAddress })));
    }
    if (request.seals) this.withUser('root').withAddedCapabilities(...SEALING_CAPABILITIES);
    this.withWaitStrategy(NO_WAIT);
  }

  protected override async beforeContainerCreated(): Promise<void> {
    this.hostConfig.PidsLimit = CONTAINER.processes;
    this.hostConfig.LogConfig = ENGINE_LOG;
    this.hostConfig.MemorySwap = CONTAINER.memoryGb * 1024 ** 3;
    this.hostConfig.PortBindings = Object.fromEntries(
      this.request.ports.map((port) => [`${port}/tcp`, [{ HostIp: '127.0.0.1', HostPort: '' }]]),
    );
    this.hostConfig.Mounts = Object.entries(this.request.volumes).map(([target, source]) => ({
      Type: 'volume',
      Source: source,
      Target: target,
      VolumeOptions: {
        NoCopy: false,
        Labels: this.request.resourceOwner.labels,
        DriverConfig: { Name: '', Options: {} },
      },
    }));
    // testcontainers leaves this out when there are aliases, and the container would first join the default bridge, which reaches the internet.
    if (this.request.network !== 'none' && 'name' in this.request.network) {
      this.createOpts.NetworkingConfig = {
        EndpointsConfig: { [this.request.network.name]: { Aliases: [...this.request.network.aliases] } },
      };
      this.networkAliases = [];
      // Names of the outside lead nowhere, and are told so at once: nobody listens at this address, and whoever shares the namespace
      // asks there too. Gateways look names up (for prices, for updates), what is not answered holds up their stop, and the engine
      // waits for it before it gives the namespace back (2.5 s per stage). It also lets no build tell tales by way of names.
      this.hostConfig.Dns = ['127.0.0.1'];
    }
  }
}

/** Ready is an admitted knock (see stage.ts), so the container itself is not waited for. */
const NO_WAIT = {
  waitUntilReady: async (): Promise<void> => {},
  withStartupTimeout() {
    return this;
  },
  isStartupTimeoutSet: () => true,
  getStartupTimeout: () => 0,
};

/** Starts a container. Gives the started container of testcontainers; throws what the engine says. */
export function startSandboxed(request: SandboxRequest): Promise<StartedTestContainer> {
  return createUnder(request.resourceOwner, () => new Cell(request).start());
}

import { Readable } from 'node:stream';
import { GenericContainer, type StartedTestContainer } from 'testcontainers';
import { CONTAINER } from '../../limits.ts';
import { createUnder, type ResourceOwner } from '../engine/reaper.ts';
import { SEALING_CAPABILITIES } from '../network/network-seal.ts';

/**
 * How much output of a container the engine keeps; the gateway log has it too. With --verbose, a gateway writes 5 MB while all scenarios
 * are played.
 */
const ENGINE_LOG = { Type: 'json-file', Config: { 'max-size': '16m', 'max-file': '2' } } as const;

/** The container to start. */
export type SandboxRequest = {
  image: string;
  resourceOwner: ResourceOwner;
  command: string[];
  /**
   * A network by name, with the container's aliases in it and the entries of its /etc/hosts; or the id of a container whose network
   * namespace it shares; or none.
   */
  network:
    | { name: string; aliases: readonly string[]; hosts: Readonly<Record<string, string>> }
    | { shares: string }
    | 'none';
  /** True: starts as root with the capabilities to seal its network namespace and to drop its privileges. False: has no capabilities. */
  seals: boolean;
  /** Container ports that are published on random ports of 127.0.0.1. */
  ports: readonly number[];
  environment: Record<string, string>;
  /** Volume name by mount point. The container has no other mounts. */
  volumes: Record<string, string>;
  /** Tar archives with paths relative to /, extracted before the container starts. */
  archives: readonly Buffer[];
};

/**
 * A container with only the privileges that a gateway needs: no capabilities, no new privileges, limits on memory, CPU, processes and
 * log, no mounts other than named volumes, ports published on 127.0.0.1 only.
 */
class SandboxedContainer extends GenericContainer {
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
    // With aliases, testcontainers does not set this. The container would then first join the default bridge, which reaches the internet.
    if (this.request.network !== 'none' && 'name' in this.request.network) {
      this.createOpts.NetworkingConfig = {
        EndpointsConfig: { [this.request.network.name]: { Aliases: [...this.request.network.aliases] } },
      };
      this.networkAliases = [];
      // External names do not resolve, and queries fail at once: no server listens at this address, also for containers that share the
      // namespace. Gateways look names up (for prices, for updates); an unanswered query delays their stop, and the engine waits for it
      // before it removes the namespace (2.5 s per stage). It also prevents an untrusted build from leaking data through DNS queries.
      this.hostConfig.Dns = ['127.0.0.1'];
    }
  }
}

/** Makes testcontainers return at once. A gateway is ready when it admits the operator (see wait-until-ready.ts). */
const NO_WAIT = {
  waitUntilReady: async (): Promise<void> => {},
  withStartupTimeout() {
    return this;
  },
  isStartupTimeoutSet: () => true,
  getStartupTimeout: () => 0,
};

/** Starts a sandboxed container. Returns the started container of testcontainers. Passes on errors of the engine. */
export function startSandboxed(request: SandboxRequest): Promise<StartedTestContainer> {
  return createUnder(request.resourceOwner, () => new SandboxedContainer(request).start());
}

import { once } from 'node:events';
import { createServer } from 'node:net';
import type { StartedTestContainer } from 'testcontainers';
import { EnvironmentError } from '../../exit.ts';
import { SEAL_MS } from '../../limits.ts';
import type { Engine } from '../engine/engine.ts';
import type { ResourceOwner } from '../engine/reaper.ts';
import { archiveOf } from '../home/gateway-home.ts';
import { followLog } from '../log/follow-container-log.ts';
import type { GatewayLog } from '../log/gateway-log.ts';
import {
  leaksInSeal,
  NOBODY_LISTENS,
  SEAL_DONE,
  type SealedNetwork,
  sealedCommand,
  sealRules,
  sealTrialsOf,
} from '../network/network-seal.ts';
import { startSandboxed } from './sandboxed-container.ts';

/** The container to start on the network of a stage. `gatewayLog` is the log to which its output is added. */
export type CommandContainerRequest = {
  docker: Engine['docker'];
  resourceOwner: ResourceOwner;
  /** The helper image, with nginx and nftables. */
  image: string;
  network: SealedNetwork;
  aliases: readonly string[];
  /** Entries of /etc/hosts: address by name. */
  hosts: Readonly<Record<string, string>>;
  /** Container ports that are published on random ports of 127.0.0.1. */
  ports: readonly number[];
  /** Control ports, to which only the host may connect. */
  orders: readonly number[];
  /** The address of a container of the stage that it must reach; null for the first container. */
  neighbour: string | null;
  program: readonly string[];
  /** Text by absolute path, written before the container starts. */
  files: Readonly<Record<string, string>>;
  gatewayLog: GatewayLog;
};

/**
 * Starts a container that owns a network namespace of a stage, which other containers can share. Settles once trials from inside the
 * namespace have shown that packets reach the stage only. Throws EnvironmentError if the namespace cannot be sealed, or if a trial
 * reached an address outside of the stage: untrusted programs must not run there.
 */
export async function startCommandContainer(request: CommandContainerRequest): Promise<StartedTestContainer> {
  const {
    docker,
    resourceOwner,
    image,
    network,
    aliases,
    hosts,
    ports,
    orders,
    neighbour,
    program,
    files,
    gatewayLog,
  } = request;
  const listener = await listenOn(network.host);
  try {
    const trials = sealTrialsOf(network.host, listener?.port ?? NOBODY_LISTENS, neighbour);
    const mark = gatewayLog.mark();
    const container = await startSandboxed({
      image,
      resourceOwner,
      command: sealedCommand(sealRules(network, orders), trials, program),
      network: { name: network.name, aliases, hosts },
      seals: true,
      ports,
      environment: { LC_ALL: 'C' },
      volumes: {},
      archives: [await archiveOf(files)],
    });
    const ended = followLog(docker, container.getId(), gatewayLog, '', () => {}).then(() => null);
    const done = await Promise.race([gatewayLog.waitFor(mark, (line) => line === SEAL_DONE, SEAL_MS), ended]);
    const lines = gatewayLog.since(mark).map(({ text }) => text);
    const holes = leaksInSeal(lines, trials);
    if ((listener?.calls() ?? 0) > 0) holes.push('a connection arrived at the host');
    if (done === null || holes.length > 0) throw notSealed(holes, lines);
    return container;
  } finally {
    listener?.close();
  }
}

function notSealed(holes: readonly string[], lines: readonly string[]): EnvironmentError {
  const why = holes.length > 0 ? holes.join('; ') : `its script did not end within ${SEAL_MS / 1000} s`;
  return new EnvironmentError(
    `the network of a container could not be sealed: ${why}. It printed: ${lines.slice(-5).join(' / ') || 'nothing'}`,
    'Postern runs no untrusted gateway without the seal. The engine must let a container have NET_ADMIN in its own network ' +
      'namespace, and its kernel must have nf_tables: on a rootless engine, load the module nf_tables as root, or use a rootful one.',
  );
}

/**
 * Listens on a free port of this address, and counts connections. Returns null if this machine does not have the address, for example
 * because the engine runs in a virtual machine.
 */
async function listenOn(host: string): Promise<{ port: number; calls(): number; close(): void } | null> {
  let calls = 0;
  const server = createServer((socket) => {
    calls += 1;
    socket.destroy();
  });
  try {
    await once(server.listen(0, host), 'listening');
  } catch {
    return null;
  }
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : NOBODY_LISTENS;
  return { port, calls: () => calls, close: () => void server.close() };
}

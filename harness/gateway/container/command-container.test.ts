import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { StartedTestContainer } from 'testcontainers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { waitOnThisMachine } from '../../limits.ts';
import { createSecretRegistry } from '../../redaction/redactor.ts';
import { connectEngine, type Engine } from '../engine/engine.ts';
import { createUnder, ownResources, reapRun } from '../engine/reaper.ts';
import { prepareEngine } from '../image/prepare-engine.ts';
import { createGatewayLog } from '../log/gateway-log.ts';
import { broadcastOf, type SealedNetwork } from '../network/network-seal.ts';
import { type CommandContainerRequest, startCommandContainer } from './command-container.ts';
import { startSandboxed } from './sandboxed-container.ts';

/** The packets that leave a network namespace, with and without the seal, sent by unprivileged programs in a real container. */

const BOUND_MS = waitOnThisMachine(240_000);
const resourceOwner = ownResources(`seal-test-${process.pid}`);
let engine: Engine;
let image = '';
let base = '';
let network: SealedNetwork;
let host: Awaited<ReturnType<typeof listenOnHost>>;
/** Another container of the stage. Its port 8080 is open to the whole stage; 18940 is a control port. */
let neighbour: StartedTestContainer;

/** A range for private use (RFC 4193). */
const IPV6 = 'fd57:9c1e:4b21:7::';

const SERVE = [8080, 18940].map((port) => `require('net').createServer((s) => s.end('hello')).listen(${port});`);
const machine = (over: Partial<CommandContainerRequest> = {}): Promise<StartedTestContainer> =>
  startCommandContainer({
    docker: engine.docker,
    resourceOwner,
    image,
    network,
    aliases: [],
    hosts: {},
    ports: [],
    orders: [],
    neighbour: null,
    program: ['node', '-e', SERVE.join('')],
    files: {},
    gatewayLog: createGatewayLog(null, createSecretRegistry()),
    ...over,
  });

/** Listens on every address of the host, by TCP and UDP on one port, and records what arrives in `heard`. */
async function listenOnHost() {
  const heard: string[] = [];
  const tcp = createServer((socket) => {
    heard.push('tcp');
    socket.end('hello');
  });
  await once(tcp.listen(0, '::'), 'listening'); // IPv4 as well
  const address = tcp.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  const udp = createSocket('udp4', (data) => heard.push(`udp ${data}`));
  udp.bind(port);
  await once(udp, 'listening');
  const close = (): void => {
    tcp.close();
    udp.close();
  };
  return { port, heard, close };
}

beforeAll(async () => {
  engine = await connectEngine();
  const prepared = await prepareEngine(engine, () => {});
  image = prepared.helperImage;
  base = prepared.base.image;
  const name = `postern-${resourceOwner.runId}`;
  // Stages have no IPv6. This network has it, to test that the seal does not depend on its absence.
  const made = await createUnder(resourceOwner, () =>
    engine.docker.createNetwork({
      Name: name,
      Labels: resourceOwner.labels,
      EnableIPv6: true,
      IPAM: { Config: [{ Subnet: `${IPV6}/64`, Gateway: `${IPV6}1` }] },
    }),
  );
  const ranges = (await made.inspect()).IPAM?.Config ?? [];
  const { Subnet: subnet = '', Gateway: address = '' } = ranges.find(({ Subnet }) => Subnet?.includes('.')) ?? {};
  network = { name, subnet, host: address };
  host = await listenOnHost();
  neighbour = await machine({ ports: [18940], orders: [18940] });
}, BOUND_MS);

afterAll(async () => {
  host.close();
  await reapRun(engine, resourceOwner);
}, BOUND_MS);

/** Makes every attempt from a container, as the user of gateways. Returns the result of each. */
async function tryAll(container: StartedTestContainer): Promise<Record<string, string>> {
  const other = neighbour.getIpAddress(network.name);
  const tcp = (address: string, port: number): string =>
    // An IPv6 address can be used a second or two after it was assigned: until then the kernel checks for duplicates on the network.
    `timeout 15 bash -c 'exec 3<>/dev/tcp/${address}/${port} && head -c 5 <&3' 2>&1 | tail -1`;
  const udp = (address: string, text: string): string =>
    `node -e "const s = require('dgram').createSocket('udp4'); s.bind(() => { s.setBroadcast(true); s.send('${text}', ${host.port}, '${address}', (e) => { console.log(e ? e.code : 'sent'); s.close(); }); })"`;
  const tries: Record<string, string> = {
    'TCP to the host': tcp(network.host, host.port),
    'TCP to the host by IPv6': tcp(`${IPV6}1`, host.port),
    'UDP to the host': udp(network.host, 'direct'),
    'UDP broadcast on the network': udp(broadcastOf(network.subnet), 'broadcast'),
    'ICMP to the host': `perl -MSocket -e 'socket(S, PF_INET, SOCK_DGRAM, 1) or die; send(S, pack("C2n3", 8, 0, 0, 0, 1) . "x" x 8, 0, sockaddr_in(0, inet_aton("${network.host}"))) or do { print "$!"; exit }; my $r = ""; vec($r, fileno(S), 1) = 1; print select($r, undef, undef, 2) ? "answered" : "no answer"'`,
    'TCP to the neighbour': tcp(other, 8080),
    "TCP to the neighbour's control port": tcp(other, 18940),
    'removing the seal': 'nft delete table inet postern_seal 2>&1 | tail -1',
  };
  const results = await Promise.all(
    Object.entries(tries).map(async ([what, command]) => {
      const { stdout } = await container.exec(['bash', '-c', command], { env: { LC_ALL: 'C' } });
      return [what, stdout.trim().replace(/^.*: /, '')];
    }),
  );
  return Object.fromEntries(results);
}

const IDLE = { command: ['sleep', 'infinity'], seals: false, ports: [], environment: {}, volumes: {}, archives: [] };

test('without the seal, a program on the network of a stage reaches the host', { timeout: BOUND_MS }, async () => {
  host.heard.length = 0;
  const bare = await startSandboxed({
    ...IDLE,
    image,
    resourceOwner,
    network: { name: network.name, aliases: [], hosts: {} },
  });
  expect(await tryAll(bare)).toMatchObject({
    'TCP to the host': 'hello',
    'TCP to the host by IPv6': 'hello',
    'UDP to the host': 'sent',
    'UDP broadcast on the network': 'sent',
    'ICMP to the host': 'answered',
    'TCP to the neighbour': 'hello',
  });
  await expect.poll(() => [...new Set(host.heard)].sort()).toEqual(['tcp', 'udp broadcast', 'udp direct']);
});

test('with the seal, a program in the namespace reaches only the stage, and cannot remove the seal', {
  timeout: BOUND_MS,
}, async () => {
  host.heard.length = 0;
  const owner = await machine({ neighbour: neighbour.getIpAddress(network.name) });
  const inside = await startSandboxed({ ...IDLE, image, resourceOwner, network: { shares: owner.getId() } });
  expect(await tryAll(inside)).toEqual({
    'TCP to the host': 'Connection refused',
    'TCP to the host by IPv6': 'Connection refused',
    'UDP to the host': 'EPERM',
    'UDP broadcast on the network': 'EPERM',
    'ICMP to the host': 'Operation not permitted',
    'TCP to the neighbour': 'hello',
    "TCP to the neighbour's control port": 'Connection refused',
    'removing the seal': 'Operation not permitted',
  });
  expect(host.heard).toEqual([]);
});

test('a sealed container answers a connection through a published port', { timeout: BOUND_MS }, async () => {
  const socket = connect(neighbour.getMappedPort(18940), '127.0.0.1');
  const [data] = await once(socket, 'data');
  expect(`${data}`).toBe('hello');
  socket.destroy();
});

test('the program that owns the namespace has no privilege left', { timeout: BOUND_MS }, async () => {
  const { stdout } = await neighbour.exec(['grep', '-E', '^(Uid|CapPrm|CapEff|CapBnd|NoNewPrivs)', '/proc/1/status']);
  const none = '0000000000000000';
  expect(stdout.trim().split('\n')).toEqual([
    'Uid:\t1000\t1000\t1000\t1000',
    `CapPrm:\t${none}`,
    `CapEff:\t${none}`,
    `CapBnd:\t${none}`,
    'NoNewPrivs:\t1',
  ]);
});

test.each([
  ['cannot load the rules', () => ({ image: base }), /could not be sealed: .*never tried.*nft: command not found/],
  [
    'lets a trial through',
    () => ({ network: { ...network, host: '127.0.0.1' } }),
    /could not be sealed: the host .* was tried: Connection refused/,
  ],
])('a container that %s is an error of the environment', { timeout: BOUND_MS }, async (_how, over, message) => {
  await expect(machine(over())).rejects.toMatchObject({
    name: 'EnvironmentError',
    message: expect.stringMatching(message),
  });
});

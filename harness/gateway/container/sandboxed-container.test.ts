import type { StartedTestContainer } from 'testcontainers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { waitOnThisMachine } from '../../limits.ts';
import { connectEngine, type Engine } from '../engine/engine.ts';
import { createUnder, ownResources, type ResourceOwner, reapRun } from '../engine/reaper.ts';
import { prepareEngine } from '../image/prepare-engine.ts';
import { startSandboxed } from './sandboxed-container.ts';

/** The privileges and limits of a container for code under test, as seen from inside and as configured in the engine. */

const BOUND_MS = waitOnThisMachine(240_000);
let engine: Engine;
let resourceOwner: ResourceOwner;
let container: StartedTestContainer;

beforeAll(async () => {
  engine = await connectEngine();
  resourceOwner = ownResources(`sandbox-test-${process.pid.toString(36)}`);
  const { helperImage } = await prepareEngine(engine, () => {});
  const name = `postern-${resourceOwner.runId}`;
  await createUnder(resourceOwner, () => engine.docker.createNetwork({ Name: name, Labels: resourceOwner.labels }));
  await createUnder(resourceOwner, () =>
    engine.docker.createVolume({ Name: `${name}-home`, Labels: resourceOwner.labels }),
  );
  container = await startSandboxed({
    image: helperImage,
    resourceOwner,
    command: ['sleep', 'infinity'],
    network: { name, aliases: ['gateway'], hosts: {} },
    seals: false,
    ports: [18789],
    environment: {},
    volumes: { '/home/node': `${name}-home` },
    archives: [],
  });
}, BOUND_MS);
afterAll(() => reapRun(engine, resourceOwner), BOUND_MS);

test('a program in it runs as an ordinary user without capabilities, and cannot gain any', async () => {
  const { stdout } = await container.exec(['grep', '-E', '^(Uid|Cap(Prm|Eff|Bnd)|NoNewPrivs):', '/proc/self/status']);
  expect(stdout.trim().split('\n')).toEqual([
    'Uid:\t1000\t1000\t1000\t1000',
    'CapPrm:\t0000000000000000',
    'CapEff:\t0000000000000000',
    'CapBnd:\t0000000000000000',
    'NoNewPrivs:\t1',
  ]);
});

test('it has one volume, limits on memory, CPU and processes, and ports on 127.0.0.1 only', async () => {
  const { HostConfig: config, Mounts: mounts } = await engine.docker.getContainer(container.getId()).inspect();
  expect({
    mounts: mounts.map(({ Type, Destination }) => `${Type} at ${Destination}`),
    binds: config.Binds ?? [],
    isPrivileged: config.Privileged,
    pidMode: config.PidMode,
    memory: config.Memory,
    swap: config.MemorySwap,
    cpus: (config.NanoCpus ?? 0) / 1e9,
    processes: config.PidsLimit,
    log: config.LogConfig?.Config,
    ports: Object.entries(config.PortBindings ?? {}),
  }).toEqual({
    mounts: ['volume at /home/node'],
    binds: [],
    isPrivileged: false,
    pidMode: '',
    memory: 3 * 1024 ** 3,
    swap: 3 * 1024 ** 3,
    cpus: 2,
    processes: 512,
    log: { 'max-size': expect.stringMatching(/^\d+/), 'max-file': expect.stringMatching(/^\d+$/) },
    ports: [['18789/tcp', [{ HostIp: '127.0.0.1', HostPort: expect.any(String) }]]],
  });
  const { stdout } = await container.exec(['sh', '-c', 'ls -a /var/run/docker.sock /run/podman 2>&1']);
  expect(stdout).not.toMatch(/^\/(var\/run\/docker\.sock|run\/podman)/m);
});

import { createHash } from 'node:crypto';
import type { StartedTestContainer } from 'testcontainers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HOME_BYTES, OUTPUT_BYTES, waitOnThisMachine } from '../../limits.ts';
import { createHomeVolume } from '../container/home-volume.ts';
import { type SandboxRequest, startSandboxed } from '../container/sandboxed-container.ts';
import { watchLayers } from '../engine/disk-watch.ts';
import { connectEngine, type Engine } from '../engine/engine.ts';
import { type ExecResult, execIn } from '../engine/exec.ts';
import { ownerOfStage, ownResources, reapRun } from '../engine/reaper.ts';
import { HOME } from '../home/gateway-home.ts';
import { prepareEngine } from '../image/prepare-engine.ts';

/** The limits on what a program in a container can use of the harness and its machine, tested with real containers. */

const BOUND_MS = waitOnThisMachine(240_000);
const run = ownResources(`bounds-test-${process.pid}`);
let engine: Engine;
let image = '';
let container: StartedTestContainer;

const start = (over: Partial<SandboxRequest> = {}): Promise<StartedTestContainer> =>
  startSandboxed({
    image,
    resourceOwner: run,
    command: ['sleep', 'infinity'],
    network: 'none',
    seals: false,
    ports: [],
    environment: {},
    volumes: {},
    archives: [],
    ...over,
  });
const shell = (container: StartedTestContainer, script: string, withinMs = 60_000): Promise<ExecResult> =>
  execIn({
    docker: engine.docker,
    container: container.getId(),
    argv: ['bash', '-c', script],
    environment: {},
    withinMs,
  });

beforeAll(async () => {
  engine = await connectEngine();
  image = (await prepareEngine(engine, () => {})).helperImage;
  container = await start();
}, BOUND_MS);
afterAll(() => reapRun(engine, run), BOUND_MS);

test('execIn returns the exit code and both outputs of a program', async () => {
  expect(await shell(container, 'echo out; echo err >&2; exit 7')).toEqual({
    exitCode: 7,
    stdout: 'out\n',
    stderr: 'err\n',
  });
});

test.each([
  ['reads a pipe without a writer', 'mkfifo /tmp/pipe; cat /tmp/pipe'],
  ['ignores SIGTERM', 'trap "" TERM; timeout 0.1 sleep infinity; while :; do sleep 1; done'],
  ['never stops printing', 'yes'],
])('execIn stops waiting for a program that %s', { timeout: BOUND_MS }, async (_how, script) => {
  await expect(shell(container, script, 1_500)).rejects.toMatchObject({
    name: 'EnvironmentError',
    message: expect.stringMatching(/in a container took longer than 1.5 s$/),
  });
});

test('execIn keeps the beginning of a long output, with its length and SHA-256', { timeout: BOUND_MS }, async () => {
  const { stdout } = await shell(container, `head -c ${3 * OUTPUT_BYTES} /dev/zero | tr '\\0' x`);
  const whole = 'x'.repeat(3 * OUTPUT_BYTES);
  const sha256 = createHash('sha256').update(whole).digest('hex');
  expect(stdout).toBe(`${whole.slice(0, OUTPUT_BYTES)} … (cut: ${whole.length} bytes, SHA-256 ${sha256})`);
});

test('the engine keeps a limited log of a container', async () => {
  const { HostConfig: config } = await engine.docker.getContainer(container.getId()).inspect();
  expect(config.LogConfig).toEqual({ Type: 'json-file', Config: { 'max-size': '16m', 'max-file': '2' } });
});

test('a home keeps its files when containers are replaced, and holds at most HOME_BYTES', {
  timeout: BOUND_MS,
}, async () => {
  const volume = `postern-${run.runId}-home`;
  await createHomeVolume(engine.docker, run, image, volume);
  const first = await start({ volumes: { [HOME]: volume } });
  expect((await shell(first, 'umask 077; echo kept > ~/file; stat -c "%U %a" ~')).stdout).toBe('node 755\n');
  await first.stop({ remove: true, timeout: 0 });
  const second = await start({ volumes: { [HOME]: volume } });
  expect((await shell(second, 'cat ~/file')).stdout).toBe('kept\n');
  const filled = await shell(second, 'cat /dev/zero > ~/zeros; stat -c %s ~/zeros');
  expect(filled.stderr).toContain('No space left on device');
  expect(Number(filled.stdout)).toBeLessThanOrEqual(HOME_BYTES);
  await second.stop({ remove: true, timeout: 0 });
});

test('watchLayers kills and reports a container that writes more than the limit outside its volumes', {
  timeout: BOUND_MS,
}, async () => {
  const resourceOwner = ownerOfStage(run, 'layers');
  const container = await start({
    resourceOwner,
    command: ['bash', '-c', 'head -c 30M /dev/zero > /tmp/zeros; sleep infinity'],
  });
  const { promise: reason, resolve } = Promise.withResolvers<string>();
  const watch = watchLayers(engine.docker, resourceOwner, resolve, { most: 20e6, everyMs: 200 });
  expect(await reason).toMatch(
    /^a container of postern\/helper:\w+ wrote \d{8} bytes outside its volumes; 20000000 are allowed$/,
  );
  await engine.docker.getContainer(container.getId()).wait();
  watch.stop();
});

import { mkdtemp, rm } from 'node:fs/promises';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findEngine } from '../../setup/find-engine.mjs';
import { connectEngine, engineMessage, freeBytes, shareWithTestcontainers } from './engine.ts';

let folder: string;
let server: http.Server | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'postern-engine-'));
});

afterEach(async () => {
  const running = server;
  server = undefined;
  if (running) await new Promise((done) => running.close(done));
  await rm(folder, { recursive: true, force: true });
});

/** Starts a server on a socket in the folder, which gives the same answer to every request, but to /session. Returns its address. */
async function listening(
  status: number,
  headers: Record<string, string>,
  body: string,
  session = 400,
): Promise<string> {
  const socket = join(folder, 'engine.sock');
  const stub = http.createServer(({ url }, response) =>
    url === '/session' ? response.writeHead(session).end() : response.writeHead(status, headers).end(body),
  );
  server = stub;
  await new Promise<void>((done) => stub.listen(socket, done));
  return `unix://${socket}`;
}

describe('finding an engine', () => {
  test('one that answers is used', async () => {
    const url = await listening(200, { 'api-version': '1.41' }, 'OK');
    expect(await findEngine({ DOCKER_HOST: url })).toEqual({
      engine: { url, options: { socketPath: url.slice('unix://'.length) }, kind: 'docker', apiVersion: '1.41' },
      tried: [],
    });
  });

  test('Podman is recognised by a header', async () => {
    const url = await listening(200, { 'api-version': '1.41', 'libpod-api-version': '5.4.0' }, 'OK');
    expect((await findEngine({ DOCKER_HOST: url })).engine?.kind).toBe('podman');
  });

  test('one without BuildKit is not used, and the reason is told', async () => {
    const url = await listening(200, { 'api-version': '1.41', 'libpod-api-version': '4.3.1' }, 'OK', 404);
    const why = 'podman answers, but it builds no images with BuildKit, as Docker 20.10 and newer do';
    expect(await findEngine({ DOCKER_HOST: url })).toEqual({ tried: [{ url, why }] });
    await expect(connectEngine({ DOCKER_HOST: url })).rejects.toThrow(`Tried ${url} (${why}).`);
  });

  test.each([
    ['a web server', 200, {}, '<html>', 'something answers, but not a container engine: HTTP 200 <html>'],
    [
      'an engine in trouble',
      500,
      { 'api-version': '1.41' },
      'no',
      'something answers, but not a container engine: HTTP 500 no',
    ],
  ])('%s is not taken for one', async (_, status, headers, body, why) => {
    const url = await listening(status, headers, body);
    expect(await findEngine({ DOCKER_HOST: url })).toEqual({ tried: [{ url, why }] });
  });

  test.each([
    ['unix:///nowhere/engine.sock', 'no such file'],
    ['tcp://127.0.0.1:1', 'connect ECONNREFUSED 127.0.0.1:1'],
    ['ssh://host', 'not an address Postern can use: it takes unix:///path and tcp://host:port'],
  ])('%s is the only place that is asked where DOCKER_HOST names it', async (url, why) => {
    expect(await findEngine({ DOCKER_HOST: url })).toEqual({ tried: [{ url, why }] });
    await expect(connectEngine({ DOCKER_HOST: url })).rejects.toThrow(
      expect.objectContaining({
        name: 'EnvironmentError',
        message: `No container engine answers. Tried ${url} (${why}).`,
      }),
    );
  });
});

test('the real engine reports its properties and the free disk space', async () => {
  const { docker, ...facts } = await connectEngine();
  expect(facts).toEqual({
    url: expect.stringMatching(/^(unix|tcp):/),
    kind: expect.stringMatching(/^(docker|podman)$/),
    version: expect.stringMatching(/^\d+\./),
    apiVersion: expect.stringMatching(/^\d+\.\d+$/),
    os: expect.any(String),
    architecture: expect.any(String),
    storageDriver: expect.any(String),
    rootDir: expect.stringMatching(/^\//),
  });
  expect(await docker.ping()).toBeTruthy();
  if (process.getuid?.() === 0 && facts.url.startsWith('unix:')) expect(await freeBytes(facts)).toBeGreaterThan(0);
});

test('testcontainers uses the same engine, without its own reaper', async () => {
  const engine = await connectEngine();
  const env = {};
  shareWithTestcontainers(engine, env);
  expect(env).toEqual({ DOCKER_HOST: engine.url, TESTCONTAINERS_RYUK_DISABLED: 'true' });
});

test.each([
  ['(HTTP code 500) server error - Get "https://x": no such host', 'Get "https://x": no such host'],
  ['(HTTP code 404) no such image - No such image: a:1 ', 'No such image: a:1'],
  ['connect ECONNREFUSED', 'connect ECONNREFUSED'],
])('what an engine says is shown without the HTTP code: %s', (message, expected) => {
  expect(engineMessage(new Error(message))).toBe(expected);
});

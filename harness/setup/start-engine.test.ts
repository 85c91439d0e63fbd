import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { clearLeftovers, type EnginePaths, runs } from './start-engine.mjs';

let folder: string;
let paths: EnginePaths;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'postern-leftovers-'));
  paths = {
    socket: join(folder, 'docker.sock'),
    pidFile: join(folder, 'docker.pid'),
    execRoot: folder,
    systemContainerd: join(folder, 'system-containerd.sock'),
    log: join(folder, 'log'),
    args: [],
  };
  await mkdir(join(folder, 'containerd'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** A pid that was alive a moment ago and is no more. */
const deadPid = (): number => spawnSync('true').pid;

async function cleared(): Promise<string[]> {
  const lines: string[] = [];
  await clearLeftovers(paths, (line) => lines.push(line));
  return lines;
}

describe.runIf(process.platform === 'linux')('what a killed engine leaves behind', () => {
  test('nothing is said about a clean machine', async () => {
    expect(await cleared()).toEqual([]);
  });

  test.each([
    ['a process that ended', deadPid],
    ['a process that is not the engine', () => process.pid],
    ['nothing that is a number', () => 'x'],
  ])('pid files that name %s are removed', async (_, pid) => {
    const containerdPid = join(folder, 'containerd/containerd.pid');
    await writeFile(paths.pidFile, String(pid()));
    await writeFile(containerdPid, String(pid()));
    expect(await cleared()).toEqual([
      `Removing ${paths.pidFile}: the dockerd it names is gone.`,
      `Removing ${containerdPid}: the containerd it names is gone.`,
    ]);
    expect([existsSync(paths.pidFile), existsSync(containerdPid)]).toEqual([false, false]);
  });

  test('a pid file that names a living process of that name counts', async () => {
    const comm = (await readFile('/proc/self/comm', 'utf8')).trim();
    await writeFile(paths.pidFile, `${process.pid}\n`);
    expect([runs(paths.pidFile, comm), runs(paths.pidFile, 'dockerd')]).toEqual([true, false]);
  });

  test('the socket of a dead containerd is removed, that of a living one is not', async () => {
    const server = createServer();
    await new Promise<void>((done) => server.listen(paths.systemContainerd, done));
    expect(await cleared()).toEqual([]);
    await new Promise((done) => server.close(done));
    await writeFile(paths.systemContainerd, '');
    expect(await cleared()).toEqual([`Removing ${paths.systemContainerd}: no containerd listens there.`]);
    expect(existsSync(paths.systemContainerd)).toBe(false);
  });
});

import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { waitOnThisMachine } from '../../limits.ts';
import { scriptsBuild, treeBuild } from '../image/image.ts';
import { type Files, packed, startWitness, type WitnessRegistry } from '../source/registry.fixture.ts';
import { type Base, ensureBase } from './base-image.ts';
import { buildImage } from './build.ts';
import { connectEngine, type Engine } from './engine.ts';

const MINUTES = waitOnThisMachine(60_000);

const mark = randomBytes(4).toString('hex');
const silent = (): void => undefined;

let engine: Engine;
let base: Base;
let witness: WitnessRegistry;
let folder: string;

/** Builds the tree of a package with these fields in its manifest and these other files. Returns the tag of the image. */
async function install(name: string, fields: object, files: Files = {}): Promise<string> {
  const manifest = { name: 'openclaw', version: '2026.9.9', bin: { openclaw: 'openclaw.mjs' }, ...fields };
  const tarball = join(folder, `${name}.tgz`);
  const content = { 'openclaw.mjs': '#!/usr/bin/env node\n', ...files };
  await writeFile(tarball, await packed({ 'package.json': JSON.stringify(manifest), ...content }));
  const source = { kind: 'packed', reference: name, version: '2026.9.9', path: tarball, sha256: '' } as const;
  const tag = `postern/test-${mark}:${name}`;
  const args = { NPM_CONFIG_REGISTRY: witness.registry };
  const request = treeBuild(source, base, tag, { tarball, args });
  await buildImage(engine, { ...request, bytes: 1e6, minutes: 1 });
  return tag;
}

/** Runs a shell script in a container of an image, as `user`. Returns its output. */
async function inside(image: string, script: string, user: string): Promise<string> {
  const container = await engine.docker.createContainer({
    Image: image,
    Entrypoint: ['sh', '-c', script],
    Cmd: [],
    User: user,
    Tty: true,
    Labels: { postern: 'image' },
    HostConfig: { NetworkMode: 'none' },
  });
  try {
    await container.start();
    await container.wait();
    return (await container.logs({ stdout: true, stderr: true })).toString('utf8').replaceAll('\r', '');
  } finally {
    await container.remove({ force: true });
  }
}

beforeAll(async () => {
  engine = await connectEngine();
  base = await ensureBase(engine, { say: silent });
  folder = await mkdtemp(join(tmpdir(), 'postern-hostile-'));
  witness = await startWitness(engine, base);
}, 10 * MINUTES);

afterAll(async () => {
  await witness.stop();
  for (const image of await engine.docker.listImages({ filters: { reference: [`postern/test-${mark}`] } }))
    await engine.docker.getImage(image.Id).remove({ force: true });
  await rm(folder, { recursive: true, force: true });
});

describe('while a build is installed, npm does not fetch', () => {
  const git = (): object => ({ x: `git+${witness.otherServer}/x.git` });
  const remote = (): object => ({ x: `${witness.otherServer}/x.tgz` });
  const lock = (): object => ({
    lockfileVersion: 3,
    packages: {
      '': { dependencies: { x: '1.0.0' } },
      'node_modules/x': { version: '1.0.0', resolved: `${witness.otherServer}/x.tgz` },
    },
  });

  test.each([
    ['git', 'a git repository', git, 'EALLOWGIT'],
    ['remote', 'an archive at an address', remote, 'EALLOWREMOTE'],
    ['folder', 'a folder', () => ({ x: 'file:/etc' }), 'EALLOWDIRECTORY'],
    ['file', 'a file', () => ({ x: 'file:/opt/openclaw/packed/openclaw.tgz' }), 'EALLOWFILE'],
    ['far-git', 'the git repository of a package in the registry', () => ({ [`git-${mark}`]: '1.0.0' }), 'EALLOWGIT'],
    [
      'far-lock',
      'what the lock file of a package in the registry names',
      () => ({ [`lock-${mark}`]: '1.0.0' }),
      'EALLOWREMOTE',
    ],
  ])(
    '%s: %s',
    async (name, _, dependencies, code) => {
      await witness.publish('x', '');
      await witness.publish(`git-${mark}`, '', { dependencies: git() });
      const locked = { dependencies: { x: '1.0.0' }, _hasShrinkwrap: true };
      await witness.publish(`lock-${mark}`, '', locked, { 'npm-shrinkwrap.json': JSON.stringify(lock()) });
      await expect(install(name, { dependencies: dependencies() })).rejects.toThrow(
        expect.objectContaining({
          name: 'EnvironmentError',
          message: expect.stringContaining(`code ${code}`),
          next: expect.stringContaining('A build is installed from the registry only'),
        }),
      );
      expect(await witness.asked('otherServer')).toEqual([]);
    },
    2 * MINUTES,
  );

  test(
    'what the lock file of a packed build names, because npm does not read it',
    async () => {
      await witness.publish('x', 'from the registry');
      const files = { 'npm-shrinkwrap.json': JSON.stringify(lock()) };
      const image = await install('lock', { dependencies: { x: '1.0.0' } }, files);
      expect(await inside(image, 'cat /opt/openclaw/node_modules/x/content.txt', 'node')).toBe('from the registry');
      expect(await witness.asked('otherServer')).toEqual([]);
    },
    2 * MINUTES,
  );
});

test(
  'scripts of a build run only after it is installed, without a network, as an ordinary user',
  async () => {
    const ran = 'touch /opt/openclaw/ran /tmp/ran';
    const look =
      'cd /opt/openclaw && (id -un; ls /sys/class/net; grep -E "^(CapBnd|CapEff|NoNewPrivs)" /proc/self/status) > seen';
    await witness.publish(`scripts-${mark}`, '', { scripts: { preinstall: ran, install: ran, postinstall: ran } });
    const tree = await install(
      'quiet',
      {
        scripts: { postinstall: look },
        dependencies: { [`scripts-${mark}`]: '1.0.0' },
        optionalDependencies: { x: `git+${witness.otherServer}/x.git` },
      },
      { '.npmrc': 'ignore-scripts=false\ngit=./evil.sh\nallow-git=all\n', 'evil.sh': `#!/bin/sh\n${ran}\n` },
    );
    const state =
      'ls -d /opt/openclaw/ran /opt/openclaw/seen /tmp/ran; find /opt/openclaw ! -user root; touch /opt/openclaw/x';
    expect(await inside(tree, state, 'node')).toBe(
      [
        "ls: cannot access '/opt/openclaw/ran': No such file or directory",
        "ls: cannot access '/opt/openclaw/seen': No such file or directory",
        "ls: cannot access '/tmp/ran': No such file or directory",
        "touch: cannot touch '/opt/openclaw/x': Permission denied",
        '',
      ].join('\n'),
    );

    const tag = `postern/test-${mark}:scripts`;
    await buildImage(engine, { ...scriptsBuild('2026.9.9', tree, tag), bytes: 1e6 });
    expect(await inside(tag, 'cat /opt/openclaw/seen; find /opt/openclaw ! -user root', 'node')).toBe(
      ['installer', 'lo', 'CapEff:\t0000000000000000', 'CapBnd:\t0000000000000000', 'NoNewPrivs:\t1', ''].join('\n'),
    );
  },
  3 * MINUTES,
);

test(
  'a build does not see what an earlier build left in the cache of npm',
  async () => {
    const name = `cached-${mark}`;
    const read = (image: string): Promise<string> =>
      inside(image, `cat /opt/openclaw/node_modules/${name}/content.txt; ls -d /npm-cache`, 'node');
    const absent = "ls: cannot access '/npm-cache': No such file or directory\n";
    const dependencies = { [name]: '1.0.0' };
    await witness.publish(name, 'poison\n');
    expect(await read(await install('first', { dependencies, description: 'first' }))).toBe(`poison\n${absent}`);
    await witness.publish(name, 'clean\n');
    expect(await read(await install('second', { dependencies, description: 'second' }))).toBe(`clean\n${absent}`);
    expect((await witness.asked('registry')).filter((path) => path === `/${name}`)).toHaveLength(2);

    const dockerfile = [
      `FROM ${base.image}`,
      `RUN --mount=type=cache,id=postern-npm-published,target=/cache ! grep -rqs ${name} /cache`,
    ];
    const { target: _, ...request } = treeBuild(
      { kind: 'published', reference: '', version: '2026.9.9' },
      base,
      '',
      {},
    );
    await buildImage(engine, {
      ...request,
      tag: `postern/test-${mark}:published`,
      dockerfile: dockerfile.join('\n'),
      network: 'none',
      bytes: 1e6,
      minutes: 1,
    });
  },
  3 * MINUTES,
);

/**
 * Builds the base with a script in place of npm. `npm config` prints `settings`; every other command writes the script's user and
 * capabilities to /opt/openclaw/seen.
 */
async function baseWith(name: string, settings: string): Promise<Base> {
  const tag = `postern/test-${mark}:${name}`;
  const { target: _, ...request } = treeBuild({ kind: 'published', reference: '', version: '2026.9.9' }, base, tag, {});
  const look = 'id -un; grep -E "^(CapBnd|CapEff|NoNewPrivs)" /proc/self/status';
  const npm = `#!/bin/sh\nif [ "$1" = config ]; then printf '${settings}'; else (${look}) > /opt/openclaw/seen; fi\n`;
  const dockerfile = `FROM ${base.image}\nCOPY --chmod=755 npm /usr/local/bin/npm\n`;
  const files = [{ name: 'npm', text: npm }];
  const id = await buildImage(engine, { ...request, dockerfile, files, network: 'none', bytes: 1e6, minutes: 1 });
  return { ...base, image: tag, id };
}

describe('the npm of a base image', () => {
  const build = async (name: string, settings: string): Promise<string> => {
    const tag = `postern/test-${mark}:${name}-tree`;
    const other = await baseWith(name, settings);
    const request = treeBuild({ kind: 'published', reference: '', version: '2026.9.9' }, other, tag, {});
    await buildImage(engine, { ...request, bytes: 1e6, minutes: 1 });
    return tag;
  };

  test(
    'installs nothing if it cannot refuse foreign dependencies',
    async () => {
      const settings = 'allow-git=all\\nallow-remote=undefined\\nallow-file=undefined\\nallow-directory=undefined\\n';
      await expect(build('old-npm', settings)).rejects.toThrow(
        expect.objectContaining({
          message: expect.stringContaining('cannot refuse dependencies from git, URLs and folders'),
          next: 'Pull a newer node:24-bookworm-slim, or set POSTERN_BASE=debian.',
        }),
      );
    },
    2 * MINUTES,
  );

  test(
    'installs as an ordinary user without capabilities',
    async () => {
      const tree = await build('any-npm', 'allow-git=all\\nallow-remote=all\\nallow-file=all\\nallow-directory=all\\n');
      expect(await inside(tree, 'cat /opt/openclaw/seen', 'node')).toBe(
        ['installer', 'CapEff:\t0000000000000000', 'CapBnd:\t0000000000000000', 'NoNewPrivs:\t1', ''].join('\n'),
      );
    },
    2 * MINUTES,
  );
});

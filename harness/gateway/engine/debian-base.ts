import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { EnvironmentError } from '../../exit.ts';
import { BOOTSTRAP_MS, BUILD_MINUTES } from '../../limits.ts';
import { IS_CHECKOUT, ROOT } from '../../root.ts';
import { installPackages, machine } from '../../setup/debian.mjs';
import { buildImage, claimTag, follow, IMAGE_LABEL, imageId } from './build.ts';
import type { Engine } from './engine.ts';
import { npm } from './npm.ts';

const run = promisify(execFile);

const SUITE = 'bookworm';
const BOOTSTRAP_ARGS = ['--variant=minbase', '--include=ca-certificates', SUITE];

/** The version of npm that installs gateways in the image. It is pinned, because the installed tree depends on npm's version. */
const NPM_VERSION = '11.21.2';

/** The version of Node in the image: the one that a checkout pins for itself. */
export const NODE_VERSION = '24.21.0';

const DOCKERFILE = join(ROOT, 'docker/base.Dockerfile');

function shortHash(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 12);
}

/** The tag of the base made from Debian packages. It contains a hash over all inputs except Debian's own updates. */
export function debianBaseTag(engine: Engine): string {
  const parts = [readFileSync(DOCKERFILE, 'utf8'), NODE_VERSION, NPM_VERSION, engine.architecture, ...BOOTSTRAP_ARGS];
  return `postern/base:${SUITE}-node${NODE_VERSION}-${shortHash(parts)}`;
}

/** The names that container engines use for an architecture, by Node's name. */
const ENGINE_ARCHITECTURES: Readonly<Record<string, readonly string[]>> = {
  x64: ['x86_64', 'amd64'],
  arm64: ['aarch64', 'arm64'],
};

function refuse(why: string, obstacle: string): EnvironmentError {
  return new EnvironmentError(
    `There is no base image: ${why}, and ${obstacle}.`,
    'Make node:24-bookworm-slim available to the engine (pull it, load it with `docker load`, or set up a registry mirror), or run on Debian or Ubuntu with mmdebstrap installed.',
  );
}

async function needMmdebstrap(why: string, say: (line: string) => void): Promise<void> {
  if (existsSync('/usr/bin/mmdebstrap')) return;
  const { debian, root, name } = machine();
  if (!debian) throw refuse(why, `the base cannot be built on ${name}, only on Debian and its derivatives`);
  const packages = ['mmdebstrap', 'debian-archive-keyring'];
  if (!root || !IS_CHECKOUT) {
    throw new EnvironmentError(
      `There is no base image: ${why}, and building one needs mmdebstrap, which is not installed.`,
      `Run \`sudo apt-get install ${packages.join(' ')}\`, then try again.`,
    );
  }
  const failure = await installPackages(packages, `${why}; mmdebstrap builds a Debian base instead`, say);
  if (failure !== undefined) throw refuse(why, `mmdebstrap could not be installed: ${failure}`);
}

async function bootstrap(target: string, why: string): Promise<void> {
  try {
    await run('/usr/bin/mmdebstrap', [...BOOTSTRAP_ARGS.slice(0, -1), SUITE, target], {
      timeout: BOOTSTRAP_MS,
      maxBuffer: 16 * 1024 * 1024,
      env: { ...process.env, PATH: `${process.env.PATH ?? ''}:/usr/sbin:/sbin` },
    });
  } catch (error) {
    const stderr: unknown = error instanceof Error ? Reflect.get(error, 'stderr') : undefined;
    const lines = typeof stderr === 'string' ? stderr.trim().split('\n').slice(-8) : [String(error)];
    throw refuse(why, `mmdebstrap failed:\n  ${lines.join('\n  ')}\n`);
  }
}

async function importRootfs(engine: Engine, path: string, tag: string): Promise<void> {
  const changes = Object.entries(IMAGE_LABEL).map(([key, value]) => `LABEL ${key}=${value}`);
  const stream = await engine.docker.importImage(createReadStream(path), { changes: changes.join('\n') });
  let id: string | undefined;
  let failure: string | undefined;
  const eventSchema = z.object({ status: z.string().optional(), error: z.string().optional() });
  await follow(engine, stream, (event) => {
    const { status, error } = eventSchema.parse(event);
    id = /^(sha256:[0-9a-f]{64})$/.exec(status ?? '')?.[1] ?? id;
    failure = error ?? failure;
  });
  if (id === undefined) {
    throw new EnvironmentError(
      `The engine did not import the Debian base: ${failure ?? 'it named no image'}.`,
      `Check that the disk that holds ${engine.rootDir} has 1 GB to spare.`,
    );
  }
  await claimTag(engine, id, tag);
}

/**
 * Builds the base from Debian packages, a Node binary and npm's own package. Returns its image id. Takes about half a minute.
 * A checkout installs mmdebstrap first, if that is missing and the user is root. `why` is the reason for not using the official image; error
 * messages contain it. Throws EnvironmentError with a hint if the base cannot be built.
 */
export async function buildDebianBase(
  engine: Engine,
  tag: string,
  why: string,
  say: (line: string) => void,
): Promise<string> {
  const here = `${process.platform} ${process.arch}`;
  if (process.platform !== 'linux' || !ENGINE_ARCHITECTURES[process.arch]?.includes(engine.architecture)) {
    throw refuse(why, `the base cannot be built on ${here} for an engine on ${engine.architecture}`);
  }
  await needMmdebstrap(why, say);
  say(`Building the base image from Debian packages, Node ${NODE_VERSION} and npm ${NPM_VERSION} (${why}).`);
  const work = await mkdtemp(join(tmpdir(), 'postern-base-'));
  try {
    const debianTag = `postern/debian:${SUITE}-${shortHash([engine.architecture, ...BOOTSTRAP_ARGS])}`;
    if ((await imageId(engine, debianTag)) === undefined) {
      const rootfs = join(work, 'rootfs.tar');
      await bootstrap(rootfs, why);
      await importRootfs(engine, rootfs, debianTag);
      await rm(rootfs);
    }
    const packed = await npm(['pack', `npm@${NPM_VERSION}`, '--pack-destination', work], 120);
    if (!packed.ok) throw refuse(why, `npm could not download its own package: ${packed.reason}`);
    const npmTarball = (await readdir(work)).find((name) => name.endsWith('.tgz'));
    if (npmTarball === undefined) throw new Error(`npm pack reported success and left no tarball in ${work}`);
    // The npm package of a Node binary for this machine, from which the package "node" of a checkout also takes its own.
    const nodePackage = `node-linux-${process.arch}`;
    const installed = await npm(
      ['install', '--prefix', work, '--global=false', '--ignore-scripts', `${nodePackage}@${NODE_VERSION}`],
      120,
    );
    if (!installed.ok) throw refuse(why, `npm could not download Node ${NODE_VERSION}: ${installed.reason}`);
    return await buildImage(engine, {
      what: 'The base image',
      tag,
      dockerfile: readFileSync(DOCKERFILE, 'utf8'),
      files: [
        { name: 'node', path: join(work, 'node_modules', nodePackage, 'bin/node') },
        { name: 'npm.tgz', path: join(work, npmTarball) },
      ],
      args: { DEBIAN: debianTag },
      network: 'none',
      bytes: 1e9,
      minutes: BUILD_MINUTES.debianBase,
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EnvironmentError } from '../../exit.ts';
import { BUILD_MINUTES } from '../../limits.ts';
import { ROOT } from '../../root.ts';
import { type Base, pull } from '../engine/base-image.ts';
import { type BuildRequest, buildImage, type ContextFile, imageId } from '../engine/build.ts';
import type { Engine } from '../engine/engine.ts';
import { npm } from '../engine/npm.ts';
import { overridesFor } from '../source/npm-overrides.ts';
import type { Resolved } from '../source/reference.ts';
import { rewriteTarball } from '../source/tarball.ts';
import { requireOpenclaw } from './image-check.ts';

/** An image that the harness can start a gateway from. */
export type GatewayImage = {
  tag: string;
  /** The image id, `sha256:…`: a hash of the image's content. */
  id: string;
  source: Resolved;
  /** The version of the installed package, by which stages are planned. The report takes the version from the running gateway. */
  version: string;
  /** True if the engine had the image already, so that nothing was built or pulled. */
  cached: boolean;
  /** How long building or finding the image took. */
  seconds: number;
  /** The base image; absent for `image:` references, whose images have a base of their own. */
  base?: Base;
};

type Args = BuildRequest['args'];

type Options = { base: Base; say: (line: string) => void };

/** The folder in the image in which docker/gateway-tree.Dockerfile installs a release. */
export const INSTALLED = '/opt/openclaw/node_modules/openclaw';

const DOCKER_FOLDER = join(ROOT, 'docker');

/** Disk space for a tree, an installed release: the tree takes 0.6 to 1.6 GB, and npm's cache about as much again. */
const GATEWAY_BYTES = 4e9;

function dockerfile(name: string): string {
  return readFileSync(join(DOCKER_FOLDER, name), 'utf8');
}

function hashOf(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 12);
}

/** The package.json that installs a release: one dependency, and the overrides without which npm cannot install it. */
function manifestFor(source: Exclude<Resolved, { kind: 'image' }>): string {
  const spec = source.kind === 'packed' ? 'file:packed/openclaw.tgz' : source.version;
  const manifest = { private: true, dependencies: { openclaw: spec }, overrides: overridesFor(source.version) };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** Removes user name and password from a registry's URL: build arguments stay readable in the image. */
export function withoutCredentials(registry: string): string {
  const url = new URL(registry);
  url.username = '';
  url.password = '';
  return url.href;
}

async function npmConfig(key: string): Promise<string | undefined> {
  const answer = await npm(['config', 'get', key], 20);
  const value = answer.ok ? answer.stdout.trim() : '';
  return value === '' || value === 'null' || value === 'undefined' ? undefined : value;
}

/**
 * The file with additional certificate authorities that this machine trusts: npm's `cafile`, else NODE_EXTRA_CA_CERTS. Empty if neither
 * is set.
 */
async function extraCertificates(env: NodeJS.ProcessEnv): Promise<ContextFile[]> {
  const path = (await npmConfig('cafile')) ?? env.NODE_EXTRA_CA_CERTS;
  return path ? [{ name: 'certificates/extra.pem', path }] : [];
}

/** The proxy variables of this machine, as build arguments. BuildKit passes them to every step and does not store them in the image. */
function proxyArgs(env: NodeJS.ProcessEnv): Record<string, string> {
  const names = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy'];
  return Object.fromEntries(names.flatMap((name) => (env[name] ? [[name, env[name]]] : [])));
}

/**
 * The build that installs a release: a published version, or the untrusted package in the file `tarball`, with the restrictions that
 * npm offers. `args` may name the registry and proxies. Reads only files in docker/.
 */
export function treeBuild(
  source: Exclude<Resolved, { kind: 'image' }>,
  base: Base,
  tag: string,
  { tarball, certificates = [], args = {} }: { tarball?: string; certificates?: ContextFile[]; args?: Args },
): BuildRequest {
  return {
    what: `The image of openclaw ${source.version}`,
    tag,
    dockerfile: dockerfile('gateway-tree.Dockerfile'),
    target: source.kind,
    files: [
      { name: 'install-tree.sh', text: dockerfile('install-tree.sh') },
      { name: 'package.json', text: manifestFor(source) },
      { name: 'packed/.keep', text: '' },
      ...(tarball === undefined ? [] : [{ name: 'packed/openclaw.tgz', path: tarball }]),
      { name: 'certificates/.keep', text: '' },
      ...certificates,
    ],
    args: { BASE: base.image, ...args },
    network: 'default',
    bytes: GATEWAY_BYTES,
    minutes: BUILD_MINUTES.tree,
  };
}

/**
 * The build that runs a release's own install scripts, without a network, on the tree with the tag `treeTag`. Reads only files in
 * docker/.
 */
export function scriptsBuild(version: string, treeTag: string, tag: string): BuildRequest {
  return {
    what: `The image of openclaw ${version}`,
    tag,
    dockerfile: dockerfile('gateway.Dockerfile'),
    files: [],
    args: { TREE: treeTag },
    network: 'none',
    bytes: GATEWAY_BYTES / 4,
    minutes: BUILD_MINUTES.installScripts,
  };
}

async function buildTree(
  engine: Engine,
  source: Exclude<Resolved, { kind: 'image' }>,
  tag: string,
  base: Base,
): Promise<void> {
  const registry = await npmConfig('registry');
  const args = {
    ...(registry === undefined ? {} : { NPM_CONFIG_REGISTRY: withoutCredentials(registry) }),
    ...proxyArgs(process.env),
  };
  const certificates = await extraCertificates(process.env);
  if (source.kind === 'published') {
    await buildImage(engine, treeBuild(source, base, tag, { certificates, args }));
    return;
  }
  const work = await mkdtemp(join(tmpdir(), 'postern-tree-'));
  try {
    const tarball = join(work, 'openclaw.tgz');
    await rewriteTarball(source.path, source.sha256, tarball);
    await buildImage(engine, treeBuild(source, base, tag, { tarball, certificates, args }));
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function ensureBuilt(
  engine: Engine,
  source: Exclude<Resolved, { kind: 'image' }>,
  { base, say }: Options,
): Promise<Omit<GatewayImage, 'seconds'>> {
  const origin = source.kind === 'packed' ? source.sha256 : source.version;
  const recipe = [dockerfile('gateway-tree.Dockerfile'), dockerfile('install-tree.sh')];
  const treeHash = hashOf(...recipe, base.id, source.kind, origin, manifestFor(source));
  const version = source.version.replaceAll('+', '_');
  const treeTag = `postern/tree:${version}-${treeHash}`;
  const tag = `postern/gateway:${version}-${hashOf(treeHash, dockerfile('gateway.Dockerfile'))}`;
  const there = await imageId(engine, tag);
  if (there !== undefined) return { tag, id: there, source, version: source.version, cached: true, base };

  if ((await imageId(engine, treeTag)) === undefined) {
    say(`Installing openclaw ${source.version} into an image; this takes a minute or two and happens once.`);
    await buildTree(engine, source, treeTag, base);
  }
  say(`Running the install scripts of openclaw ${source.version}, without a network.`);
  const id = await buildImage(engine, scriptsBuild(source.version, treeTag, tag));
  return { tag, id, source, version: source.version, cached: false, base };
}

async function ensureNamed(
  engine: Engine,
  source: Extract<Resolved, { kind: 'image' }>,
  say: (line: string) => void,
): Promise<Omit<GatewayImage, 'seconds'>> {
  const there = await imageId(engine, source.name);
  if (there === undefined) {
    say(`Pulling ${source.name}.`);
    const failure = await pull(engine, source.name);
    if (failure !== undefined) {
      throw new EnvironmentError(
        `The image ${source.name} is not on this machine and cannot be pulled: ${failure}.`,
        'Check the name with `docker image ls`, or build the image first.',
      );
    }
  }
  const id = there ?? (await imageId(engine, source.name));
  if (id === undefined) throw new Error(`${source.name} was pulled, but the engine does not have it`);
  const version = await requireOpenclaw(engine, source.name, id);
  return { tag: source.name, id, source, version, cached: there !== undefined };
}

/**
 * Returns the image for a resolved reference; builds or pulls it if the engine does not have it. The tag contains a hash over all
 * inputs (Dockerfiles, base, package.json, the release or the tarball's bytes), so an image with this tag is up to date.
 * `say` gets a line before each slow operation. Throws EnvironmentError if the build or the pull fails, if the disk is full, and if
 * an `image:` contains no gateway.
 */
export async function ensureImage(engine: Engine, source: Resolved, options: Options): Promise<GatewayImage> {
  const started = performance.now();
  const image =
    source.kind === 'image'
      ? await ensureNamed(engine, source, options.say)
      : await ensureBuilt(engine, source, options);
  return { ...image, seconds: (performance.now() - started) / 1000 };
}

/** Returns the image for relays and proxies: the base with nginx and its stream module. Throws EnvironmentError if it cannot be built. */
export function ensureHelperImage(engine: Engine, options: Options): Promise<{ tag: string; id: string }> {
  return ensureFromDebian(engine, options, {
    name: 'helper',
    what: 'The image for relays and proxies',
    from: 'nginx',
    bytes: 0.5e9,
  });
}

/** Returns the image for browsers: the base with Chromium. Throws EnvironmentError if it cannot be built. */
export function ensureBrowserImage(engine: Engine, options: Options): Promise<{ tag: string; id: string }> {
  return ensureFromDebian(engine, options, {
    name: 'browser',
    what: 'The image for browsers',
    from: 'Chromium, which takes a minute or two once',
    bytes: 1.5e9,
  });
}

async function ensureFromDebian(
  engine: Engine,
  { base, say }: Options,
  { name, what, from, bytes }: { name: string; what: string; from: string; bytes: number },
): Promise<{ tag: string; id: string }> {
  const text = dockerfile(`${name}.Dockerfile`);
  const tag = `postern/${name}:${hashOf(text, base.id)}`;
  const there = await imageId(engine, tag);
  if (there !== undefined) return { tag, id: there };
  say(`${what} is built from Debian packages: ${from}.`);
  const args = { BASE: base.image, ...proxyArgs(process.env) };
  const id = await buildImage(engine, {
    what,
    tag,
    dockerfile: text,
    files: [],
    args,
    network: 'default',
    bytes,
    minutes: BUILD_MINUTES.fromDebian,
  });
  return { tag, id };
}

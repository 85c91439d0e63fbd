import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EnvironmentError } from '../exit.ts';
import { BUILD_MINUTES } from '../limits.ts';
import { type Base, pull } from './base-image.ts';
import { type BuildRequest, buildImage, type ContextFile, imageId } from './build.ts';
import type { Engine } from './engine.ts';
import { requireOpenclaw } from './image-check.ts';
import { npm } from './npm.ts';
import { overridesFor } from './npm-overrides.ts';
import type { Resolved } from './reference.ts';
import { rewriteTarball } from './tarball.ts';

/** An image that a gateway can be started from. */
export type GatewayImage = {
  tag: string;
  /** `sha256:…`, the engine's name for exactly these bytes. */
  id: string;
  source: Resolved;
  /** What its package says; planning goes by it. Which version a run tested is read from the running gateway. */
  version: string;
  /** It was on the engine already: nothing was built or pulled. */
  cached: boolean;
  seconds: number;
  /** Absent for `image:` references, which bring their own. */
  base?: Base;
};

type Args = BuildRequest['args'];

type Options = { base: Base; say: (line: string) => void };

/** Where docker/gateway-tree.Dockerfile installs every release, in its image. */
export const INSTALLED = '/opt/openclaw/node_modules/openclaw';

const DOCKER_FOLDER = fileURLToPath(new URL('../../docker/', import.meta.url));

/** A tree takes 0.6 to 1.6 GB, and npm's cache about as much again. */
const GATEWAY_BYTES = 4e9;

function dockerfile(name: string): string {
  return readFileSync(join(DOCKER_FOLDER, name), 'utf8');
}

function hashOf(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 12);
}

/** The package.json that installs a release: one dependency, and what npm needs to be able to install it. */
function manifestFor(source: Exclude<Resolved, { kind: 'image' }>): string {
  const spec = source.kind === 'packed' ? 'file:packed/openclaw.tgz' : source.version;
  const manifest = { private: true, dependencies: { openclaw: spec }, overrides: overridesFor(source.version) };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** The registry that this machine's npm uses, without a name or password: a build argument stays readable in the image. */
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

/** The authorities this machine trusts beyond Node's own, from where npm and Node read them. */
async function extraCertificates(env: NodeJS.ProcessEnv): Promise<ContextFile[]> {
  const path = (await npmConfig('cafile')) ?? env.NODE_EXTRA_CA_CERTS;
  return path ? [{ name: 'certificates/extra.pem', path }] : [];
}

/** Proxy settings that BuildKit passes to every step and keeps out of the image. */
function proxyArgs(env: NodeJS.ProcessEnv): Record<string, string> {
  const names = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy'];
  return Object.fromEntries(names.flatMap((name) => (env[name] ? [[name, env[name]]] : [])));
}

/**
 * The build that installs a release: a published version, or `tarball`, which is trusted no further than npm can be made to.
 * `args` may name the registry, and proxies. Reads nothing but docker/.
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

/** The build that runs a release's own install scripts on the tree with this tag. Reads nothing but docker/. */
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
  if (id === undefined) throw new Error(`${source.name} was pulled and is not there`);
  const version = await requireOpenclaw(engine, source.name, id);
  return { tag: source.name, id, source, version, cached: there !== undefined };
}

/**
 * The image for a resolved reference, built where the engine does not have it. The tag is a hash over all that goes in
 * (Dockerfiles, base, package.json, the release or the tarball's bytes), so an image that is there is the right one.
 * `say` gets a line before anything slow. Throws EnvironmentError where the build, the pull or the disk fails, and where
 * an `image:` holds no gateway.
 */
export async function ensureImage(engine: Engine, source: Resolved, options: Options): Promise<GatewayImage> {
  const started = performance.now();
  const image =
    source.kind === 'image'
      ? await ensureNamed(engine, source, options.say)
      : await ensureBuilt(engine, source, options);
  return { ...image, seconds: (performance.now() - started) / 1000 };
}

/** The image for relays and proxies: nginx with its stream module on the base. Throws EnvironmentError where it cannot be built. */
export function ensureHelperImage(engine: Engine, options: Options): Promise<{ tag: string; id: string }> {
  return ensureFromDebian(engine, options, {
    name: 'helper',
    what: 'The image for relays and proxies',
    from: 'nginx',
    bytes: 0.5e9,
  });
}

/** The image for browsers: Chromium on the base. Throws EnvironmentError where it cannot be built. */
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

import { createWriteStream, rmSync } from 'node:fs';
import { lstat, mkdtemp, readFile, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Container } from 'dockerode';
import tar from 'tar-stream';
import { z } from 'zod';
import { UsageError } from '../../exit.ts';
import { ARCHIVE, MANIFEST_BYTES, PACK_MS } from '../../limits.ts';
import type { Base } from '../engine/base-image.ts';
import { IMAGE_LABEL } from '../engine/build.ts';
import type { Engine } from '../engine/engine.ts';
import { isolated } from '../engine/isolated.ts';
import { npmErrorLines } from '../engine/npm.ts';
import { type CheckoutEntry, listCheckout, writeCheckout } from './checkout-files.ts';

/** The engine and the base image for the container in which checkouts are packed. The base image has npm. */
export type BuildTools = { engine: Engine; base: Base };

/** The user `node` of the base image. */
const PACKER_UID = 1000;

const HOME = '/home/node';

const ROOT_OF_CHECKOUT = 'Name the root of an openclaw checkout.';

const manifestSchema = z.object({
  name: z.string(),
  dependencies: z.record(z.string(), z.string()).optional(),
  bundleDependencies: z.unknown().optional(),
  bundledDependencies: z.unknown().optional(),
});

const exitSchema = z.object({ StatusCode: z.number() });

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}

async function readManifest(folder: string): Promise<z.infer<typeof manifestSchema>> {
  const path = join(folder, 'package.json');
  const stats = await lstat(path).catch(() => undefined);
  if (stats !== undefined && (!stats.isFile() || stats.size > MANIFEST_BYTES))
    throw new UsageError(`${path} is not a file of at most ${MANIFEST_BYTES} bytes.`, ROOT_OF_CHECKOUT);
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) throw new UsageError(`${folder} has no package.json.`, ROOT_OF_CHECKOUT);
  try {
    return manifestSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new UsageError(`${path} cannot be read as a package.json.`, ROOT_OF_CHECKOUT, { cause: error });
  }
}

/** Starts the container that runs `npm pack`, and waits for it. Throws UsageError with npm's error lines if it fails or takes too long. */
async function runPack(container: Container, folder: string): Promise<void> {
  const cannot = (why: string): UsageError =>
    new UsageError(`npm could not pack ${folder}: ${why}.`, 'Run `npm pack --ignore-scripts` there to see why.');
  await container.start();
  const limit = AbortSignal.timeout(PACK_MS);
  const exit = await container.wait({ abortSignal: limit }).catch((error: unknown) => {
    if (limit.aborted) throw cannot(`it took longer than ${PACK_MS / 1000} s`);
    throw error;
  });
  const { StatusCode } = exitSchema.parse(exit);
  if (StatusCode === 0) return;
  const printed = (await container.logs({ stdout: true, stderr: true, tail: 100 })).toString('utf8');
  const lines = npmErrorLines(printed);
  throw cannot(lines.length > 0 ? lines.slice(0, 6).join('; ') : `it ended with ${StatusCode}`);
}

/** Copies the tarball that npm wrote from the container to `target`. Throws UsageError if it is larger than ARCHIVE.bytes. */
async function fetchTarball(container: Container, target: string): Promise<void> {
  const extract = tar.extract();
  const feeding = pipeline(await container.getArchive({ path: `${HOME}/out` }), extract);
  feeding.catch(() => undefined);
  let found = false;
  for await (const entry of extract) {
    const { name, type, size } = entry.header;
    if (found || type !== 'file' || !name.endsWith('.tgz')) {
      entry.resume();
      continue;
    }
    if (size > ARCHIVE.bytes)
      throw new UsageError(`What npm packed is larger than ${ARCHIVE.bytes} bytes.`, ROOT_OF_CHECKOUT);
    found = true;
    await pipeline(entry, createWriteStream(target));
  }
  await feeding;
  if (!found) throw new Error('npm pack reported success and left no tarball');
}

async function packInContainer(
  { engine, base }: BuildTools,
  folder: string,
  entries: readonly CheckoutEntry[],
  target: string,
): Promise<void> {
  const container = await engine.docker.createContainer({
    Image: base.id,
    Entrypoint: ['npm'],
    Cmd: ['pack', '--ignore-scripts', `--pack-destination=${HOME}/out`, '--loglevel=error', '--no-update-notifier'],
    // Without a terminal, the engine returns the output in frames of its own.
    Tty: true,
    User: String(PACKER_UID),
    WorkingDir: `${HOME}/checkout`,
    Env: [`HOME=${HOME}`, 'NO_COLOR=1', 'npm_config_progress=false'],
    Labels: IMAGE_LABEL,
    NetworkDisabled: true,
    HostConfig: isolated(2 * 1024 ** 3, 128),
  });
  try {
    const pack = tar.pack();
    pack.entry({ name: 'out/', type: 'directory', mode: 0o755, uid: PACKER_UID, gid: PACKER_UID });
    const writing = writeCheckout(pack, folder, entries, PACKER_UID).then(
      () => pack.finalize(),
      (error: unknown) => pack.destroy(error instanceof Error ? error : new Error(String(error))),
    );
    await container.putArchive(Readable.from(pack), { path: HOME });
    await writing;
    await runPack(container, folder);
    await fetchTarball(container, target);
  } finally {
    await container.remove({ force: true, v: true });
  }
}

/**
 * Packs a built openclaw checkout as npm would publish it. Returns the path of the tarball, which is removed when this process ends.
 * The checkout may be untrusted: npm gets a copy of it without the checkout's npm configuration, in a container without a network, runs
 * none of its scripts, and has limits on time, memory and size. Throws UsageError if the folder is not a built checkout of openclaw, if
 * it contains entries that no package contains, such as links that lead out of it (see `listCheckout`), and if npm cannot pack it.
 */
export async function packCheckout(folder: string, buildTools: () => Promise<BuildTools>): Promise<string> {
  const manifest = await readManifest(folder);
  if (manifest.name !== 'openclaw')
    throw new UsageError(`${folder} is the package ${manifest.name}, not openclaw.`, ROOT_OF_CHECKOUT);
  if (!(await exists(join(folder, 'dist/index.js')))) {
    throw new UsageError(
      `${folder} is not built: there is no dist/index.js.`,
      'Build it as its README says (`pnpm install && pnpm build`), then try again.',
    );
  }
  const workspace = Object.entries(manifest.dependencies ?? {}).filter(([, spec]) => spec.startsWith('workspace:'));
  if (workspace.length > 0) {
    throw new UsageError(
      `${folder} depends on packages of its own workspace (${workspace.map(([name]) => name).join(', ')}), which npm cannot pack.`,
      'Run `pnpm pack` there and give the tarball it writes.',
    );
  }
  const bundles = (manifest.bundleDependencies ?? manifest.bundledDependencies) !== undefined;
  const entries = await listCheckout(folder, bundles);
  const work = await mkdtemp(join(tmpdir(), 'postern-pack-'));
  process.once('exit', () => rmSync(work, { recursive: true, force: true }));
  const target = join(work, 'openclaw.tgz');
  await packInContainer(await buildTools(), folder, entries, target);
  return target;
}

import { createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { text as consume } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import semver from 'semver';
import tar from 'tar-stream';
import { z } from 'zod';
import { isPosternError, messageOf, UsageError } from '../exit.ts';
import { MANIFEST_BYTES } from '../limits.ts';
import { type Limits, readArchive } from './archive.ts';
import { type ForeignSpec, foreignSpecs } from './dependency-specs.ts';

export type PackedRelease = { version: string; sha256: string };

const NEXT = 'Give the tarball that `npm pack` or `pnpm pack` writes in an openclaw checkout.';

const manifestSchema = z.object({ name: z.string(), version: z.string() });

const SPECS_SHOWN = 5;

/** The manifests from which npm learns what to install: of the package itself, and of each package that is bundled with it. */
const NPM_READS = /^(?:node_modules\/(?:@[^/]+\/)?[^/]+\/)*package\.json$/;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A version as npm writes it, with nothing around it; it becomes part of an image's name. */
function isPlainVersion(text: string): boolean {
  const read = semver.parse(text);
  return read !== null && [read.version, read.build.join('.')].filter(Boolean).join('+') === text;
}

function refuseForeign(path: string, file: string, foreign: readonly ForeignSpec[]): void {
  if (foreign.length === 0) return;
  const shown = foreign
    .slice(0, SPECS_SHOWN)
    .map(({ dependency, spec, field }) => `${JSON.stringify(dependency)} as ${JSON.stringify(spec)} (${field})`);
  const more = foreign.length > SPECS_SHOWN ? `, and ${foreign.length - SPECS_SHOWN} more` : '';
  throw new UsageError(
    `${path}: its ${file} asks for ${shown.join(', ')}${more}, which is no version, range or tag of the npm registry.`,
    'While a build is installed, nothing but the registry is asked: depend on a published version (`npm:<name>@<version>` for one of another name), and pack again.',
  );
}

/** Throws where a file that npm obeys cannot be read, or asks for something that the registry does not have. */
function checkManifest(path: string, file: string, text: string): void {
  const read = parseJson(text);
  try {
    refuseForeign(path, file, foreignSpecs(read));
  } catch (error) {
    if (isPosternError(error)) throw error;
    throw new UsageError(`${path}: its ${file} is not what npm writes and cannot be read.`, NEXT, { cause: error });
  }
}

async function readChecked(path: string, limits?: Limits): Promise<{ sha256: string; manifest: string | undefined }> {
  const manifests = new Map<string, string>();
  try {
    const sha256 = await readArchive(
      path,
      async ({ name, bytes, content }) => {
        if (!NPM_READS.test(name)) {
          content.resume();
          return;
        }
        if (bytes > MANIFEST_BYTES) {
          throw new UsageError(`${path}: its ${name} is larger than ${MANIFEST_BYTES} bytes.`, NEXT);
        }
        manifests.set(name, await consume(content));
      },
      limits,
    );
    const manifest = manifests.get('package.json');
    if (manifest !== undefined && parseJson(manifest) !== undefined)
      for (const [name, text] of manifests) checkManifest(path, name, text);
    return { sha256, manifest };
  } catch (error) {
    if (isPosternError(error)) throw error;
    throw new UsageError(`${path} is not a gzipped tarball: ${messageOf(error)}.`, NEXT);
  }
}

/**
 * Reads which openclaw release an `npm pack` tarball holds, and its SHA-256. Throws UsageError where the file is missing, not
 * gzip, not a package, another package, holds what npm never packs (see `readArchive`), or depends on anything but the registry.
 */
export async function readTarball(path: string, limits?: Limits): Promise<PackedRelease> {
  const stats = await stat(path).catch(() => undefined);
  if (!stats) throw new UsageError(`There is no file ${path}.`, NEXT);
  if (!stats.isFile()) throw new UsageError(`${path} is not a file.`, NEXT);

  const { sha256, manifest: text } = await readChecked(path, limits);
  if (text === undefined) {
    throw new UsageError(`${path} is a tarball, but no npm package: it holds no package/package.json.`, NEXT);
  }
  const manifest = manifestSchema.safeParse(parseJson(text));
  if (!manifest.success) {
    throw new UsageError(`${path} is no npm package: its package.json has no name and version that can be read.`, NEXT);
  }
  const { name, version } = manifest.data;
  if (name !== 'openclaw') throw new UsageError(`${path} is the package ${name}@${version}, not openclaw.`, NEXT);
  if (!isPlainVersion(version)) {
    throw new UsageError(`${path} is openclaw, but its version "${version}" is not a version npm accepts.`, NEXT);
  }
  return { version, sha256 };
}

/**
 * Writes the files of a packed build, and nothing else, into a new tarball. Programs read odd tarballs differently; of this one
 * npm installs what `readTarball` saw. Throws UsageError as that does, and where the file is not the one with that SHA-256.
 */
export async function rewriteTarball(path: string, sha256: string, target: string): Promise<void> {
  const pack = tar.pack();
  const writing = pipeline(pack, createGzip({ level: 1 }), createWriteStream(target));
  writing.catch(() => undefined);
  try {
    const read = await readArchive(path, async ({ name, bytes, executable, content }) => {
      const entry = pack.entry({ name: `package/${name}`, size: bytes, mode: executable ? 0o755 : 0o644 });
      await pipeline(content, entry);
    });
    if (read !== sha256) throw new UsageError(`${path} has changed since it was read.`, 'Run the command again.');
    pack.finalize();
  } catch (error) {
    pack.destroy();
    throw error;
  }
  await writing;
}

import { createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { text as consume } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import semver from 'semver';
import tar from 'tar-stream';
import { z } from 'zod';
import { isPosternError, messageOf, UsageError } from '../../exit.ts';
import { MANIFEST_BYTES } from '../../limits.ts';
import { type Limits, readArchive } from './archive.ts';
import { type ForeignSpec, foreignSpecs } from './dependency-specs.ts';

/** The version in the package.json of a packed build, and the SHA-256 of the tarball in hex. */
export type PackedRelease = { version: string; sha256: string };

const NEXT = 'Give the tarball that `npm pack` or `pnpm pack` writes in an openclaw checkout.';

const manifestSchema = z.object({ name: z.string(), version: z.string() });

const SPECS_SHOWN = 5;

/** Paths of the manifests that decide what npm installs: that of the package, and that of each package bundled with it. */
const NPM_READS = /^(?:node_modules\/(?:@[^/]+\/)?[^/]+\/)*package\.json$/;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether the text is exactly a version as npm writes it. It becomes part of an image's name. */
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
    `${path}: its ${file} asks for ${shown.join(', ')}${more}, which is not a version, range or tag of the npm registry.`,
    'A build is installed from the registry only: depend on a published version (`npm:<name>@<version>` for one of another name), and pack again.',
  );
}

/**
 * Checks a manifest that decides what npm installs. Throws UsageError if it cannot be read, or has a dependency that is not a registry
 * spec.
 */
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
 * Reads the version of the openclaw release in an `npm pack` tarball, and the tarball's SHA-256. Throws UsageError if the file is missing,
 * is not gzipped, is not a package or another package, contains entries that npm never packs (see `readArchive`), or has a dependency
 * that does not come from the registry.
 */
export async function readTarball(path: string, limits?: Limits): Promise<PackedRelease> {
  const stats = await stat(path).catch(() => undefined);
  if (!stats) throw new UsageError(`There is no file ${path}.`, NEXT);
  if (!stats.isFile()) throw new UsageError(`${path} is not a file.`, NEXT);

  const { sha256, manifest: text } = await readChecked(path, limits);
  if (text === undefined) {
    throw new UsageError(`${path} is a tarball, but not an npm package: it has no package/package.json.`, NEXT);
  }
  const manifest = manifestSchema.safeParse(parseJson(text));
  if (!manifest.success) {
    throw new UsageError(`${path} is not an npm package: its package.json has no readable name and version.`, NEXT);
  }
  const { name, version } = manifest.data;
  if (name !== 'openclaw') throw new UsageError(`${path} is the package ${name}@${version}, not openclaw.`, NEXT);
  if (!isPlainVersion(version)) {
    throw new UsageError(`${path} is openclaw, but its version "${version}" is not a version npm accepts.`, NEXT);
  }
  return { version, sha256 };
}

/**
 * Writes the files of a packed build, and no other entries, into a new tarball at `target`. Programs read malformed tarballs differently;
 * the new one makes npm install exactly the files that `readTarball` read. Throws UsageError as `readTarball` does, and if the SHA-256 of
 * the file is not `sha256`.
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

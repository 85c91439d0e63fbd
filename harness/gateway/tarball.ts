import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { text as consume } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import semver from 'semver';
import tar from 'tar-stream';
import { z } from 'zod';
import { messageOf, UsageError } from '../exit.ts';

export type PackedRelease = { version: string; sha256: string };

const manifestSchema = z.object({ name: z.string(), version: z.string() });

const MANIFEST_LIMIT_BYTES = 4 * 1024 * 1024;

/** The first `<folder>/package.json` of a gzipped tarball; npm accepts any name for the folder. */
async function readManifest(path: string): Promise<string | undefined> {
  const extract = tar.extract();
  const done = new AbortController();
  const feeding = pipeline(createReadStream(path), createGunzip(), extract, { signal: done.signal });
  // A broken archive rejects here and ends the loop below with the same error.
  feeding.catch(() => undefined);
  try {
    for await (const entry of extract) {
      if (/^[^/]+\/package\.json$/.test(entry.header.name)) {
        return entry.header.size !== undefined && entry.header.size <= MANIFEST_LIMIT_BYTES
          ? await consume(entry)
          : undefined;
      }
      entry.resume();
    }
    return undefined;
  } finally {
    done.abort();
  }
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Reads which openclaw release an `npm pack` tarball holds, and its SHA-256.
 * Throws UsageError where the file is missing, not gzip, not a package, or another package.
 */
export async function readTarball(path: string): Promise<PackedRelease> {
  const next = 'Give the tarball that `npm pack` or `pnpm pack` writes in an openclaw checkout.';
  const stats = await stat(path).catch(() => undefined);
  if (!stats) throw new UsageError(`There is no file ${path}.`, next);
  if (!stats.isFile()) throw new UsageError(`${path} is not a file.`, next);

  let text: string | undefined;
  try {
    text = await readManifest(path);
  } catch (error) {
    const cause = messageOf(error);
    throw new UsageError(`${path} is not a gzipped tarball: ${cause}.`, next);
  }
  if (text === undefined) {
    throw new UsageError(`${path} is a tarball, but no npm package: it holds no package/package.json.`, next);
  }
  const manifest = manifestSchema.safeParse(parseJson(text));
  if (!manifest.success) {
    throw new UsageError(`${path} is no npm package: its package.json has no name and version that can be read.`, next);
  }
  const { name, version } = manifest.data;
  if (name !== 'openclaw') throw new UsageError(`${path} is the package ${name}@${version}, not openclaw.`, next);
  if (!semver.valid(version)) {
    throw new UsageError(`${path} is openclaw, but its version "${version}" is not a version npm accepts.`, next);
  }
  return { version, sha256: await sha256Of(path) };
}

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { PassThrough, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import tar from 'tar-stream';
import { UsageError } from '../../exit.ts';
import { ARCHIVE } from '../../limits.ts';

/** A regular file of a packed build. */
export type PackedFile = {
  /** The path below the tarball's top folder: `package.json`, `dist/index.js`. */
  name: string;
  bytes: number;
  /** Whether the file's mode lets its owner execute it. */
  executable: boolean;
  content: tar.ExtractEvents['entry'][1];
};

/** Limits of a packed build: bytes when unpacked, and number of entries. The largest published release has 20,000 files and 220 MB. */
export type Limits = { bytes: number; entries: number };

const NEXT = 'Give the tarball that `npm pack` or `pnpm pack` writes in an openclaw checkout.';

/** Why the name of an entry is unsafe: two programs could read it differently, or it leads out of its folder. Undefined if it is safe. */
function whyUnsafe(name: string): string | undefined {
  const segments = name.replace(/\/$/, '').split('/');
  if (name.startsWith('/')) return 'is an absolute path';
  if (segments.includes('..')) return 'leads out of its folder';
  if (segments.includes('') || segments.includes('.')) return 'is not a normalized path';
  if (/[\\\p{Cc}]/u.test(name)) return 'contains a backslash or a control character';
  return undefined;
}

function refused(path: string, entry: string, why: string): UsageError {
  return new UsageError(`${path}: the entry ${JSON.stringify(entry)} ${why}.`, NEXT);
}

function counting(path: string, limits: Limits): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes <= limits.bytes) return done(null, chunk);
      done(new UsageError(`${path} contains more than ${limits.bytes} bytes when unpacked.`, NEXT));
    },
  });
}

/**
 * Returns the top folder of an entry. Throws UsageError unless the entry is a folder, or a file below the top folder of earlier entries.
 */
function checkedName(path: string, { name, type }: tar.Header, folder: string | undefined): string {
  const unsafe = whyUnsafe(name);
  if (unsafe !== undefined) throw refused(path, name, unsafe);
  if (type !== 'file' && type !== 'contiguous-file' && type !== 'directory')
    throw refused(path, name, `is a ${type ?? 'entry of an unknown type'}, and only files and folders are packed`);
  const top = name.split('/', 1)[0] ?? '';
  if (folder !== undefined && top !== folder)
    throw refused(path, name, `is not below ${JSON.stringify(folder)}, where the entries before it are`);
  if (type !== 'directory' && top === name) throw refused(path, name, 'is not below the folder of a package');
  return top;
}

/**
 * Reads a gzipped tarball to its end, and calls `visit` for each file in order. Returns the SHA-256 of the tarball's bytes, in hex.
 * `visit` must read or resume the content. Throws UsageError for entries that npm never packs: links and devices, absolute paths, `..`,
 * names that programs can read differently, two files of one name, more than one top folder; and for more than `limits`. Passes on the
 * unpacker's error if the file is not a gzipped tarball.
 */
export async function readArchive(
  path: string,
  visit: (file: PackedFile) => Promise<void>,
  limits: Limits = ARCHIVE,
): Promise<string> {
  const hash = createHash('sha256');
  const bytes = new PassThrough();
  bytes.on('data', (chunk: Buffer) => hash.update(chunk));
  const extract = tar.extract();
  const done = new AbortController();
  const feeding = pipeline(createReadStream(path), bytes, createGunzip(), counting(path, limits), extract, {
    signal: done.signal,
  });
  // An error of the pipeline also ends the loop below, with the same error.
  feeding.catch(() => undefined);
  const seen = new Set<string>();
  let folder: string | undefined;
  let entries = 0;
  try {
    for await (const entry of extract) {
      const { name, type, size = 0, mode = 0 } = entry.header;
      entries += 1;
      if (entries > limits.entries) throw new UsageError(`${path} contains more than ${limits.entries} entries.`, NEXT);
      folder = checkedName(path, entry.header, folder);
      if (type === 'directory') {
        entry.resume();
        continue;
      }
      if (seen.has(name)) throw refused(path, name, 'occurs twice');
      seen.add(name);
      const inside = name.slice(folder.length + 1);
      await visit({ name: inside, bytes: size, executable: (mode & 0o100) !== 0, content: entry });
    }
    await feeding;
    return hash.digest('hex');
  } finally {
    done.abort();
  }
}

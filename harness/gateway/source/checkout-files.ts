import { type BigIntStats, constants } from 'node:fs';
import { lstat, open, readdir, readlink, realpath } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type tar from 'tar-stream';
import { UsageError } from '../../exit.ts';
import { CHECKOUT } from '../../limits.ts';

/** A file or link of a checkout that may be packed. `name` is relative to the checkout's root. */
export type CheckoutEntry =
  | { kind: 'file'; name: string; bytes: number; executable: boolean }
  | { kind: 'link'; name: string; target: string };

/** Limits of a checkout: number of entries, bytes of one file, bytes in total. The sources of openclaw with their build take a tenth. */
export type CheckoutLimits = { entries: number; fileBytes: number; bytes: number };

const NEXT = 'Remove it from the checkout, or run `npm pack` there yourself and give the tarball.';

function refused(path: string, why: string): UsageError {
  return new UsageError(`${path} ${why}.`, NEXT);
}

function kindOf(stats: BigIntStats): string {
  if (stats.isSocket()) return 'socket';
  if (stats.isFIFO()) return 'FIFO';
  if (stats.isBlockDevice() || stats.isCharacterDevice()) return 'device';
  return 'entry of an unknown kind';
}

/**
 * The target of a link, relative to the link's folder. Throws UsageError if the target, or the end of a chain of links, is not below
 * `root`.
 */
async function linkTarget(root: string, path: string): Promise<string> {
  const written = resolve(dirname(path), await readlink(path));
  // The target of a dangling link has no real path, so only the written path is checked.
  const real = await realpath(path).catch(() => written);
  for (const place of [written, real]) {
    const way = relative(root, place);
    if (way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way))
      throw refused(path, `is a link that leads out of the checkout, to ${place}`);
  }
  return relative(dirname(path), written) || '.';
}

/** Whether npm leaves an entry out: the git history, the npm configuration with its tokens, and packages that are not bundled. */
function isLeftOut(name: string, bundles: boolean): boolean {
  return name === '.git' || name === '.npmrc' || (name === 'node_modules' && !bundles);
}

/**
 * Lists the files and links of a checkout. `bundles`: whether its node_modules are packed. Throws UsageError for a link that leads out of
 * the checkout, a hard link, a socket, a FIFO, a device, and for more than `limits`. Hard links in node_modules are allowed, because
 * package managers create them to their store.
 */
export async function listCheckout(
  folder: string,
  bundles: boolean,
  limits: CheckoutLimits = CHECKOUT,
): Promise<CheckoutEntry[]> {
  const root = await realpath(folder);
  const entries: CheckoutEntry[] = [];
  let bytes = 0;
  const folders = [''];
  for (let at = folders.pop(); at !== undefined; at = folders.pop()) {
    for (const item of (await readdir(join(root, at))).sort()) {
      const name = join(at, item);
      if (isLeftOut(name, bundles)) continue;
      const path = join(root, name);
      const stats = await lstat(path, { bigint: true });
      if (stats.isDirectory()) {
        folders.push(name);
        continue;
      }
      if (stats.isSymbolicLink()) {
        entries.push({ kind: 'link', name, target: await linkTarget(root, path) });
      } else if (stats.isFile()) {
        if (stats.nlink > 1n && !name.split(sep).includes('node_modules'))
          throw refused(path, 'has a second name (a hard link), which may be outside of the checkout');
        if (stats.size > BigInt(limits.fileBytes)) throw refused(path, `is larger than ${limits.fileBytes} bytes`);
        bytes += Number(stats.size);
        entries.push({ kind: 'file', name, bytes: Number(stats.size), executable: (stats.mode & 0o100n) !== 0n });
      } else {
        throw refused(path, `is a ${kindOf(stats)}, and only files and folders are packed`);
      }
      if (bytes > limits.bytes) throw refused(root, `contains more than ${limits.bytes} bytes`);
      if (entries.length > limits.entries) throw refused(root, `contains more than ${limits.entries} files`);
    }
  }
  return entries;
}

/**
 * Writes entries of a checkout into a tar archive, below `checkout/` and owned by `uid`. Never follows a link, even if a file was replaced
 * by one since it was listed.
 */
export async function writeCheckout(
  pack: tar.Pack,
  folder: string,
  entries: readonly CheckoutEntry[],
  uid: number,
): Promise<void> {
  const owner = { uid, gid: uid };
  for (const entry of entries) {
    const name = `checkout/${entry.name.split(sep).join('/')}`;
    switch (entry.kind) {
      case 'link':
        pack.entry({ name, type: 'symlink', linkname: entry.target, ...owner });
        break;
      case 'file': {
        const file = await open(join(folder, entry.name), constants.O_RDONLY | constants.O_NOFOLLOW);
        const mode = entry.executable ? 0o755 : 0o644;
        await pipeline(file.createReadStream(), pack.entry({ name, size: entry.bytes, mode, ...owner }));
        break;
      }
    }
  }
}

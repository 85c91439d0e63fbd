import { resolve } from 'node:path';
import semver from 'semver';
import { UsageError } from '../exit.ts';
import { packCheckout, type Workshop } from './checkout.ts';
import { publishedVersion } from './registry.ts';
import { readTarball } from './tarball.ts';

/** What to test, as a person wrote it. `latest` is `npm` with the spec "latest". */
export type Reference =
  | { kind: 'version'; text: string; version: string }
  | { kind: 'npm'; text: string; spec: string }
  | { kind: 'tarball'; text: string; path: string }
  | { kind: 'directory'; text: string; path: string }
  | { kind: 'image'; text: string; name: string };

/**
 * What an image is made of. The version here says what was asked for; which version a run tested is read from the
 * running gateway.
 */
export type Resolved =
  | { kind: 'published'; reference: string; version: string }
  | { kind: 'packed'; reference: string; version: string; path: string; sha256: string }
  | { kind: 'image'; reference: string; name: string };

const FORMS = [
  'latest',
  'a version (2026.4.1)',
  'npm:openclaw@<version, range or tag>',
  'a tarball (./openclaw-2026.4.1.tgz)',
  'dir:<a built checkout>',
  'image:<name>:<tag>',
].join(', ');

/** Docker's own grammar is wider; this only keeps out what can be no image name at all. */
const IMAGE_NAME = /^[a-z0-9][a-z0-9._:/@-]*$/i;

function unreadable(text: string, why: string, next = `A gateway reference is one of: ${FORMS}.`): UsageError {
  return new UsageError(`"${text}" is not a gateway reference: ${why}.`, next);
}

/**
 * Reads a gateway reference. Relative paths start at `from`, the current folder unless given.
 * Looks at nothing but the text. Throws UsageError, listing the forms.
 */
export function parseReference(text: string, from: string = process.cwd()): Reference {
  if (text === 'latest') return { kind: 'npm', text, spec: 'latest' };
  if (text.startsWith('npm:')) {
    const spec = /^npm:openclaw@(.+)$/.exec(text)?.[1]?.trim();
    if (!spec) throw unreadable(text, 'npm: is followed by openclaw@ and a version, range or tag');
    if (/^[a-z+]+:|\//i.test(spec)) throw unreadable(text, `"${spec}" is no version, range or tag`);
    return semver.valid(spec) === spec ? { kind: 'version', text, version: spec } : { kind: 'npm', text, spec };
  }
  if (text.startsWith('image:')) {
    const name = text.slice('image:'.length);
    if (!IMAGE_NAME.test(name)) throw unreadable(text, 'image: is followed by the name of an image');
    return { kind: 'image', text, name };
  }
  if (text.startsWith('dir:')) {
    if (text === 'dir:') throw unreadable(text, 'dir: is followed by a folder');
    return { kind: 'directory', text, path: resolve(from, text.slice('dir:'.length)) };
  }
  if (/\.(tgz|tar\.gz)$/.test(text)) return { kind: 'tarball', text, path: resolve(from, text) };
  if (semver.valid(text) === text) return { kind: 'version', text, version: text };

  const clean = semver.valid(text, { loose: true });
  if (clean) throw unreadable(text, 'a version is written without anything around it', `Write ${clean}.`);
  if (/^[.\d^~<>=x* -]+$|^[a-z]+$/.test(text)) {
    throw unreadable(text, 'a range or a tag needs the name of the package', `Write npm:openclaw@${text}.`);
  }
  throw unreadable(text, 'it has none of the known forms');
}

/**
 * Asks the registry which version a version, tag or range means. Throws UsageError where it means none, EnvironmentError where the
 * registry cannot be asked.
 */
export async function resolvePublished(
  reference: Extract<Reference, { kind: 'version' | 'npm' }>,
): Promise<Extract<Resolved, { kind: 'published' }>> {
  const spec = reference.kind === 'version' ? reference.version : reference.spec;
  return { kind: 'published', reference: reference.text, version: await publishedVersion(spec, reference.text) };
}

/**
 * Finds out what a reference stands for now: asks the registry which version a tag or range means, reads a tarball, packs a
 * checkout in the `workshop`, which is asked for only then. Throws UsageError where it stands for nothing, EnvironmentError where
 * the registry or the engine fails.
 */
export async function resolveReference(reference: Reference, workshop: () => Promise<Workshop>): Promise<Resolved> {
  switch (reference.kind) {
    case 'version':
    case 'npm':
      return resolvePublished(reference);
    case 'tarball':
      return {
        kind: 'packed',
        reference: reference.text,
        path: reference.path,
        ...(await readTarball(reference.path)),
      };
    case 'directory': {
      const path = await packCheckout(reference.path, workshop);
      return { kind: 'packed', reference: reference.text, path, ...(await readTarball(path)) };
    }
    case 'image':
      return { kind: 'image', reference: reference.text, name: reference.name };
  }
}

import { resolve } from 'node:path';
import semver from 'semver';
import { UsageError } from '../../exit.ts';
import { type BuildTools, packCheckout } from './checkout.ts';
import { readPackageCandidate } from './package-candidate.ts';
import { publishedVersion } from './registry.ts';
import { readTarball } from './tarball.ts';

/** A parsed gateway reference. `text` is what the user wrote. `latest` is of the kind `npm`, with the spec "latest". */
export type Reference =
  | { kind: 'version'; text: string; version: string }
  | { kind: 'npm'; text: string; spec: string }
  | { kind: 'tarball'; text: string; path: string }
  | { kind: 'directory'; text: string; path: string }
  | { kind: 'candidate'; text: string; path: string }
  | { kind: 'image'; text: string; name: string };

/**
 * The source of an image: a published release, a packed build with its file and hash, or an existing image. `version` is the
 * requested one; the report takes the version from the running gateway.
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
  'artifact:<the folder of a package candidate>',
  'image:<name>:<tag>',
].join(', ');

/** Rejects texts that cannot be an image name. Docker's own grammar has more rules. */
const IMAGE_NAME = /^[a-z0-9][a-z0-9._:/@-]*$/i;

function unreadable(text: string, why: string, next = `A gateway reference is one of: ${FORMS}.`): UsageError {
  return new UsageError(`"${text}" is not a gateway reference: ${why}.`, next);
}

/**
 * Parses a gateway reference. Relative paths are resolved from `from`, by default the current folder. Reads no files.
 * Throws UsageError with the list of valid forms.
 */
export function parseReference(text: string, from: string = process.cwd()): Reference {
  if (text === 'latest') return { kind: 'npm', text, spec: 'latest' };
  if (text.startsWith('npm:')) {
    const spec = /^npm:openclaw@(.+)$/.exec(text)?.[1]?.trim();
    if (!spec) throw unreadable(text, 'npm: must be followed by openclaw@ and a version, range or tag');
    if (/^[a-z+]+:|\//i.test(spec)) throw unreadable(text, `"${spec}" is not a version, range or tag`);
    return semver.valid(spec) === spec ? { kind: 'version', text, version: spec } : { kind: 'npm', text, spec };
  }
  if (text.startsWith('image:')) {
    const name = text.slice('image:'.length);
    if (!IMAGE_NAME.test(name)) throw unreadable(text, 'image: must be followed by the name of an image');
    return { kind: 'image', text, name };
  }
  if (text.startsWith('dir:')) {
    if (text === 'dir:') throw unreadable(text, 'dir: must be followed by a folder');
    return { kind: 'directory', text, path: resolve(from, text.slice('dir:'.length)) };
  }
  if (text.startsWith('artifact:')) {
    if (text === 'artifact:') throw unreadable(text, 'artifact: must be followed by a folder');
    return { kind: 'candidate', text, path: resolve(from, text.slice('artifact:'.length)) };
  }
  if (/\.(tgz|tar\.gz)$/.test(text)) return { kind: 'tarball', text, path: resolve(from, text) };
  if (semver.valid(text) === text) return { kind: 'version', text, version: text };

  const clean = semver.valid(text, { loose: true });
  if (clean) throw unreadable(text, 'a version must be written without a prefix or suffix', `Write ${clean}.`);
  if (/^[.\d^~<>=x* -]+$|^[a-z]+$/.test(text)) {
    throw unreadable(text, 'a range or a tag needs the name of the package', `Write npm:openclaw@${text}.`);
  }
  throw unreadable(text, 'it has none of the known forms');
}

/**
 * Resolves a version, tag or range to a published version, with the registry. Throws UsageError if no version matches, EnvironmentError
 * if the registry does not answer.
 */
async function resolvePublished(
  reference: Extract<Reference, { kind: 'version' | 'npm' }>,
): Promise<Extract<Resolved, { kind: 'published' }>> {
  const spec = reference.kind === 'version' ? reference.version : reference.spec;
  return { kind: 'published', reference: reference.text, version: await publishedVersion(spec, reference.text) };
}

/**
 * The version of a published release. `text` is a version, a tag or a range; `next` is the advice if it is another kind of reference, of which
 * UsageError is thrown. Throws UsageError if no version matches, EnvironmentError if the registry does not answer.
 */
export async function publishedReleaseOf(text: string, next: string): Promise<string> {
  const reference = parseReference(text);
  if (reference.kind !== 'version' && reference.kind !== 'npm')
    throw new UsageError(`${text} is not a published release`, next);
  return (await resolvePublished(reference)).version;
}

/**
 * Resolves a reference: resolves a tag or range with the registry, reads a tarball or a package candidate, or packs a checkout in a container. `buildTools`
 * gives the engine and base image for that container, and is called only for a checkout. Throws UsageError if the version, tarball or
 * checkout does not exist or cannot be read, EnvironmentError if the registry or the engine fails.
 */
export async function resolveReference(reference: Reference, buildTools: () => Promise<BuildTools>): Promise<Resolved> {
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
      const path = await packCheckout(reference.path, buildTools);
      return { kind: 'packed', reference: reference.text, path, ...(await readTarball(path)) };
    }
    case 'candidate':
      return { kind: 'packed', reference: reference.text, ...(await readPackageCandidate(reference.path)) };
    case 'image':
      return { kind: 'image', reference: reference.text, name: reference.name };
  }
}

import { existsSync } from 'node:fs';
import path from 'node:path';
import { UsageError } from '../exit.ts';
import { readPackageCandidate } from '../gateway/source/package-candidate.ts';
import { parseReference, publishedReleaseOf } from '../gateway/source/reference.ts';
import { readTarball } from '../gateway/source/tarball.ts';
import type { ReleaseVerdict } from '../results/release-verdict.ts';

/**
 * The version of a candidate before it is played, from its reference. Throws UsageError for a checkout or an image, which say theirs only when they
 * are built, and for what cannot be read; EnvironmentError if the registry does not answer.
 */
export async function versionOfCandidate(text: string): Promise<string> {
  const reference = parseReference(text);
  switch (reference.kind) {
    case 'version':
    case 'npm':
      return publishedReleaseOf(text, 'Name a published release.');
    case 'tarball':
      return (await readTarball(reference.path)).version;
    case 'candidate':
      return (await readPackageCandidate(reference.path)).version;
    case 'directory':
    case 'image':
      throw new UsageError(
        `${text} has no version before it is built, so that the release before it is not known`,
        'Give that release with --previous.',
      );
  }
}

/** The tarball of a candidate; null for one that is none, or whose tarball is not there. Throws UsageError for one that cannot be read. */
export async function tarballOf(text: string): Promise<ReleaseVerdict['candidate']['tarball']> {
  const reference = parseReference(text);
  if ((reference.kind !== 'tarball' && reference.kind !== 'candidate') || !existsSync(reference.path)) return null;
  const found =
    reference.kind === 'candidate'
      ? await readPackageCandidate(reference.path)
      : { path: reference.path, ...(await readTarball(reference.path)) };
  return { name: path.basename(found.path), sha256: found.sha256 };
}

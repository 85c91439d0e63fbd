import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { messageOf, UsageError } from '../../exit.ts';
import { parseJson } from '../../text/json.ts';
import { type PackedRelease, readTarball } from './tarball.ts';

/** The two files of the artefact `package-under-test`, which OpenClaw's Package Acceptance uploads (its docs/ci/release-validation). */
const METADATA = 'package-candidate.json';
const TARBALL = 'openclaw-current.tgz';

/** The fields of package-candidate.json that identify the tarball. Its other fields say where the candidate comes from. */
const metadataSchema = z.object({
  name: z.literal('openclaw'),
  version: z.string().min(1),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 lower-case hex digits'),
});

const NEXT = `Give the folder of a downloaded artefact "package-under-test", with ${TARBALL} and ${METADATA}.`;

/**
 * Reads a package candidate: the folder of an artefact of another run, with a tarball and the metadata that the run wrote about it. Gives the
 * path of the tarball, its version and its SHA-256. Throws UsageError if a file is missing or cannot be read, or if the tarball is not the one
 * that the metadata names by SHA-256 and version.
 */
export async function readPackageCandidate(folder: string): Promise<PackedRelease & { path: string }> {
  const named = await readMetadata(join(folder, METADATA));
  const path = join(folder, TARBALL);
  const found = await readTarball(path);
  for (const key of ['sha256', 'version'] as const) {
    if (found[key] === named[key]) continue;
    throw new UsageError(
      `${path} has the ${key} ${found[key]}, and ${METADATA} beside it names ${named[key]}.`,
      'The two files are not of one run, or one of them was changed: download the artefact again.',
    );
  }
  return { path, ...found };
}

async function readMetadata(path: string): Promise<PackedRelease> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new UsageError(`${path} cannot be read: ${messageOf(error)}.`, NEXT);
  });
  const metadata = metadataSchema.safeParse(parseJson(text));
  if (metadata.success) return metadata.data;
  const [issue] = metadata.error.issues;
  const where = issue === undefined || issue.path.length === 0 ? '' : `${issue.path.join('.')}: `;
  throw new UsageError(`${path} does not name a package candidate: ${where}${issue?.message}.`, NEXT);
}

import { isPosternError, UsageError } from '../exit.ts';
import type { Chunk } from './ast.ts';
import { createReader, type Edit, patched } from './patch.ts';

/** A mutant of one release, by its id, and the edits that make it. */
type Build = { mutant: { id: string }; release: string; edits: readonly Edit[] };

/** The changed chunks of each mutant of a release. Throws one UsageError that names every mutant that does not apply. */
export function changesOf<B extends Build>(
  builds: readonly B[],
  version: string,
  chunks: readonly Chunk[],
): ReadonlyMap<B, Chunk[]> {
  const read = createReader();
  const faults: string[] = [];
  const changed = new Map<B, Chunk[]>();
  for (const build of builds.filter(({ release }) => release === version)) {
    try {
      changed.set(build, patched(chunks, build.edits, `${build.mutant.id} on ${version}`, read));
    } catch (error) {
      if (!isPosternError(error)) throw error;
      faults.push(`${error.message}. ${error.next}`);
    }
  }
  if (faults.length === 0) return changed;
  throw new UsageError(faults.join('\n'), 'A mutant that does not apply proves nothing, so no mutant was played.');
}

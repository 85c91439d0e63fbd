import { EXIT, UsageError } from '../exit.ts';
import { imageId } from '../gateway/engine/build.ts';
import type { Engine } from '../gateway/engine/engine.ts';
import type { Report } from '../results/report.ts';
import { count } from '../text/format.ts';

const DAY_MS = 24 * 60 * 60_000;

/** Exit codes of runs that lack verdicts that a head would be compared with. */
const NOT_WHOLE: readonly number[] = [EXIT.interrupted, EXIT.usage, EXIT.environment];

/**
 * Checks a stored report that a gate takes as its base. The report alone decides what the base does, so it is trusted input: a person who can
 * write it can make any head pass. Gives one line for the reader, with the gateway, its image, the suite and the report's age in days at `now`.
 *
 * Throws UsageError if the report is incomplete, was made by another commit of Postern, is about several gateways or none, or is about an image whose digest is not that of the image
 * of the same name on this engine. `commit` is that of this Postern; null if it is not known.
 */
export async function readStoredBase(
  { run, subjects }: Report,
  engine: Engine,
  { now, commit }: { now: Date; commit: string | null },
): Promise<string> {
  const [subject, ...others] = subjects;
  if (subject === undefined || others.length > 0)
    throw new UsageError(
      `the base report ${run.id} is about ${count(subjects.length, 'gateway')}`,
      'Give the report of one gateway: `postern run --gateway … --table quick`.',
    );
  if (NOT_WHOLE.includes(run.exitCode))
    throw new UsageError(
      `the base report ${run.id} ended with exit code ${run.exitCode}, so it lacks verdicts`,
      'Run it again, and give a report that ended with exit code 0, 1 or 5.',
    );
  if (commit !== null && run.suite.commit !== commit)
    throw new UsageError(
      `the base report ${run.id} was made by commit ${run.suite.commit ?? 'unknown'} of Postern, and this is commit ${commit}`,
      'Make the report again with this commit: other scenarios and other rules cannot be compared.',
    );
  const here = await imageId(engine, subject.image);
  if (here !== undefined && here !== subject.digest)
    throw new UsageError(
      `the base report ${run.id} is about ${subject.digest}, and ${subject.image} on this engine is ${here}`,
      'Make the report again with the image on this engine, or remove that image with `postern images --prune`.',
    );
  const age = Math.max(0, Math.floor((now.getTime() - Date.parse(run.startedAt)) / DAY_MS));
  const bytes = here === undefined ? `${subject.digest}, which is not on this engine to compare with` : subject.digest;
  return `The base is report ${run.id} of ${subject.reference}, ${count(age, 'day')} old: openclaw ${subject.version}, image ${bytes}, suite ${run.suite.version} (${run.suite.commit ?? 'no commit'}).`;
}

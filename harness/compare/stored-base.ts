import { EXIT, UsageError } from '../exit.ts';
import { imageId } from '../gateway/build.ts';
import type { Engine } from '../gateway/engine.ts';
import type { Report } from '../results/report.ts';
import { count } from '../text/format.ts';

const DAY_MS = 24 * 60 * 60_000;

/** Ends of a run that leave it without the verdicts that a head is held against. */
const NOT_WHOLE: readonly number[] = [EXIT.interrupted, EXIT.usage, EXIT.environment];

/**
 * Looks at a report that stands for the base of a gate. It decides alone what the base does, so it is trusted input: whoever can write it can let
 * any head pass. Gives one line that names the gateway, its image, the suite and the age in days at `now`, for a reader to judge.
 * Throws UsageError where the report is not whole, is about several gateways, or is about other bytes than the image of that name on this engine.
 */
export async function readStoredBase({ run, subjects }: Report, engine: Engine, now: Date): Promise<string> {
  const [subject, ...others] = subjects;
  if (subject === undefined || others.length > 0)
    throw new UsageError(
      `the base report ${run.id} is about ${count(subjects.length, 'gateway')}`,
      'Give the report of one gateway: `postern run --gateway … --table quick`.',
    );
  if (NOT_WHOLE.includes(run.exitCode))
    throw new UsageError(
      `the base report ${run.id} ended with exit code ${run.exitCode}, so it lacks verdicts`,
      'Make it again, and give one that ended with 0, 1 or 5.',
    );
  const here = await imageId(engine, subject.image);
  if (here !== undefined && here !== subject.digest)
    throw new UsageError(
      `the base report ${run.id} is about ${subject.digest}, and ${subject.image} on this engine is ${here}`,
      'Make the report again with the image that is here, or remove the image with `postern images --prune`.',
    );
  const age = Math.max(0, Math.floor((now.getTime() - Date.parse(run.startedAt)) / DAY_MS));
  const bytes = here === undefined ? `${subject.digest}, which is not on this engine to compare with` : subject.digest;
  return `The base is report ${run.id} of ${subject.reference}, ${count(age, 'day')} old: openclaw ${subject.version}, image ${bytes}, suite ${run.suite.version} (${run.suite.commit ?? 'no commit'}).`;
}

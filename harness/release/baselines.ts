import type { ReleaseVerdict } from '../results/release-verdict.ts';
import type { Subject } from '../results/report.ts';
import { baselinesOf } from '../scenario/releases/upgrade-baselines.ts';

/** A baseline of the candidate, and whether the candidate was compared with it. */
export type JudgedBaseline = ReleaseVerdict['baselines'][number];

/**
 * The baselines of a candidate, by its version, among the published releases. One counts as compared only if a gate played the published package:
 * any other build could call itself by that version. Pure.
 */
export function judgedBaselines(
  candidate: string,
  published: readonly string[],
  bases: readonly Pick<Subject, 'version' | 'source'>[],
): JudgedBaseline[] {
  return baselinesOf(candidate, published).map((baseline) => {
    const { release } = baseline;
    const isCompared = bases.some(({ version, source }) => source === 'published' && version === release);
    if (release === null) return { ...baseline, state: 'none' };
    return { ...baseline, state: isCompared ? 'compared' : 'not-run' };
  });
}

import { isPreview } from './npm-releases.ts';
import { compareReleases, isVersion } from './range.ts';

/** The baselines of a candidate: releases that users have and upgrade from, by the names that the gateway project gives them. */
export const BASELINE_NAMES = ['latest', 'previous-stable', 'extended-stable', 'floor'] as const;
type BaselineName = (typeof BASELINE_NAMES)[number];

/** From this patch number on, a release belongs to the extended-stable line of its month. */
const FIRST_EXTENDED_PATCH = 33;

/** The oldest release from which an upgrade is supported. */
const FLOOR = '2026.6.34';

type Baseline = {
  /** Why a candidate is compared with it, as a clause. */
  reason: string;
  /** Resolves it among the stable releases before a candidate, oldest first; null if there is none. */
  in(earlier: readonly string[]): string | null;
};

const BASELINES: Record<BaselineName, Baseline> = {
  latest: {
    reason: 'most users have it, and npm gives it to everyone who asks for no version',
    in: latestIn,
  },
  'previous-stable': {
    reason: 'users who left out one release upgrade from it',
    in(earlier) {
      const latest = latestIn(earlier);
      return latest === null
        ? null
        : latestIn(earlier.filter((version) => uncorrected(version) !== uncorrected(latest)));
    },
  },
  'extended-stable': {
    reason: 'users who want few changes have it, and move to a later line from it',
    in: (earlier) => earlier.findLast(isExtendedStable) ?? null,
  },
  floor: {
    reason: 'it is the oldest release from which an upgrade is supported',
    in: (earlier) => earlier.find((version) => version === FLOOR) ?? null,
  },
};

/** A baseline of one candidate; `release` is null if no such release was published before the candidate. */
type ResolvedBaseline = { name: BaselineName; reason: string; release: string | null };

/**
 * The baselines of a candidate, by its version, among the published releases in any order. A candidate whose version is none ("dev") comes after
 * all of them. Pure.
 */
export function baselinesOf(candidate: string, published: readonly string[]): ResolvedBaseline[] {
  const earlier = stableBefore(candidate, published);
  return BASELINE_NAMES.map((name) => ({ name, reason: BASELINES[name].reason, release: BASELINES[name].in(earlier) }));
}

/**
 * The release that a candidate follows in its own line: the newest extended-stable one before a candidate of that line, and the latest one before
 * any other. Null if there is none. Pure.
 */
export function releaseBefore(candidate: string, published: readonly string[]): string | null {
  const earlier = stableBefore(candidate, published);
  const extended = isExtendedStable(candidate) ? BASELINES['extended-stable'].in(earlier) : null;
  return extended ?? latestIn(earlier);
}

function stableBefore(candidate: string, published: readonly string[]): string[] {
  return published
    .filter((version) => !isPreview(version) && (!isVersion(candidate) || compareReleases(version, candidate) < 0))
    .sort(compareReleases);
}

function latestIn(earlier: readonly string[]): string | null {
  return earlier.findLast((version) => !isExtendedStable(version)) ?? null;
}

/** The release that a correction corrects; any other version unchanged. */
function uncorrected(version: string): string {
  return version.replace(/-\d+$/, '');
}

function isExtendedStable(version: string): boolean {
  return Number(/^\d+\.\d+\.(\d+)/.exec(version)?.[1] ?? 0) >= FIRST_EXTENDED_PATCH;
}

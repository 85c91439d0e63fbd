import semver from 'semver';
import { NPM_RELEASES, PLAYABLE_RELEASES } from './npm-releases.ts';

/**
 * The order of openclaw releases; every comparison of releases in Postern uses this file. Releases are numbered like semver, except that
 * `2026.2.19-2` is a correction after 2026.2.19; npm treats it as a preview. Previews have names such as `2026.4.1-beta.1`. A range includes
 * corrections and previews between its ends.
 */
const OPTIONS = { includePrerelease: true } as const;

/** More corrections than any release has. */
const CORRECTIONS = 1_000;

/** Makes semver count a correction upwards: 2026.2.19 becomes 2026.2.19000, and 2026.2.19-2 becomes 2026.2.19002. */
function countingUp(text: string): string {
  return text.replace(
    /(\d+\.\d+\.)(\d+)(?:-(\d+)(?![\w.]))?/g,
    (_, months: string, patch: string, correction: string | undefined) =>
      `${months}${Number(patch) * CORRECTIONS + Number(correction ?? 0)}`,
  );
}

/** Whether the text is a version that can be compared with ranges. "dev", the version that source builds report, is not. */
export function isVersion(text: string): boolean {
  return semver.valid(countingUp(text)) !== null;
}

/**
 * Compares releases for a sort with the oldest first: negative if `one` comes before `other`. A text that is no version ("dev") comes
 * first.
 */
export function compareReleases(one: string, other: string): number {
  if (isVersion(one) && isVersion(other)) return semver.compare(countingUp(one), countingUp(other));
  return Number(isVersion(one)) - Number(isVersion(other)) || one.localeCompare(other, 'en', { numeric: true });
}

/** The later of two versions; one that cannot be compared ("dev") counts as the earlier one. null stands for no other. Pure. */
export function laterOf(version: string, other: string | null): string {
  return other === null || compareReleases(version, other) >= 0 ? version : other;
}

/** The pattern of a release number. */
export const RELEASE = /\d{4}\.\d+\.\d+(?:-[\w.]+)?/;

/** The first release number in the output of a gateway or its command; null if there is none. */
export function releaseIn(printed: string): string | null {
  return RELEASE.exec(printed)?.[0] ?? null;
}

/** Whether the text is a range of releases; "none" is the empty one. */
export function isRange(text: string): boolean {
  return text === 'none' || semver.validRange(countingUp(text), OPTIONS) !== null;
}

/** The corrections on npm, each with the release that it corrects. */
const CORRECTED: readonly { correction: string; release: string }[] = NPM_RELEASES.flatMap((correction) => {
  const release = /^(\d+\.\d+\.\d+)-\d+$/.exec(correction)?.[1];
  return release === undefined ? [] : [{ correction, release }];
});

/**
 * The fault of a range of releases, and how to correct it; null for a sound range. A range that ends between a release and its published
 * correction must name the correction: users run the correction, and the range must show whether the correction was tested.
 */
export function rangeFault(text: string): { message: string; next: string } | null {
  if (!isRange(text))
    return { message: `"${text}" is no range of releases`, next: 'Write it like ">=2026.3.31 <2026.8.1".' };
  const named = CORRECTED.filter(({ correction }) => text.includes(correction)).map(({ release }) => release);
  const parted = CORRECTED.find(
    ({ correction, release }) => inRange(correction, text) !== inRange(release, text) && !named.includes(release),
  );
  if (parted === undefined) return null;
  const { correction, release } = parted;
  return {
    message: `"${text}" takes in only one of ${release} and its correction ${correction}, and names no correction`,
    next: `Play ${correction}, then end it at "<=${correction}" or "<${correction}".`,
  };
}

/** Whether the range contains the version of a running gateway. No range contains a text that is no version. */
export function inRange(version: string, range: string): boolean {
  return range !== 'none' && semver.satisfies(countingUp(version), countingUp(range), OPTIONS);
}

/** A version after every release. */
const NEWEST = '9999.1.1';

/** Whether the range contains the version. One that cannot be read, such as "dev", counts as the newest. */
export function inRangeOrNewest(version: string, range: string): boolean {
  return inRange(isVersion(version) ? version : NEWEST, range);
}

/**
 * The playable releases on npm in the range (`named`: true). If there is none: the last one before the range and the first one after it.
 */
export function playableIn(range: string): { releases: string[]; named: boolean } {
  const releases = PLAYABLE_RELEASES.filter((version) => inRange(version, range));
  if (releases.length > 0) return { releases, named: true };
  const ordered = countingUp(range);
  const before = PLAYABLE_RELEASES.findLast((version) => semver.ltr(countingUp(version), ordered, OPTIONS));
  const after = PLAYABLE_RELEASES.find((version) => semver.gtr(countingUp(version), ordered, OPTIONS));
  return { releases: [before, after].filter((version) => version !== undefined), named: false };
}

/** Whether the ranges intersect. */
export function overlap(one: string, other: string): boolean {
  if (one === 'none' || other === 'none' || !isRange(one) || !isRange(other)) return false;
  return semver.intersects(countingUp(one), countingUp(other), OPTIONS);
}

import semver from 'semver';
import { NPM_RELEASES, OLDEST_PLAYED } from './npm-releases.ts';

/**
 * The order of releases; everything here that compares two of them asks this file. They are numbered like semver, except that
 * `2026.2.19-2` is a correction made after 2026.2.19 and not a preview of it, as npm takes it for. Previews are called
 * `2026.4.1-beta.1`. Ranges take both in where they lie between the ends.
 */
const OPTIONS = { includePrerelease: true } as const;

/** More corrections than any release has had. */
const CORRECTIONS = 1_000;

/** Makes semver count a correction upwards: 2026.2.19 becomes 2026.2.19000, and 2026.2.19-2 becomes 2026.2.19002. */
function countingUp(text: string): string {
  return text.replace(
    /(\d+\.\d+\.)(\d+)(?:-(\d+)(?![\w.]))?/g,
    (_, months: string, patch: string, correction: string | undefined) =>
      `${months}${Number(patch) * CORRECTIONS + Number(correction ?? 0)}`,
  );
}

/** Whether the text is a version that ranges can be held against; "dev", which source builds call themselves, is not. */
export function isVersion(text: string): boolean {
  return semver.valid(countingUp(text)) !== null;
}

/** Sorts releases, oldest first: negative where `one` comes before `other`. What is no version ("dev") comes before all that are. */
export function compareReleases(one: string, other: string): number {
  if (isVersion(one) && isVersion(other)) return semver.compare(countingUp(one), countingUp(other));
  return Number(isVersion(one)) - Number(isVersion(other)) || one.localeCompare(other, 'en', { numeric: true });
}

/** How releases are numbered. */
export const RELEASE = /\d{4}\.\d+\.\d+(?:-[\w.]+)?/;

/** The first release number in what a gateway or its command printed, or null where there is none. */
export function releaseIn(printed: string): string | null {
  return RELEASE.exec(printed)?.[0] ?? null;
}

/** Whether the text is a range of releases; "none" is the empty one. */
export function isRange(text: string): boolean {
  return text === 'none' || semver.validRange(countingUp(text), OPTIONS) !== null;
}

/** The corrections that npm has, each with the release that it corrects. */
const CORRECTED: readonly { correction: string; release: string }[] = NPM_RELEASES.flatMap((correction) => {
  const release = /^(\d+\.\d+\.\d+)-\d+$/.exec(correction)?.[1];
  return release === undefined ? [] : [{ correction, release }];
});

/**
 * What is wrong with a range of releases, and how to write it; null where nothing is. A range that ends at a release and says nothing
 * of its published corrections is wrong: users run the correction, and nobody knows whether it was looked at.
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

/** Whether a version, as read from a running gateway, lies in the range. A version that cannot be read lies in none. */
export function inRange(version: string, range: string): boolean {
  return range !== 'none' && semver.satisfies(countingUp(version), countingUp(range), OPTIONS);
}

/** The releases in the range that npm has and that can be played or, where there is none, the last before it and the first after it. */
export function playableIn(range: string): { releases: string[]; named: boolean } {
  const playable = NPM_RELEASES.slice(NPM_RELEASES.indexOf(OLDEST_PLAYED));
  const releases = playable.filter((version) => inRange(version, range));
  if (releases.length > 0) return { releases, named: true };
  const ordered = countingUp(range);
  const before = playable.findLast((version) => semver.ltr(countingUp(version), ordered, OPTIONS));
  const after = playable.find((version) => semver.gtr(countingUp(version), ordered, OPTIONS));
  return { releases: [before, after].filter((version) => version !== undefined), named: false };
}

/** Whether some release lies in both ranges. */
export function overlap(one: string, other: string): boolean {
  if (one === 'none' || other === 'none' || !isRange(one) || !isRange(other)) return false;
  return semver.intersects(countingUp(one), countingUp(other), OPTIONS);
}

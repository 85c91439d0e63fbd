import semver from 'semver';

/**
 * Releases are numbered like semver, except that `2026.2.19-2` is a correction made after 2026.2.19 and not a preview of it.
 * Previews are called `2026.4.1-beta.1`. Ranges take both in where they lie between the ends.
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

/** Whether a version, as read from a running gateway, lies in the range. A version that cannot be read lies in none. */
export function inRange(version: string, range: string): boolean {
  return range !== 'none' && semver.satisfies(countingUp(version), countingUp(range), OPTIONS);
}

/** Whether some release lies in both ranges. */
export function overlap(one: string, other: string): boolean {
  if (one === 'none' || other === 'none' || !isRange(one) || !isRange(other)) return false;
  return semver.intersects(countingUp(one), countingUp(other), OPTIONS);
}

import semver from 'semver';

/**
 * Releases are numbered like semver, except that `2026.2.19-2` is a correction made after 2026.2.19 and not a preview of it.
 * Ranges therefore always take such suffixes in.
 */
const OPTIONS = { includePrerelease: true } as const;

/** Whether the text is a range of releases; "none" is the empty one. */
export function isRange(text: string): boolean {
  return text === 'none' || semver.validRange(text, OPTIONS) !== null;
}

/** Whether a version, as read from a running gateway, lies in the range. */
export function inRange(version: string, range: string): boolean {
  return range !== 'none' && semver.satisfies(version, range, OPTIONS);
}

import { isPreview, NPM_RELEASES } from '../scenario/releases/npm-releases.ts';
import { compareReleases } from '../scenario/releases/range.ts';

/** The release without the number of its correction or preview. */
const baseOf = (release: string): string => release.replace(/-.*$/, '');

/** A release number without leading zeros: 2026.02.07 is 2026.2.7. */
export function plainNumber(text: string): string {
  return text.replace(/\.0+(?=\d)/g, '.');
}

/** The number of a release as a count of days, of which each month has 31. */
function daysOf(release: string): number {
  const [year = 0, month = 0, day = 0] = baseOf(release).split('.').map(Number);
  return (year * 12 + month) * 31 + day;
}

/**
 * The published release that is nearest to a release number: the same; else the last one with the same number before its correction or
 * preview; else the nearest by number, and of two the later one, which has what an update brought.
 */
export function nearestPublished(release: string): string {
  if (NPM_RELEASES.includes(release)) return release;
  const sameBase = NPM_RELEASES.filter((each) => baseOf(each) === baseOf(release)).at(-1);
  if (sameBase !== undefined) return sameBase;
  const distance = (each: string): number => Math.abs(daysOf(each) - daysOf(release));
  const [nearest] = NPM_RELEASES.filter((each) => !isPreview(each)).toSorted(
    (a, b) => distance(a) - distance(b) || compareReleases(b, a),
  );
  return nearest ?? release;
}

/**
 * The newest stable release by its number on a day of 2026. Until May a release has the number of its day. Later ones are numbered by month
 * alone, so the answer is a release of that month or the one before, and only a hint. `day` is null if only the month is known.
 */
export function newestOn(month: number, day: number | null): string | null {
  const LAST_NUMBERED_BY_DAY = 5;
  const bound = month > LAST_NUMBERED_BY_DAY ? `2026.${month}.1` : `2026.${month}.${day ?? 31}`;
  return NPM_RELEASES.filter((each) => !isPreview(each) && compareReleases(each, bound) <= 0).at(-1) ?? null;
}

/** The release that a number without the year means, such as 2.19 or 4.15-1; null if npm never had such a one, nor one near. */
export function fromShort(short: string): string | null {
  const release = `2026.${plainNumber(`.${short}`).slice(1)}`;
  return NPM_RELEASES.some((each) => baseOf(each) === baseOf(release)) ? release : null;
}

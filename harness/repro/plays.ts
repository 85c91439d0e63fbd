import { STABLE_RELEASES } from '../scenario/releases/npm-releases.ts';
import { compareReleases, inRange } from '../scenario/releases/range.ts';

/** Why a release is played. */
export type PlayReason = 'reported' | 'newest' | 'last-affected' | 'first-after';

/** A release to play, with the reasons, in the order of the union. */
export type Play = { version: string; why: PlayReason[] };

/** The releases of one unbroken part of the affected range, oldest first. */
type Span = readonly string[];

function spansOf(affected: string): Span[] {
  const spans: string[][] = [];
  let inside = false;
  for (const version of STABLE_RELEASES) {
    const isAffected = inRange(version, affected);
    if (isAffected && !inside) spans.push([]);
    if (isAffected) spans.at(-1)?.push(version);
    inside = isAffected;
  }
  return spans;
}

/** The span that the release lies in; else the last one before it, else the first one; without a release, the last one. */
function nearestSpan(spans: readonly Span[], reported: string | null): Span | null {
  if (reported === null) return spans.at(-1) ?? null;
  const around = spans.find((span) => span.includes(reported));
  const before = spans.findLast((span) => compareReleases(span.at(-1) ?? '', reported) < 0);
  return around ?? before ?? spans[0] ?? null;
}

/** What a report says of releases: the published one that it is about (null if it names none), and the newest. */
export type ReportReleases = { reported: string | null; newest: string };

/**
 * The releases on which the best scenario is played for a report: the reported one, the newest, and both sides of the end of `affected` that concerns
 * the report, so that the answer can name the first release without the failure. Each release stands once.
 */
export function playsFor(affected: string, { reported, newest }: ReportReleases): Play[] {
  const span = nearestSpan(spansOf(affected), reported);
  const last = span?.at(-1);
  const after = last === undefined ? undefined : STABLE_RELEASES[STABLE_RELEASES.indexOf(last) + 1];
  return eachOnce([
    ['reported', reported],
    ['newest', newest],
    ['last-affected', last],
    ['first-after', after],
  ]);
}

/** The releases on which a scenario beside the best one is played: no edge, because the answer names the first release without one failure. */
export function playsBeside({ reported, newest }: ReportReleases): Play[] {
  return eachOnce([
    ['reported', reported],
    ['newest', newest],
  ]);
}

function eachOnce(wanted: readonly (readonly [PlayReason, string | null | undefined])[]): Play[] {
  const plays = new Map<string, PlayReason[]>();
  for (const [why, version] of wanted)
    if (version !== null && version !== undefined) plays.set(version, [...(plays.get(version) ?? []), why]);
  return [...plays].map(([version, why]) => ({ version, why }));
}

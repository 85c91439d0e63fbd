import { compareReleases } from '../scenario/releases/range.ts';
import { releaseOnDay } from './extract-releases.ts';
import { type Fact, factsOf, type ReleaseFact, rankOfSource } from './facts.ts';

/** The release that a report is about, and what it says of others. */
export type ReportedRelease = {
  /** The release that shows the failure: what a program printed, else what the user says, else a day. Null if nothing tells. */
  shows: ReleaseFact | null;
  /** Other releases that are said to show it. */
  also: ReleaseFact[];
  /** The release before an update; null if none is named. */
  from: ReleaseFact | null;
  /** Releases that are said not to show it. */
  without: ReleaseFact[];
  /** What contradicts `shows`: another release for the same gateway, less well founded. */
  contradicts: ReleaseFact[];
};

/** How well a release number shows on which gateway the failure was seen; a higher one counts more. */
function weightOf({ source, of, given }: ReleaseFact): number {
  const WEIGHT_OF: Record<ReleaseFact['of'], number> = {
    gateway: 4,
    command: 3,
    distribution: 1,
    client: 0,
    'another-user': -10,
  };
  const precision = { exact: 2, short: 1, day: 0 }[given];
  return WEIGHT_OF[of] + precision + (source === 'claimed-by-answer' ? -8 : 0) + (source === 'printed' ? 3 : 0);
}

/** Finds the release that the report is about. */
export function reportedRelease(facts: readonly Fact[]): ReportedRelease {
  const releases = factsOf(facts, 'release');
  const days = factsOf(facts, 'day').flatMap((day) => releaseOnDay(day) ?? []);
  // A gateway that is told that the state is newer is the older one of those that are named; others went back to what worked.
  const isOnNewerState = facts.some(({ kind, value }) => kind === 'message' && value.includes('newer'));
  const wentBack = releases.filter(({ when }) => when === 'went-back');
  const ran = releases.filter(({ when, of }) => (when === 'now' || when === 'before') && of !== 'another-user');
  const lowest = [...ran].sort((a, b) => compareReleases(a.value, b.value)).slice(0, 1);
  const returned = !isOnNewerState ? [] : wentBack.length > 0 ? wentBack : lowest;
  const now = [
    ...returned,
    ...releases
      .filter(({ when, of }) => when === 'now' && of !== 'another-user')
      .toSorted((a, b) => weightOf(b) - weightOf(a) || compareReleases(b.value, a.value)),
  ];
  const shows =
    now.find((each) => returned.includes(each) || weightOf(each) > 0) ??
    days.toSorted((a, b) => rankOfSource(a.source) - rankOfSource(b.source))[0] ??
    null;
  const others = shows === null ? [] : distinct(now).filter(({ value }) => value !== shows.value);
  const sameGateway = others.filter(({ of }) => of === 'gateway' || of === 'command');
  const isLower = (each: ReleaseFact): boolean => shows?.source === 'printed' && each.source !== 'printed';
  return {
    shows,
    also: sameGateway.filter((each) => !isLower(each)),
    from:
      distinct(releases.filter(({ when, source }) => when === 'before' && source !== 'claimed-by-answer')).at(0) ??
      null,
    without: distinct(
      releases.filter(
        (each) =>
          (each.when === 'worked' || (each.when === 'went-back' && !returned.includes(each))) &&
          each.source !== 'claimed-by-answer',
      ),
    ),
    contradicts: sameGateway.filter(isLower),
  };
}

/** Each release once, the best founded first. */
function distinct(releases: readonly ReleaseFact[]): ReleaseFact[] {
  return [...new Map(releases.toReversed().map((each) => [each.value, each])).values()].toReversed();
}

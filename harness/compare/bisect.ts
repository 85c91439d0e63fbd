import { compareReleases } from '../scenario/releases/range.ts';

/** What a release showed: as on the good end, as on the bad end, or nothing that decides, with the reason. */
export type Shown = { kind: 'good' } | { kind: 'bad' } | { kind: 'undecided'; why: string };

/** A release and what it showed. */
export type Played = { version: string; shown: Shown };

/**
 * The end of a search: two releases with different behaviour, the older one first, and those between them that decide nothing. `played` has
 * every release that was played, in the order of play.
 */
export type Edge = { older: string; newer: string; undecided: Played[]; played: Played[] };

/** The releases of the half-open search, nearest to the middle first, so that a release that decides nothing costs one more step. */
function fromTheMiddle(low: number, high: number): number[] {
  const middle = (low + high) / 2;
  return Array.from({ length: high - low - 1 }, (_, index) => low + 1 + index).sort(
    (one, other) => Math.abs(one - middle) - Math.abs(other - middle) || one - other,
  );
}

/**
 * Finds two releases next to each other of which one behaves as `good` and the other as `bad`, in about log2 steps. A release that decides
 * nothing is left out, and the nearest other one is played in its place. If the behaviour changed more than once between the ends, the
 * result is one of the changes.
 * `releases` are in order and begin and end with `good` and `bad`, in either order. `play` says what a release showed; it is not called for
 * the two ends. Throws what `play` throws.
 */
export async function bisect(
  releases: readonly string[],
  { good, play }: { good: string; play(version: string): Promise<Shown> },
): Promise<Edge> {
  const played: Played[] = [];
  const undecided = new Set<number>();
  const lowIsGood = releases[0] === good;
  let [low, high] = [0, releases.length - 1];
  for (;;) {
    const next = fromTheMiddle(low, high).find((index) => !undecided.has(index));
    const version = next === undefined ? undefined : releases[next];
    if (next === undefined || version === undefined) break;
    const shown = await play(version);
    played.push({ version, shown });
    if (shown.kind === 'undecided') undecided.add(next);
    else if ((shown.kind === 'good') === lowIsGood) low = next;
    else high = next;
  }
  const [older, newer] = [releases[low], releases[high]];
  if (older === undefined || newer === undefined) throw new Error('a bisection needs two releases');
  const between = played.filter(
    ({ version }) => compareReleases(version, older) > 0 && compareReleases(version, newer) < 0,
  );
  return { older, newer, undecided: between, played };
}

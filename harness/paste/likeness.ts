import { type Evidence, type EvidenceKind, keyOf } from './evidence.ts';
import type { KnownTexts } from './known-texts.ts';

/**
 * How much a report is like texts whose meaning is known: the corpus, the titles of scenarios/reported.yaml, and what the scenarios say of
 * themselves. It only counts: how much more often a piece of evidence stands in the texts of one target than in all of them.
 */

/** What a text can be about: the id of a scenario, or that of a mechanism that no scenario plays. */
export type Target = string;

/** How strongly the count of a target is drawn to that of its class, and that of a class to that of all texts; as a number of texts. */
const DRAWN_TO_CLASS = 2;
const DRAWN_TO_ALL = 3;

/** The most that one piece of evidence counts for a target and against it: the natural logarithm of how much more often it stands there. */
const MOST_FOR = 2.5;
const MOST_AGAINST = -1.5;

/** How much each kind of evidence counts. Facts and pairs rest on words that count themselves. */
const WEIGHT: Record<EvidenceKind, number> = { sign: 1, fact: 0.5, idea: 1, pair: 0.5, word: 1 };

/** From this number of pieces on, each further one counts less: a long log says the same again. */
const FULL_COUNT = 30;

/** A piece of evidence is a reason if it counts more than this. */
const LEAST_REASON = 0.5;
const MOST_REASONS = 4;

type Counts = { texts: number; shown: Map<number, number> };

const nothing = (): Counts => ({ texts: 0, shown: new Map() });

/** What known texts teach. */
export type Likeness = {
  /** The place of each piece of evidence in the counts. */
  places: ReadonlyMap<string, number>;
  all: Counts;
  targets: readonly { target: Target; counts: Counts; ofClass: Counts }[];
};

function count(counts: Counts, weight: number, shows: readonly number[]): void {
  counts.texts += weight;
  for (const place of shows) counts.shown.set(place, (counts.shown.get(place) ?? 0) + weight);
}

/**
 * Learns from known texts. `targets` are all that a report may be about, also those without a text. `classOf` gives the class of each: a target
 * with few texts learns from the others of its class.
 */
export function learn(known: KnownTexts, targets: readonly Target[], classOf: (target: Target) => string): Likeness {
  const all = nothing();
  const byTarget = new Map(targets.map((target) => [target, nothing()]));
  const byClass = new Map(targets.map((target) => [classOf(target), nothing()]));
  for (const { targets: meant, shows } of known.texts) {
    count(all, 1, shows);
    for (const target of meant) {
      const [counts, ofClass] = [byTarget.get(target), byClass.get(classOf(target))];
      if (counts === undefined || ofClass === undefined) continue;
      count(counts, 1 / meant.length, shows);
      count(ofClass, 1 / meant.length, shows);
    }
  }
  return {
    places: new Map(known.evidence.map((key, place) => [key, place])),
    all,
    targets: [...byTarget].map(([target, counts]) => ({
      target,
      counts,
      ofClass: byClass.get(classOf(target)) ?? nothing(),
    })),
  };
}

/** How much a report is like the texts of a target, and the evidence that says so most, the weightiest first. */
export type Like = { score: number; because: Evidence[] };

/** The evidence that a known text shows too. */
export function knownIn({ places }: Likeness, evidence: readonly Evidence[]): { each: Evidence; place: number }[] {
  return evidence.flatMap((each) => {
    const place = places.get(keyOf(each));
    return place === undefined ? [] : [{ each, place }];
  });
}

/** Compares the evidence of a report with the known texts of each target. Evidence that no known text shows counts nothing. */
export function likeOf(likeness: Likeness, evidence: readonly Evidence[]): Map<Target, Like> {
  const known = knownIn(likeness, evidence).map(({ each, place }) => ({ each, place, base: shareOf(likeness, place) }));
  const shrink = known.length === 0 ? 0 : Math.min(1, Math.sqrt(FULL_COUNT / known.length));
  return new Map(
    likeness.targets.map(({ target, counts, ofClass }) => {
      const weights = known.map(({ each, place, base }) => {
        const inClass = ((ofClass.shown.get(place) ?? 0) + DRAWN_TO_ALL * base) / (ofClass.texts + DRAWN_TO_ALL);
        const share = ((counts.shown.get(place) ?? 0) + DRAWN_TO_CLASS * inClass) / (counts.texts + DRAWN_TO_CLASS);
        const weight = Math.min(MOST_FOR, Math.max(MOST_AGAINST, Math.log(share / base)));
        return { each, weight: weight * WEIGHT[each.kind] };
      });
      const because = weights.filter(({ weight }) => weight > LEAST_REASON).toSorted((a, b) => b.weight - a.weight);
      return [
        target,
        {
          score: shrink * weights.reduce((sum, { weight }) => sum + weight, 0),
          because: because.slice(0, MOST_REASONS).map(({ each }) => each),
        },
      ];
    }),
  );
}

/** How often a piece of evidence stands in all texts; a little more than it does, because the next text may be the first to show it. */
function shareOf({ all }: Likeness, place: number): number {
  const HOPE = 0.2;
  return ((all.shown.get(place) ?? 0) + HOPE) / (all.texts + 1);
}

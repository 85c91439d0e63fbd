import type { Evidence } from './evidence.ts';
import type { KnownTexts } from './known-texts.ts';

/**
 * How much a report is like texts whose meaning is known: the reports of the corpus, the titles of scenarios/reported.yaml and what the
 * scenarios say of themselves. Counting only: how much more often a piece of evidence stands in the texts of one target than in all texts.
 */

/** What a text can be about: the id of a scenario, or that of a mechanism that no scenario plays. */
export type Target = string;

/** How strongly a count of few texts is drawn to that of its class, and that of a class to all texts; as a number of texts. */
const DRAWN_TO_CLASS = Number(process.env.DC ?? 2);
const DRAWN_TO_ALL = Number(process.env.DA ?? 3);

/** The most that one piece of evidence counts for a target and against it, as a natural logarithm of how much more often it stands there. */
const MOST_FOR = Number(process.env.MF ?? 2.5);
const MOST_AGAINST = -Number(process.env.MA ?? 1.5);

type Counts = { texts: number; shown: Map<number, number> };

/** What the known texts teach. */
export type Likeness = {
  places: ReadonlyMap<string, number>;
  all: Counts;
  classes: ReadonlyMap<string, Counts>;
  targets: ReadonlyMap<Target, Counts>;
  classOf: (target: Target) => string;
};

function count(counts: Counts, weight: number, shows: readonly number[]): void {
  counts.texts += weight;
  for (const place of shows) counts.shown.set(place, (counts.shown.get(place) ?? 0) + weight);
}

const nothing = (): Counts => ({ texts: 0, shown: new Map() });

/**
 * Learns from known texts. `targets` are all that a report may be about, also those without a text; `classOf` gives the class of each, by which
 * targets with few texts learn from others.
 */
export function learn(known: KnownTexts, targets: readonly Target[], classOf: (target: Target) => string): Likeness {
  const all = nothing();
  const byClass = new Map<string, Counts>();
  const byTarget = new Map(targets.map((target) => [target, nothing()]));
  for (const { targets: of, shows } of known.texts) {
    count(all, 1, shows);
    for (const target of of) {
      const counts = byTarget.get(target);
      if (counts === undefined) continue;
      const kind = classOf(target);
      const ofClass = byClass.get(kind) ?? nothing();
      byClass.set(kind, ofClass);
      count(counts, 1 / of.length, shows);
      count(ofClass, 1 / of.length, shows);
    }
  }
  return {
    places: new Map(known.evidence.map((name, place) => [name, place])),
    all,
    classes: byClass,
    targets: byTarget,
    classOf,
  };
}

/** How much a report is like the texts of each target; the pieces of evidence that say so most, the weightiest first. */
export type Like = { target: Target; score: number; because: Evidence[] };

const MOST_REASONS = 4;

/** Compares the evidence of a report with the known texts. Evidence that no known text shows counts nothing. */
export function likeOf(likeness: Likeness, evidence: readonly Evidence[]): Like[] {
  const known = evidence.flatMap((each) => {
    const place = likeness.places.get(each.name);
    return place === undefined ? [] : [{ each, place, base: shareOf(likeness, place) }];
  });
  const shrink = Math.min(1, (Number(process.env.REF ?? 30) / known.length) ** Number(process.env.POW ?? 0.5));
  return [...likeness.targets].map(([target, counts]) => {
    const kind = likeness.classes.get(likeness.classOf(target)) ?? nothing();
    const weights = known.map(({ each, place, base }) => {
      const ofClass = ((kind.shown.get(place) ?? 0) + DRAWN_TO_ALL * base) / (kind.texts + DRAWN_TO_ALL);
      const share = ((counts.shown.get(place) ?? 0) + DRAWN_TO_CLASS * ofClass) / (counts.texts + DRAWN_TO_CLASS);
      return { each, weight: weightOf(each.name) * Math.min(MOST_FOR, Math.max(MOST_AGAINST, Math.log(share / base))) };
    });
    return {
      target,
      score: weights.reduce((sum, { weight }) => sum + weight, 0) * shrink,
      because: weights
        .filter(({ weight }) => weight > 0.5)
        .toSorted((a, b) => b.weight - a.weight)
        .slice(0, MOST_REASONS)
        .map(({ each }) => each),
    };
  });
}

/** How often a piece of evidence stands in all texts, a little more than it does, because the next text may be the first with it. */
function shareOf({ all }: Likeness, place: number): number {
  const HOPE = 0.2;
  return ((all.shown.get(place) ?? 0) + HOPE) / (all.texts + 1);
}

function weightOf(name: string): number {
  const e = process.env;
  return Number({ sign: e.WS ?? 1, fact: e.WF ?? 0.5, pair: e.WP ?? 0.5, about: e.WA ?? 1, word: e.WW ?? 1 }[name.split(' ')[0] ?? ''] ?? 1);
}

import { inRange } from '../scenario/releases/range.ts';
import type { Hits } from './detect.ts';
import type { Source } from './facts.ts';
import { MECHANISM_IDS, type MechanismId, mechanismOf } from './mechanisms/all.ts';
import type { Reason } from './ranking.ts';
import type { ReportedRelease } from './reported-release.ts';
import { SIGN_IDS, signOf } from './signs.ts';

/** How well a report fits a mechanism. */
export type Weighed = {
  id: MechanismId;
  score: number;
  /** Whether the report has a sign of each group that the mechanism needs. */
  complete: boolean;
  /** The weight of the weightiest sign. */
  strongest: number;
  reasons: Reason[];
};

/** How much of its weight a sign has by its source. A claim of an answer is no observation. */
const SHARE: Record<Source, number> = { printed: 1, stated: 0.9, 'claimed-by-answer': 0.25 };

/** How much of the score remains of a mechanism that lacks a sign which it needs. */
const INCOMPLETE = 0.3;

/** What is taken off if the reported release is outside of the releases of the mechanism. */
const OTHER_RELEASE = 4;

/** Weighs every mechanism by the signs of a report; the best first. Mechanisms without any sign are left out. */
export function weighMechanisms(hits: Hits, release: ReportedRelease): Weighed[] {
  return MECHANISM_IDS.flatMap((id): Weighed[] => {
    const { needs, rests, releases } = mechanismOf(id);
    const found = SIGN_IDS.flatMap((sign) => {
      const weight = rests[sign];
      const best = hits.get(sign)?.[0];
      return weight === undefined || best === undefined ? [] : [{ sign, weight, best }];
    });
    if (!found.some(({ weight }) => weight > 0)) return [];
    const observed = (sign: (typeof SIGN_IDS)[number]): boolean =>
      (hits.get(sign) ?? []).some(({ source }) => source !== 'claimed-by-answer');
    const complete = needs.every((group) => group.some(observed));
    const signs = found.reduce((sum, { weight, best }) => sum + weight * SHARE[best.source], 0);
    const shown = release.shows;
    const isOutside = releases !== undefined && shown !== null && !inRange(shown.value, releases);
    const score = (complete ? signs : signs * INCOMPLETE) - (isOutside ? OTHER_RELEASE : 0);
    const reasons = found
      .filter(({ weight }) => weight > 0)
      .toSorted((a, b) => b.weight * SHARE[b.best.source] - a.weight * SHARE[a.best.source])
      .map(({ sign, best }) => ({ says: signOf(sign).says, line: best.line, source: best.source }));
    const strongest = Math.max(...found.map(({ weight, best }) => weight * SHARE[best.source]));
    return [{ id, score, complete, strongest, reasons }];
  }).toSorted((a, b) => b.score - a.score);
}

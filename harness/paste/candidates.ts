import { inRange } from '../scenario/releases/range.ts';
import { type Catalogue, UNPLAYED } from './catalogue.ts';
import { fitOf, reportWords } from './fit-scenario.ts';
import { type Like, likeOf } from './likeness.ts';
import { MECHANISM_IDS, type MechanismId, mechanismOf } from './mechanisms/all.ts';
import type { Candidate, Reason } from './ranking.ts';
import type { Read } from './read.ts';
import type { ReportedRelease } from './reported-release.ts';
import { type Weighed, weighMechanisms } from './weigh-mechanisms.ts';

/** What a place further down in the list of a mechanism costs. */
const EACH_PLACE = 1.8;

/** How much the likeness to known texts counts beside the signs of mechanisms. */
const LIKE_WEIGHT = 0.4;

/** The score of a mechanism of which the report has no sign. */
const NO_SIGN = -2;

/** How much release and details count for a scenario whose mechanism lacks a sign that it needs. */
const INCOMPLETE_FIT = 0.3;

/** What it costs that another scenario of the same mechanism is affected on the reported release, and this one is not. */
const TWIN_IS_AFFECTED = 3;

/** A scenario with the mechanism by which the report means it. */
export type ScoredScenario = Candidate & { mechanism: MechanismId };

/** A mechanism that no scenario plays, with how much the report means it. */
export type ScoredMechanism = { id: MechanismId; score: number; complete: boolean; reasons: Reason[] };

type ByMechanism = { mechanism: MechanismId; score: number; complete: boolean; reasons: Reason[] };

/** For each scenario the mechanism by which the report means it most; one without a sign if there is no other. */
function mechanismsByScenario(byId: ReadonlyMap<MechanismId, Weighed>): Map<string, ByMechanism> {
  const best = new Map<string, ByMechanism>();
  for (const id of MECHANISM_IDS) {
    const { score = NO_SIGN, complete = false, reasons = [] } = byId.get(id) ?? {};
    for (const [place, scenario] of mechanismOf(id).scenarios.entries()) {
      const found = { mechanism: id, score: score - place * EACH_PLACE, complete, reasons };
      const before = best.get(scenario);
      if (before === undefined || before.score < found.score) best.set(scenario, found);
    }
  }
  return best;
}

/** Tells whether a scenario is affected on the reported release; none is if no release is known. */
function affectedOn({ shows }: ReportedRelease, { scenarios }: Catalogue): (scenario: string) => boolean {
  const affected = new Set(
    scenarios.flatMap(({ loaded: { scenario } }) =>
      shows !== null && inRange(shows.value, scenario.affected) ? [scenario.id] : [],
    ),
  );
  return (scenario) => affected.has(scenario);
}

/**
 * The scenarios that are affected on some releases and not on the reported one, while the scenario beside them, of the same mechanism, is
 * affected on it: the two differ in little but the release.
 */
function twinsOf(affected: (scenario: string) => boolean, { scenarios }: Catalogue): ReadonlySet<string> {
  const never = new Set(
    scenarios.flatMap(({ loaded: { scenario } }) => (scenario.affected === 'none' ? [scenario.id] : [])),
  );
  const pairs = MECHANISM_IDS.map((id) => mechanismOf(id).scenarios.slice(0, 2));
  return new Set(
    pairs.filter((pair) => pair.some(affected)).flatMap((pair) => pair.filter((id) => !never.has(id) && !affected(id))),
  );
}

/** The reasons by signs and details, and then what known texts say more. */
function withLikeness(reasons: readonly Reason[], { because }: Like): Reason[] {
  const said = new Set(reasons.map(({ says }) => says));
  const more = because.filter(({ says }) => !said.has(says));
  return [
    ...reasons,
    ...more.map(({ says, line, source }) => ({ says: `${says}, as known reports of this do`, line, source })),
  ];
}

/** Every scenario and every mechanism without one, those first that the report means most. */
export type Compared = {
  scenarios: ScoredScenario[];
  unplayed: ScoredMechanism[];
  /** The mechanisms by their signs alone, the likeliest first. */
  weighed: Weighed[];
};

/** Compares a report with the catalogue: signs of mechanisms, release and details, and the likeness to known texts. */
export function compare(read: Read, catalogue: Catalogue): Compared {
  const words = reportWords(read.statements.map(({ text }) => text));
  const weighed = weighMechanisms(read.hits, read.release);
  const affected = affectedOn(read.release, catalogue);
  const byId = new Map(weighed.map((each) => [each.id, each]));
  const best = mechanismsByScenario(byId);
  const likes = likeOf(catalogue.likeness, read.evidence);
  const twins = twinsOf(affected, catalogue);
  const scenarios = catalogue.scenarios.flatMap(({ loaded, profile }): ScoredScenario[] => {
    const id = loaded.scenario.id;
    const found = best.get(id);
    const like = likes.get(id);
    if (found === undefined || like === undefined) return [];
    const fit = fitOf(loaded, profile, { ...read, words }, catalogue.rarity);
    const byMechanism = found.score + fit.score * (found.complete ? 1 : INCOMPLETE_FIT);
    const score = byMechanism + like.score * LIKE_WEIGHT - (twins.has(id) ? TWIN_IS_AFFECTED : 0);
    return [
      {
        scenario: id,
        mechanism: found.mechanism,
        score: Math.round(score * 100) / 100,
        release: fit.release,
        reasons: withLikeness([...found.reasons, ...fit.reasons], like),
      },
    ];
  });
  const unplayed = UNPLAYED.map((id): ScoredMechanism => {
    const { score = NO_SIGN, complete = false, reasons = [] } = byId.get(id) ?? {};
    const like = likes.get(id) ?? { score: 0, because: [] };
    return { id, score: score + like.score * LIKE_WEIGHT, complete, reasons: withLikeness(reasons, like) };
  });
  return {
    scenarios: scenarios.toSorted((a, b) => b.score - a.score || a.scenario.localeCompare(b.scenario, 'en')),
    unplayed: unplayed.toSorted((a, b) => b.score - a.score),
    weighed,
  };
}

import type { LoadedScenario } from '../scenario/load.ts';
import { inRange } from '../scenario/range.ts';
import type { Hits } from './detect.ts';
import type { Evidence } from './evidence.ts';
import type { Fact } from './facts.ts';
import { type Fit, fitOf, observed, type Rarity, rarityOf, reportWords } from './fit-scenario.ts';
import { type KnownTexts, loadKnownTexts } from './known-texts.ts';
import { type Like, type Likeness, learn, likeOf } from './likeness.ts';
import { MECHANISM_IDS, type MechanismId, mechanismOf } from './mechanisms/all.ts';
import { type Profile, profileOf } from './profile.ts';
import { questionsFor } from './questions.ts';
import type { Candidate, Ranking, Reason } from './ranking.ts';
import type { ReportedRelease } from './reported-release.ts';
import type { Statement } from './statement.ts';
import { type Weighed, weighMechanisms } from './weigh-mechanisms.ts';

/** What is known of a report when it is ranked. */
export type Read = {
  statements: readonly Statement[];
  facts: readonly Fact[];
  hits: Hits;
  evidence: readonly Evidence[];
  release: ReportedRelease;
};

/** The scenarios that a report is compared with, what each is about, and what known texts teach. */
export type Catalogue = {
  scenarios: readonly { loaded: LoadedScenario; profile: Profile }[];
  rarity: Rarity;
  likeness: Likeness;
};

/** `known` are the texts to learn from; without it, those that this version of Postern knows. */
export function catalogueOf(scenarios: readonly LoadedScenario[], known: KnownTexts = loadKnownTexts()): Catalogue {
  const profiled = scenarios.map((loaded) => ({ loaded, profile: profileOf(loaded) }));
  return {
    scenarios: profiled,
    rarity: rarityOf(profiled.map(({ profile }) => profile)),
    likeness: learn(known, [...scenarios.map(({ scenario }) => scenario.id), ...MECHANISMS_WITHOUT_A_SCENARIO], classOf),
  };
}

const MECHANISMS_WITHOUT_A_SCENARIO = MECHANISM_IDS.filter((id) => mechanismOf(id).scenarios.length === 0);

/** The class of a scenario, or of a mechanism. */
function classOf(target: string): string {
  const mechanism = MECHANISM_IDS.find((id) => id === target);
  return mechanism === undefined ? target.replace(/\/.*$/, '') : (mechanismOf(mechanism).class ?? 'not the gateway');
}

/** The most scenarios in an answer, and the most near ones. */
const MOST_SCENARIOS = 3;
const MOST_NEAR = 3;

/** What a place further down in the list of a mechanism costs. */
const EACH_PLACE = 1.8;

/** How much the likeness with known texts counts beside the signs of mechanisms. */
const LIKE_WEIGHT = Number(process.env.LW ?? 0.4);

/** The score of a mechanism of which the report has no sign. */
const NO_SIGN = Number(process.env.NS ?? -2);

/** The least score of a mechanism by its signs alone. */
const LEAST_SCORE = 2.6;

/** How much more than any scenario a report must mean something else of which it lacks a sign. */
const CLEARLY = Number(process.env.CL ?? 8);

/** A report that means nothing more than this leaves open what it is about: with a release, if it has little evidence too; without one. */
const LEAST_WITH_RELEASE = 3;
const FEW = 12;
const LEAST_WITHOUT = Number(process.env.LO ?? 10);

/** How much release and details count for a scenario whose mechanism lacks a sign that it needs. */
const INCOMPLETE_FIT = Number(process.env.IF ?? 0.3);

/** A scenario is no more meant if its score is lower than that of the best one by more than this. */
const FAR = Number(process.env.FAR ?? 12);

type Found = { mechanism: MechanismId; score: number; complete: boolean; reasons: Reason[] };

/** For each scenario the mechanism by which the report means it most. A mechanism without a sign counts too, a little. */
function mechanismsByScenario(weighed: readonly Weighed[]): Map<string, Found> {
  const byId = new Map(weighed.map((each) => [each.id, each]));
  const best = new Map<string, Found>();
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

/** Whether the report names a release on which this scenario is not affected, and one that stands for the same mechanism is. */
function isTwinOfAffected(id: string, { shows }: ReportedRelease, scenarios: Catalogue['scenarios']): boolean {
  if (shows === null) return false;
  const affectedAt = (each: string): 'yes' | 'no' | 'never' => {
    const affected = scenarios.find(({ loaded }) => loaded.scenario.id === each)?.loaded.scenario.affected;
    if (affected === undefined || affected === 'none') return 'never';
    return inRange(shows.value, affected) ? 'yes' : 'no';
  };
  if (affectedAt(id) !== 'no') return false;
  return MECHANISM_IDS.some((mechanism) => {
    const list = mechanismOf(mechanism).scenarios.slice(0, 2);
    return list.includes(id) && list.some((other) => affectedAt(other) === 'yes');
  });
}

function reasonsOf({ because }: Like): Reason[] {
  return because.map(({ says, line, source }) => ({ says: `speaks of ${says}, as known reports of it do`, line, source }));
}

/** Every scenario, the one that the report means most first. */
export function candidatesOf(read: Read, { scenarios, rarity, likeness }: Catalogue): Candidate[] {
  const words = reportWords(read.statements.map(({ text }) => text));
  const best = mechanismsByScenario(weighMechanisms(read.hits, read.release));
  const likes = new Map(likeOf(likeness, read.evidence).map((like) => [like.target, like]));
  return scenarios
    .flatMap(({ loaded, profile }): Candidate[] => {
      const id = loaded.scenario.id;
      const found = best.get(id);
      const like = likes.get(id);
      if (found === undefined || like === undefined) return [];
      const fit: Fit = fitOf(loaded, profile, { ...read, words }, rarity);
      const twin = isTwinOfAffected(id, read.release, scenarios) ? Number(process.env.TW ?? 3) : 0;
      const score = -twin + found.score + fit.score * (found.complete ? 1 : INCOMPLETE_FIT) + like.score * LIKE_WEIGHT;
      return [
        {
          scenario: id,
          mechanism: found.mechanism,
          score: Math.round(score * 100) / 100,
          release: fit.release,
          reasons: [...found.reasons, ...fit.reasons, ...reasonsOf(like)],
        },
      ];
    })
    .toSorted((a, b) => b.score - a.score || a.scenario.localeCompare(b.scenario, 'en'));
}

/** A mechanism that no scenario plays, with how much the report means it. */
type Unplayed = { id: MechanismId; score: number; complete: boolean; reasons: Reason[] };

/** Every mechanism that no scenario plays, the one that the report means most first. */
function unplayedOf(read: Read, { likeness }: Catalogue): Unplayed[] {
  const weighed = new Map(weighMechanisms(read.hits, read.release).map((each) => [each.id, each]));
  const likes = new Map(likeOf(likeness, read.evidence).map((like) => [like.target, like]));
  return MECHANISMS_WITHOUT_A_SCENARIO.map((id): Unplayed => {
    const { score = NO_SIGN, complete = false, reasons = [] } = weighed.get(id) ?? {};
    const like = likes.get(id);
    if (like === undefined) return { id, score, complete, reasons };
    return { id, score: score + like.score * LIKE_WEIGHT, complete, reasons: [...reasons, ...reasonsOf(like)] };
  }).toSorted((a, b) => b.score - a.score);
}

/** Decides what a report is about. `read` is what was read of it. */
export function rank(read: Read, catalogue: Catalogue): Ranking {
  const weighed = weighMechanisms(read.hits, read.release).filter(({ complete, score }) => complete && score > 0);
  const candidates = candidatesOf(read, catalogue);
  const unplayed = unplayedOf(read, catalogue);
  const questions = questionsFor(
    read.facts,
    read.release,
    weighed.slice(0, 3).flatMap(({ id }) => mechanismOf(id).question ?? []),
  );
  const ids = candidates.map(({ scenario }) => scenario);
  const [first] = candidates;
  const score = first?.score ?? NO_SIGN;
  const elsewhere = elsewhereIn(unplayed, weighed[0], score);
  if (elsewhere !== undefined)
    return {
      ...described(elsewhere.id, elsewhere.reasons),
      verdict: 'not-the-gateway',
      scenarios: [],
      near: nearest(mechanismOf(elsewhere.id).nearest ?? []),
      questions: [],
    };
  const uncovered = unplayed.find(({ id }) => mechanismOf(id).class !== null);
  const isUncovered =
    uncovered !== undefined && uncovered.score > score + (uncovered.complete ? 0 : CLEARLY);
  if (isOpen(read, catalogue, Math.max(score, isUncovered ? uncovered.score : score), first, isUncovered)) {
    const likely = weighed.slice(0, 2).flatMap(({ id }) => [...mechanismOf(id).scenarios]);
    return {
      ...(weighed[0] === undefined ? NOTHING : described(weighed[0].id, weighed[0].reasons)),
      verdict: 'needs-information',
      scenarios: [],
      near: nearest([...ids.slice(0, 2), ...likely]),
      questions,
    };
  }
  if (isUncovered)
    return {
      ...described(uncovered.id, uncovered.reasons),
      verdict: 'not-covered',
      scenarios: [],
      near: nearest([...(mechanismOf(uncovered.id).nearest ?? []), ...ids]),
      questions: [],
    };
  const meant = candidates.filter((candidate) => score - candidate.score <= FAR).slice(0, MOST_SCENARIOS);
  const names = meant.map(({ scenario }) => scenario);
  const near = first === undefined ? [] : (mechanismOf(first.mechanism).nearest ?? []);
  return {
    ...(first === undefined ? NOTHING : described(first.mechanism, first.reasons)),
    verdict: 'scenario',
    scenarios: meant,
    near: nearest([...near, ...ids.slice(meant.length)].filter((id) => !names.includes(id))),
    questions: read.release.shows === null ? questions.slice(0, 1) : [],
  };
}

const nearest = (ids: readonly string[]): string[] => [...new Set(ids)].slice(0, MOST_NEAR);

const NOTHING = { mechanism: null, what: null, class: null, reasons: [] };

function described(
  id: MechanismId,
  reasons: Reason[],
): Pick<Ranking, 'mechanism' | 'what' | 'class' | 'reasons'> {
  const { says, class: kind } = mechanismOf(id);
  return { mechanism: id, what: says, class: kind, reasons };
}

/** What is not the gateway's, if the report means it more than any scenario, by its signs alone or with the texts that are like it. */
function elsewhereIn(unplayed: readonly Unplayed[], top: Weighed | undefined, score: number): Unplayed | undefined {
  const isElsewhere = (id: MechanismId): boolean => mechanismOf(id).class === null;
  if (top !== undefined && isElsewhere(top.id) && top.score >= LEAST_SCORE)
    return unplayed.find(({ id }) => id === top.id);
  return unplayed.find((each) => isElsewhere(each.id) && each.score > score + (each.complete ? 0 : CLEARLY));
}

/** Whether the report leaves open what it is about. */
function isOpen(
  read: Read,
  catalogue: Catalogue,
  score: number,
  first: Candidate | undefined,
  isUncovered: boolean,
): boolean {
  const known = read.evidence.filter(({ name }) => catalogue.likeness.places.has(name)).length;
  const { shows, without, from } = read.release;
  if ((shows !== null && shows.given !== 'day') || without.length > 0 || from !== null)
    return score < LEAST_WITH_RELEASE && known < FEW;
  if (score < LEAST_WITHOUT) return true;
  return read.release.shows === null && !isUncovered && first !== undefined && dependsOnRelease(first, read, catalogue);
}

/**
 * Whether only the release could tell which scenario of the mechanism is meant, and none is known: the first two reproduce on different
 * releases, and the report shows neither a reason nor scopes.
 */
function dependsOnRelease({ mechanism }: Candidate, { release, facts }: Read, { scenarios }: Catalogue): boolean {
  if (release.shows !== null) return false;
  const isPrinted = (kind: 'reason' | 'scopes'): boolean =>
    observed(facts, kind).some(({ source }) => source === 'printed');
  if (isPrinted('reason') || isPrinted('scopes')) return false;
  const ranges = mechanismOf(mechanism)
    .scenarios.slice(0, 2)
    .flatMap((id) => scenarios.find(({ loaded }) => loaded.scenario.id === id)?.loaded.scenario.affected ?? []);
  const [first, second] = ranges;
  return first !== undefined && second !== undefined && first !== 'none' && second !== 'none' && first !== second;
}

import type { LoadedScenario } from '../scenario/load.ts';
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
const LIKE_WEIGHT = Number(process.env.LW ?? 0.5);

/** The score of a mechanism of which the report has no sign. */
const NO_SIGN = Number(process.env.NS ?? -2);

/**
 * A mechanism whose score is lower says nothing: its signs are shared by too many. If the release is known, one telling sign is enough.
 */
const LEAST_SCORE = { withRelease: 2.6, without: 4.5 };

/** A mechanism is certain without a release from this score on. */
const CERTAIN_SCORE = 8;

/** The weight from which on a sign is explicit: hardly anything else makes that statement. */
const LEAST_EXPLICIT = 5;

/** A further mechanism is as likely as the best one if its score is lower by no more than this. */
const AS_LIKELY = 1.5;

/** How much release and details count for a scenario whose mechanism lacks a sign that it needs. */
const INCOMPLETE_FIT = 0.3;

/** A scenario is no more meant if its score is lower than that of the best one by more than this. */
const FAR = Number(process.env.FAR ?? 9);

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
      const score = found.score + fit.score * (found.complete ? 1 : INCOMPLETE_FIT) + like.score * LIKE_WEIGHT;
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

/** Decides what a report is about. `read` is what was read of it. */
export function rank(read: Read, catalogue: Catalogue): Ranking {
  const weighed = weighMechanisms(read.hits, read.release).filter(({ complete, score }) => complete && score > 0);
  const candidates = candidatesOf(read, catalogue);
  const [top] = weighed;
  const questions = questionsFor(
    read.facts,
    read.release,
    weighed.slice(0, 3).flatMap(({ id }) => mechanismOf(id).question ?? []),
  );
  const ids = candidates.map(({ scenario }) => scenario);
  if (
    top === undefined ||
    top.score < leastScore(read) ||
    isOpen(weighed, read) ||
    dependsOnRelease(top, read, catalogue)
  ) {
    const likely = weighed.slice(0, 2).flatMap(({ id }) => [...mechanismOf(id).scenarios]);
    return {
      ...described(top),
      verdict: 'needs-information',
      scenarios: [],
      near: nearest([...ids.slice(0, 2), ...likely]),
      questions,
    };
  }
  const mechanism = mechanismOf(top.id);
  if (mechanism.class === null)
    return {
      ...described(top),
      verdict: 'not-the-gateway',
      scenarios: [],
      near: nearest(mechanism.nearest ?? []),
      questions: [],
    };
  if (mechanism.scenarios.length === 0)
    return {
      ...described(top),
      verdict: 'not-covered',
      scenarios: [],
      near: nearest([...(mechanism.nearest ?? []), ...ids]),
      questions: [],
    };
  const bestScore = candidates[0]?.score ?? 0;
  const meant = candidates.filter(({ score }) => bestScore - score <= FAR).slice(0, MOST_SCENARIOS);
  const names = meant.map(({ scenario }) => scenario);
  return {
    ...described(weighed.find(({ id }) => id === meant[0]?.mechanism) ?? top),
    verdict: 'scenario',
    scenarios: meant,
    near: nearest([...(mechanism.nearest ?? []), ...ids.slice(meant.length)].filter((id) => !names.includes(id))),
    questions: read.release.shows === null ? questions.slice(0, 1) : [],
  };
}

const nearest = (ids: readonly string[]): string[] => [...new Set(ids)].slice(0, MOST_NEAR);

function described(top: Weighed | undefined): Pick<Ranking, 'mechanism' | 'what' | 'class' | 'reasons'> {
  if (top === undefined) return { mechanism: null, what: null, class: null, reasons: [] };
  const { says, class: kind } = mechanismOf(top.id);
  return { mechanism: top.id, what: says, class: kind, reasons: top.reasons };
}

/**
 * Whether the report leaves open what it is about: no release is known, no sign is explicit, and another mechanism with other scenarios is as
 * likely, or none is likely enough.
 */
function isOpen([top, ...others]: readonly Weighed[], { release }: Read): boolean {
  if (top === undefined) return true;
  if (release.shows !== null) return false;
  if (mechanismOf(top.id).class === null) return false;
  const hasRival = others.some((other) => isAsLikely(top, other));
  if (top.score >= CERTAIN_SCORE && top.strongest >= LEAST_EXPLICIT) return hasRival;
  return hasRival || top.strongest < LEAST_EXPLICIT;
}

/**
 * Whether only the release could tell which scenario of the mechanism is meant, and none is known: the first two reproduce on different
 * releases, and the report shows neither a reason nor scopes.
 */
function dependsOnRelease(top: Weighed, { release, facts }: Read, { scenarios }: Catalogue): boolean {
  if (release.shows !== null) return false;
  const isPrinted = (kind: 'reason' | 'scopes'): boolean =>
    observed(facts, kind).some(({ source }) => source === 'printed');
  if (isPrinted('reason') || isPrinted('scopes')) return false;
  const ranges = mechanismOf(top.id)
    .scenarios.slice(0, 2)
    .flatMap((id) => scenarios.find(({ loaded }) => loaded.scenario.id === id)?.loaded.scenario.affected ?? []);
  const [first, second] = ranges;
  return first !== undefined && second !== undefined && first !== 'none' && second !== 'none' && first !== second;
}

function leastScore({ release: { shows } }: Read): number {
  return shows === null || shows.given === 'day' ? LEAST_SCORE.without : LEAST_SCORE.withRelease;
}

function isAsLikely(top: Weighed, other: Weighed): boolean {
  const isSame = mechanismOf(top.id).scenarios[0] === mechanismOf(other.id).scenarios[0];
  return !isSame && top.score - other.score <= AS_LIKELY;
}

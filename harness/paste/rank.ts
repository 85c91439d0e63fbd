import type { LoadedScenario } from '../scenario/catalogue/load.ts';
import type { Hits } from './detect.ts';
import type { Fact } from './facts.ts';
import { type Fit, fitOf, observed, type Rarity, rarityOf, reportWords } from './fit-scenario.ts';
import { mechanismOf } from './mechanisms/all.ts';
import { type Profile, profileOf } from './profile.ts';
import { questionsFor } from './questions.ts';
import type { Candidate, Ranking } from './ranking.ts';
import type { ReportedRelease } from './reported-release.ts';
import type { Statement } from './statement.ts';
import { type Weighed, weighMechanisms } from './weigh-mechanisms.ts';

/** What is known of a report when it is ranked. */
export type Read = { statements: readonly Statement[]; facts: readonly Fact[]; hits: Hits; release: ReportedRelease };

/** The scenarios that a report is compared with, and what each is about. */
export type Catalogue = { scenarios: readonly { loaded: LoadedScenario; profile: Profile }[]; rarity: Rarity };

export function catalogueOf(scenarios: readonly LoadedScenario[]): Catalogue {
  const profiled = scenarios.map((loaded) => ({ loaded, profile: profileOf(loaded) }));
  return { scenarios: profiled, rarity: rarityOf(profiled.map(({ profile }) => profile)) };
}

/** The most scenarios in an answer, and the most near ones. */
const MOST_SCENARIOS = 3;
const MOST_NEAR = 3;

/** What a place further down in the list of a mechanism costs. */
const EACH_PLACE = 1.8;

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
const FAR = 5;

/** Every scenario that a mechanism of the report names, the best first. */
export function candidatesOf(read: Read, { scenarios, rarity }: Catalogue): Candidate[] {
  const words = reportWords(read.statements.map(({ text }) => text));
  const weighed = weighMechanisms(read.hits, read.release);
  const best = new Map<string, { mechanism: Weighed; score: number }>();
  for (const mechanism of weighed) {
    for (const [place, id] of mechanismOf(mechanism.id).scenarios.entries()) {
      const score = mechanism.score - place * EACH_PLACE;
      const before = best.get(id);
      if (before === undefined || before.score < score) best.set(id, { mechanism, score });
    }
  }
  return scenarios
    .flatMap(({ loaded, profile }): Candidate[] => {
      const found = best.get(loaded.scenario.id);
      if (found === undefined) return [];
      const fit: Fit = fitOf(loaded, profile, { ...read, words }, rarity);
      return [
        {
          scenario: loaded.scenario.id,
          mechanism: found.mechanism.id,
          score: Math.round((found.score + fit.score * (found.mechanism.complete ? 1 : INCOMPLETE_FIT)) * 100) / 100,
          release: fit.release,
          reasons: [...found.mechanism.reasons, ...fit.reasons],
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

import { type Compared, compare, type ScoredMechanism, type ScoredScenario } from './candidates.ts';
import type { Catalogue } from './catalogue.ts';
import { observed } from './fit-scenario.ts';
import { knownIn } from './likeness.ts';
import { type MechanismId, mechanismOf } from './mechanisms/all.ts';
import { questionsFor } from './questions.ts';
import type { Ranking, Reason } from './ranking.ts';
import type { Read } from './read.ts';
import type { Weighed } from './weigh-mechanisms.ts';

/** The most scenarios in an answer, and the most near ones. */
const MOST_SCENARIOS = 3;
const MOST_NEAR = 3;

/** The least score by its signs alone with which the likeliest mechanism is what is not the gateway's. */
const LEAST_ELSEWHERE = 2.6;

/** How much more than any scenario a report must mean something else of which it lacks a sign. */
const CLEARLY = 8;

/** A report without a release leaves open what it is about if it means nothing more than this. */
const LEAST_WITHOUT_RELEASE = 7;

/** One with a release does so if it has little evidence too. */
const LEAST_WITH_RELEASE = -1;
const LITTLE_EVIDENCE = 15;

/** A scenario is no more meant if its score is lower than that of the best one by more than this. */
const FAR = 12;

/** Decides what a report is about. `read` is what was read of it. */
export function rank(read: Read, catalogue: Catalogue): Ranking {
  const compared = compare(read, catalogue);
  const weighed = compared.weighed.filter(({ complete, score }) => complete && score > 0);
  const ids = compared.scenarios.map(({ scenario }) => scenario);
  const elsewhere = elsewhereIn(compared, weighed[0]);
  if (elsewhere !== undefined) return without('not-the-gateway', elsewhere, []);
  const uncovered = uncoveredIn(compared);
  const questions = questionsFor(
    read.facts,
    read.release,
    weighed.slice(0, 3).flatMap(({ id }) => mechanismOf(id).question ?? []),
  );
  if (isOpen(read, catalogue, compared, uncovered)) {
    const likely = weighed.slice(0, 2).flatMap(({ id }) => [...mechanismOf(id).scenarios]);
    return {
      ...(weighed[0] === undefined ? NOTHING : described(weighed[0].id, weighed[0].reasons)),
      verdict: 'needs-information',
      scenarios: [],
      near: nearest([...ids.slice(0, 2), ...likely]),
      questions,
    };
  }
  if (uncovered !== undefined) return without('not-covered', uncovered, ids);
  const best = bestOf(compared);
  const meant = compared.scenarios.filter(({ score }) => best - score <= FAR).slice(0, MOST_SCENARIOS);
  const names = meant.map(({ scenario }) => scenario);
  const [first] = meant;
  const near = first === undefined ? [] : (mechanismOf(first.mechanism).nearest ?? []);
  return {
    ...(first === undefined ? NOTHING : described(first.mechanism, first.reasons)),
    class:
      catalogue.scenarios.find(({ loaded }) => loaded.scenario.id === first?.scenario)?.loaded.scenario.class ?? null,
    verdict: 'scenario',
    scenarios: meant,
    near: nearest([...near, ...ids.slice(meant.length)].filter((id) => !names.includes(id))),
    questions: read.release.shows === null ? questions.slice(0, 1) : [],
  };
}

const NOTHING = { mechanism: null, what: null, class: null, reasons: [] };

const nearest = (ids: readonly string[]): string[] => [...new Set(ids)].slice(0, MOST_NEAR);

function described(id: MechanismId, reasons: Reason[]): Pick<Ranking, 'mechanism' | 'what' | 'class' | 'reasons'> {
  const { says, class: kind } = mechanismOf(id);
  return { mechanism: id, what: says, class: kind, reasons };
}

/** The answer about something that no scenario plays. */
function without(
  verdict: Extract<Ranking['verdict'], 'not-the-gateway' | 'not-covered'>,
  { id, reasons }: ScoredMechanism,
  near: readonly string[],
): Ranking {
  const { nearest: named = [] } = mechanismOf(id);
  return { ...described(id, reasons), verdict, scenarios: [], near: nearest([...named, ...near]), questions: [] };
}

const bestOf = ({ scenarios: [first] }: Compared): number => first?.score ?? Number.NEGATIVE_INFINITY;

/** Whether the report means a mechanism that no scenario plays more than any scenario: clearly, if it lacks a sign of it. */
const isMeant = (compared: Compared, { score, complete }: ScoredMechanism): boolean =>
  score > bestOf(compared) + (complete ? 0 : CLEARLY);

/** What is not the gateway's, if the report means it: its signs alone are the likeliest, or it is meant more than any scenario. */
function elsewhereIn(compared: Compared, top: Weighed | undefined): ScoredMechanism | undefined {
  const elsewhere = compared.unplayed.filter(({ id }) => mechanismOf(id).class === null);
  const bySigns = elsewhere.find(({ id }) => id === top?.id);
  if (top !== undefined && top.score >= LEAST_ELSEWHERE && bySigns !== undefined) return bySigns;
  return elsewhere.find((each) => isMeant(compared, each));
}

/** What is the gateway's and no scenario plays, if the report means it. */
function uncoveredIn(compared: Compared): ScoredMechanism | undefined {
  const [first] = compared.unplayed.filter(({ id }) => mechanismOf(id).class !== null);
  return first !== undefined && isMeant(compared, first) ? first : undefined;
}

/** Whether the report leaves open what it is about. */
function isOpen(read: Read, catalogue: Catalogue, compared: Compared, uncovered: ScoredMechanism | undefined): boolean {
  const { shows, without: healthy, from } = read.release;
  const score = uncovered?.score ?? bestOf(compared);
  if ((shows !== null && shows.given !== 'day') || healthy.length > 0 || from !== null)
    return score < LEAST_WITH_RELEASE && knownIn(catalogue.likeness, read.evidence).length < LITTLE_EVIDENCE;
  if (score < LEAST_WITHOUT_RELEASE) return true;
  const [first] = compared.scenarios;
  return shows === null && uncovered === undefined && first !== undefined && dependsOnRelease(first, read, catalogue);
}

/**
 * Whether only the release could tell which scenario of the mechanism is meant, and none is known: the first two reproduce on different
 * releases, and the report shows neither a reason nor scopes.
 */
function dependsOnRelease({ mechanism }: ScoredScenario, { facts }: Read, { scenarios }: Catalogue): boolean {
  const isPrinted = (kind: 'reason' | 'scopes'): boolean =>
    observed(facts, kind).some(({ source }) => source === 'printed');
  if (isPrinted('reason') || isPrinted('scopes')) return false;
  const [first, second] = mechanismOf(mechanism)
    .scenarios.slice(0, 2)
    .flatMap((id) => scenarios.find(({ loaded }) => loaded.scenario.id === id)?.loaded.scenario.affected ?? []);
  return first !== undefined && second !== undefined && first !== 'none' && second !== 'none' && first !== second;
}

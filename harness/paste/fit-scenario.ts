import { appliesOn } from '../scenario/catalogue/applies.ts';
import type { LoadedScenario } from '../scenario/catalogue/load.ts';
import { inRange } from '../scenario/releases/range.ts';
import { type Fact, factsOf } from './facts.ts';
import { type Profile, wordsOf } from './profile.ts';
import type { Candidate, Reason } from './ranking.ts';
import type { ReportedRelease } from './reported-release.ts';

/** How a report fits one scenario, beside the mechanism. */
export type Fit = { score: number; reasons: Reason[]; release: Candidate['release'] };

/** What speaks against a scenario: the reported release is not among the affected ones, or it cannot be played there. */
const AFFECTED_ELSEWHERE = -2;
const DOES_NOT_APPLY = -1.5;

/** The most that details and shared words may count: less than one telling sign. */
const MOST_FOR_DETAILS = 2.5;
const MOST_FOR_WORDS = 1;

function releaseFit(
  { scenario }: LoadedScenario,
  profile: Profile,
  { shows }: ReportedRelease,
): { score: number; release: Candidate['release'] } {
  if (shows === null) return { score: 0, release: 'unknown' };
  const certain = shows.given === 'day' ? 0.5 : 1;
  if (inRange(shows.value, scenario.affected))
    return { score: profile.weightOfAffected * certain, release: 'affected' };
  const applies = appliesOn(scenario, shows.value);
  if (!applies) return { score: DOES_NOT_APPLY * certain, release: 'does-not-apply' };
  return { score: scenario.affected === 'none' ? 0 : AFFECTED_ELSEWHERE * certain, release: 'applies' };
}

/** Details of a report that a scenario has too, each with its weight. */
function detailsIn(profile: Profile, facts: readonly Fact[]): { weight: number; reason: Reason }[] {
  return facts.flatMap((fact) => {
    const { line, source } = fact;
    const detail = (weight: number, says: string): { weight: number; reason: Reason }[] => [
      { weight, reason: { says, line, source } },
    ];
    switch (fact.kind) {
      case 'reason': {
        if (profile.seenReasons.has(fact.value)) return detail(1.5, `names the reason that users saw, ${fact.value}`);
        return profile.reasons.has(fact.value) ? detail(0.7, `names a reason of the scenario, ${fact.value}`) : [];
      }
      case 'command':
        return profile.commands.has(fact.value)
          ? detail(0.8, `runs the command that the scenario runs, openclaw ${fact.value}`)
          : [];
      case 'setting': {
        const key = fact.value.split('=')[0] ?? '';
        return profile.settings.has(key.toLowerCase()) ? detail(0.8, `sets ${key}, as the scenario does`) : [];
      }
      case 'trusted-proxies':
        return profile.settings.has('trustedproxies') ? detail(0.5, 'sets trustedProxies, as the scenario does') : [];
      case 'allowed-origins':
        return profile.settings.has('allowedorigins') ? detail(0.5, 'sets allowedOrigins, as the scenario does') : [];
      case 'header':
        return profile.headers.has(fact.value.toLowerCase())
          ? detail(0.5, `names ${fact.value}, which the scenario sends`)
          : [];
      case 'client-id':
        return profile.clientIds.has(fact.value)
          ? detail(0.7, `names the client ${fact.value}, as the scenario does`)
          : [];
      case 'role':
        return fact.value === 'node' && profile.roles.has('node')
          ? detail(0.5, 'names the role node, as the scenario does')
          : [];
      case 'bind':
        return fact.value === 'loopback' && profile.bind === 'loopback'
          ? detail(0.3, 'is bound to loopback, as the scenario is')
          : [];
      default:
        return [];
    }
  });
}

/** How rare a word is among the words of all scenarios: the natural logarithm of how few have it. */
export type Rarity = ReadonlyMap<string, number>;

export function rarityOf(profiles: readonly Profile[]): Rarity {
  const counts = new Map<string, number>();
  for (const { words } of profiles)
    for (const word of new Set([...words.title, ...words.why])) counts.set(word, (counts.get(word) ?? 0) + 1);
  return new Map([...counts].map(([word, count]) => [word, Math.log(profiles.length / count)]));
}

/** How much the words of a report and a scenario have in common, from 0 to `MOST_FOR_WORDS`. */
function sharedWords(profile: Profile, report: ReadonlySet<string>, rarity: Rarity): number {
  const weigh = (words: ReadonlySet<string>, each: number): number =>
    [...words].filter((word) => report.has(word)).reduce((sum, word) => sum + (rarity.get(word) ?? 0) * each, 0);
  return Math.min(MOST_FOR_WORDS, weigh(profile.words.title, 0.2) + weigh(profile.words.why, 0.06));
}

/** Weighs one scenario by release, details and words. */
export function fitOf(
  loaded: LoadedScenario,
  profile: Profile,
  report: { facts: readonly Fact[]; release: ReportedRelease; words: ReadonlySet<string> },
  rarity: Rarity,
): Fit {
  const { score, release } = releaseFit(loaded, profile, report.release);
  const details = detailsIn(
    profile,
    report.facts.filter(({ source }) => source !== 'claimed-by-answer'),
  );
  const each = [...new Map(details.map((detail) => [detail.reason.says, detail])).values()];
  const detailScore = Math.min(
    MOST_FOR_DETAILS,
    each.reduce((sum, { weight }) => sum + weight, 0),
  );
  const shows = report.release.shows;
  const released =
    shows !== null && release === 'affected'
      ? [
          {
            says: `is about ${shows.value}, which is in the affected releases ${loaded.scenario.affected}`,
            line: shows.line,
            source: shows.source,
          },
        ]
      : [];
  return {
    score: score + detailScore + sharedWords(profile, report.words, rarity),
    reasons: [...released, ...each.map(({ reason }) => reason)],
    release,
  };
}

/** The words of the report's facts and sentences that may occur in scenarios. */
export function reportWords(texts: readonly string[]): Set<string> {
  const MOST_CHARACTERS = 20_000;
  return wordsOf(texts.join('\n').slice(0, MOST_CHARACTERS));
}

/** The facts of a kind that are no claims of answers. */
export function observed<K extends Fact['kind']>(facts: readonly Fact[], kind: K): Extract<Fact, { kind: K }>[] {
  return factsOf(facts, kind).filter(({ source }) => source !== 'claimed-by-answer');
}

import type { Verdict } from '../judge/verdict.ts';
import type { LoadedScenario } from '../scenario/load.ts';
import { inRange } from '../scenario/range.ts';
import type { Rumour } from '../scenario/rumours.ts';
import { linkTo, linkToScenario, prose } from './markdown-text.ts';
import { type Published, verdictsOn } from './published.ts';

/** What a check says of a rumour that is true if it `when`: null where its verdict does not tell, as where it was not played. */
function saysOf(verdict: Verdict | undefined, when: 'holds' | 'fails'): boolean | null {
  if (verdict === 'pass') return when === 'holds';
  return verdict === 'reproduced' || verdict === 'known-deviation' ? when === 'fails' : null;
}

/**
 * Whether what is said is true on a release: null where nothing that was played there says. One check that speaks against it is enough;
 * it is true where every check speaks for it that makes sense on that release.
 */
export function isTrueOn(
  { about, trueIf }: Rumour,
  scenarios: readonly LoadedScenario[],
  release: Published,
): boolean | null {
  if (about !== undefined && !inRange(release.version, about)) return null;
  const words = Object.entries(trueIf).flatMap(([id, when]) => {
    const loaded = scenarios.find(({ checks }) => checks.some((check) => check.id === id));
    const name = loaded?.checks.find((check) => check.id === id)?.name;
    const verdict = loaded === undefined || name === undefined ? undefined : verdictsOn(release, loaded)[name];
    return verdict === 'not-applicable' ? [] : [saysOf(verdict, when)];
  });
  if (words.includes(false)) return false;
  return words.length > 0 && !words.includes(null) ? true : null;
}

/** reports/rumours.md: what is said about who gets in, and on which releases it was found to be so. */
export function renderRumours(
  rumours: readonly Rumour[],
  scenarios: readonly LoadedScenario[],
  releases: readonly Published[],
): string {
  const rows = rumours.map((rumour) => {
    const on = (truth: boolean): string =>
      releases
        .filter((release) => isTrueOn(rumour, scenarios, release) === truth)
        .map(({ version }) => version)
        .join(', ');
    const found = [
      ['true', on(true)],
      ['false', on(false)],
    ].flatMap(([word, versions]) => (versions === '' ? [] : [`**${word}** on ${versions}`]));
    const cells = [
      prose(rumour.rumour),
      prose(rumour.about ?? 'all'),
      found.join('; ') || 'not played yet',
      [prose(rumour.where), ...rumour.reported.map(linkTo)].join(' '),
      decidersOf(rumour, scenarios),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return [
    '# What is said, and whether it is true',
    '',
    'Sentences that circulate about who gets in, held against what published gateways did. Made by `postern coverage --write` from',
    '`scenarios/rumours.yaml` and `reports/published/`.',
    '',
    '| what is said | of | it is | by whom | decided by |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

/** The scenarios whose checks decide it, each as a link. */
function decidersOf({ trueIf }: Rumour, scenarios: readonly LoadedScenario[]): string {
  return scenarios
    .filter(({ checks }) => checks.some(({ id }) => id in trueIf))
    .map(({ scenario }) => linkToScenario(scenario.id))
    .join(', ');
}

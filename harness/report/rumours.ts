import type { Verdict } from '../judge/verdict.ts';
import type { LoadedScenario } from '../scenario/load.ts';
import { inRange } from '../scenario/range.ts';
import type { Rumour } from '../scenario/rumours.ts';
import { linkTo, prose } from './markdown-text.ts';
import { type Published, verdictsOn } from './published.ts';

/** Whether what a check expects was seen: null where its verdict says neither, as where it was not played. */
function wasSeen(verdict: Verdict | undefined): boolean | null {
  if (verdict === 'pass') return true;
  return verdict === 'reproduced' || verdict === 'known-deviation' ? false : null;
}

/**
 * Whether what is said is true on a release: null where nothing that was played there says. One check that speaks against it is enough;
 * it is true where every check that decides it was played and speaks for it.
 */
export function isTrueOn(
  { about, trueIf }: Rumour,
  scenarios: readonly LoadedScenario[],
  release: Published,
): boolean | null {
  if (about !== undefined && !inRange(release.version, about)) return null;
  const words = Object.entries(trueIf).map(([id, when]) => {
    const loaded = scenarios.find(({ checks }) => checks.some((check) => check.id === id));
    const name = loaded?.checks.find((check) => check.id === id)?.name;
    const verdicts = loaded === undefined ? {} : verdictsOn(release, loaded);
    const seen = name === undefined ? null : wasSeen(verdicts[name]);
    return seen === null ? null : seen === (when === 'holds');
  });
  if (words.includes(false)) return false;
  return words.includes(null) ? null : true;
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
    .map(({ scenario, file }) => `[${scenario.id}](../${file})`)
    .join(', ');
}

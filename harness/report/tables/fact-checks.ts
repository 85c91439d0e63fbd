import { type Published, verdictsOn } from '../../results/published.ts';
import { onRelease } from '../../scenario/checks.ts';
import type { FactCheck } from '../../scenario/fact-checks.ts';
import type { LoadedScenario } from '../../scenario/load.ts';
import { inRange } from '../../scenario/range.ts';
import { linkToScenario } from '../markdown/markdown-text.ts';
import { ownCode, ownLink, ownProse } from '../markdown/own-markdown.ts';

type When = FactCheck['trueIf'][string];

/** What a check says: whether it speaks for what is said. */
type Word = 'for' | 'against' | 'nothing' | 'not applicable';

/**
 * What a check says of a rumour that it speaks for where it `when`. A check that was held to a later refusal in place of what it expects
 * elsewhere has not seen what it expects: it may speak against a door that is said to be open, and for nothing.
 */
function wordOf(id: string, when: When, scenarios: readonly LoadedScenario[], release: Published): Word {
  const loaded = scenarios.find(({ checks }) => checks.some((check) => check.id === id));
  const check = loaded?.checks.find((each) => each.id === id);
  if (loaded === undefined || check === undefined) return 'nothing';
  if (!inRange(release.version, loaded.scenario.applies?.range ?? '*')) return 'not applicable';
  switch (verdictsOn(release, loaded)[check.name]) {
    case 'not-applicable':
      return 'not applicable';
    case 'pass':
      if (when === 'fails') return 'against';
      return onRelease(check, release.version) === check ? 'for' : 'nothing';
    case 'reproduced':
    case 'known-deviation':
      return when === 'fails' ? 'for' : 'against';
    default:
      return 'nothing';
  }
}

/**
 * Whether what is said is true on a release: null where nothing that was played there says. It is false where a check of `falseIf` saw
 * what that names. Else, of the checks of `trueIf` that make sense there, every one has to speak for it and one is enough against it, or
 * the other way round where one is `enough`.
 */
export function isTrueOn(rumour: FactCheck, scenarios: readonly LoadedScenario[], release: Published): boolean | null {
  const { about, trueIf, enough, falseIf } = rumour;
  if (about !== undefined && !inRange(release.version, about)) return null;
  const wordsOf = (checks: FactCheck['trueIf']): Word[] =>
    Object.entries(checks)
      .map(([id, when]) => wordOf(id, when, scenarios, release))
      .filter((word) => word !== 'not applicable');
  if (wordsOf(falseIf).includes('for')) return false;
  const words = wordsOf(trueIf);
  const [decisive, other] = enough === 'one' ? (['for', 'against'] as const) : (['against', 'for'] as const);
  if (words.includes(decisive)) return decisive === 'for';
  return words.length > 0 && words.every((word) => word === other) ? other === 'for' : null;
}

/** reports/rumours.md: what is said about who gets in, and on which releases it was found to be so. */
export function renderFactChecks(
  rumours: readonly FactCheck[],
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
      ownProse(rumour.rumour),
      rumour.about === undefined ? 'all' : ownCode(rumour.about),
      found.join('; ') || 'not played yet',
      ownProse(rumour.falsifiedBy),
      [ownProse(rumour.where), ...rumour.reported.map(ownLink)].join(' '),
      decidersOf(rumour, scenarios),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return [
    '# What is said, and whether it is true',
    '',
    'Sentences that circulate about who gets in, held against what published gateways did. Releases that are not named were not played, or',
    'showed nothing that decides it. Made by `postern coverage --write` from `scenarios/rumours.yaml` and `reports/published/`.',
    '',
    '| what is said | of | it is | it would be false if | by whom | decided by |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

/** The scenarios whose checks decide it, each as a link. */
function decidersOf({ trueIf, falseIf }: FactCheck, scenarios: readonly LoadedScenario[]): string {
  return scenarios
    .filter(({ checks }) => checks.some(({ id }) => id in trueIf || id in falseIf))
    .map(({ scenario }) => linkToScenario(scenario.id))
    .join(', ');
}

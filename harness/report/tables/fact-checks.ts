import { type Published, verdictsOn } from '../../results/published.ts';
import { appliesOn } from '../../scenario/catalogue/applies.ts';
import { onRelease } from '../../scenario/catalogue/checks.ts';
import type { LoadedScenario } from '../../scenario/catalogue/load.ts';
import type { FactCheck } from '../../scenario/lists/fact-checks.ts';
import { inRange } from '../../scenario/releases/range.ts';
import { linkToScenario } from '../markdown/markdown-text.ts';
import { ownCode, ownLink, ownProse } from '../markdown/own-markdown.ts';

/** The outcome of a check that supports the statement. */
type When = FactCheck['trueIf'][string];

/** What the verdict of one check says about a statement: it supports it, contradicts it, or decides nothing. */
type Word = 'for' | 'against' | 'nothing' | 'not applicable';

/**
 * What the check with this id says on one release about a statement that it supports if its outcome is `when`. On a hardened release a
 * check is judged by another expectation. If it passes there, the usual expectation was not observed, so it supports nothing; it may only
 * contradict a statement that access is open.
 */
function wordOf(id: string, when: When, scenarios: readonly LoadedScenario[], release: Published): Word {
  const loaded = scenarios.find(({ checks }) => checks.some((check) => check.id === id));
  const check = loaded?.checks.find((each) => each.id === id);
  if (loaded === undefined || check === undefined) return 'nothing';
  if (!appliesOn(loaded.scenario, release.version)) return 'not applicable';
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
 * Whether a statement is true on a release; null if no published check decides it. A check of `falseIf` that shows its outcome makes it
 * false. Otherwise the applicable checks of `trueIf` decide: all of them must support the statement, and one is enough to contradict it.
 * With `enough: one` it is the reverse: one is enough to support it, and all of them must contradict it.
 */
export function isTrueOn(
  factCheck: FactCheck,
  scenarios: readonly LoadedScenario[],
  release: Published,
): boolean | null {
  const { releases: claimed, trueIf, enough, falseIf } = factCheck;
  if (claimed !== undefined && !inRange(release.version, claimed)) return null;
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

/** results/fact-checks.md: statements about access, each with the releases on which it is true and false. */
export function renderFactChecks(
  factChecks: readonly FactCheck[],
  scenarios: readonly LoadedScenario[],
  releases: readonly Published[],
): string {
  const rows = factChecks.map((factCheck) => {
    const on = (truth: boolean): string =>
      releases
        .filter((release) => isTrueOn(factCheck, scenarios, release) === truth)
        .map(({ version }) => version)
        .join(', ');
    const found = [
      ['true', on(true)],
      ['false', on(false)],
    ].flatMap(([word, versions]) => (versions === '' ? [] : [`**${word}** on ${versions}`]));
    const cells = [
      ownProse(factCheck.statement),
      factCheck.releases === undefined ? 'all' : ownCode(factCheck.releases),
      found.join('; ') || 'not played yet',
      ownProse(factCheck.falsifiedBy),
      [ownProse(factCheck.where), ...factCheck.reported.map(ownLink)].join(' '),
      decidersOf(factCheck, scenarios),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return [
    '# Statements about access, and whether they are true',
    '',
    'Statements that users and documents make about access, checked against published gateways. A release that a row does not name was not',
    'played, or its results do not decide the statement. `postern coverage --write` generates this page from `scenarios/fact-checks.yaml` and',
    '`results/published/`.',
    '',
    '| statement | releases | result | it would be false if | who says it | decided by |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

/** Links to the scenarios whose checks decide the statement. */
function decidersOf({ trueIf, falseIf }: FactCheck, scenarios: readonly LoadedScenario[]): string {
  return scenarios
    .filter(({ checks }) => checks.some(({ id }) => id in trueIf || id in falseIf))
    .map(({ scenario }) => linkToScenario(scenario.id))
    .join(', ');
}

import { describeExpectation } from '../../judge/describe.ts';
import { type Published, verdictsOn } from '../../results/published.ts';
import type { LoadedScenario } from '../../scenario/catalogue/load.ts';
import { OUTCOME_WORDS, rangeOf } from '../../scenario/catalogue/workaround.ts';
import type { Workaround } from '../../scenario/schema/scenario.ts';
import { ownCode, ownLink, ownProse } from '../markdown/own-markdown.ts';

/** The releases on which every check of the workaround passed. */
function shownOn(workaround: Workaround, loaded: LoadedScenario, releases: readonly Published[]): Published[] {
  const names = loaded.checks.filter((check) => check.workaround === workaround).map(({ name }) => name);
  return releases.filter((release) => {
    const verdicts = verdictsOn(release, loaded);
    return names.length > 0 && names.every((name) => verdicts[name] === 'pass');
  });
}

/** The outcome of a workaround and the releases that showed it, or that no release of its range was played. */
function describeOutcome(workaround: Workaround, loaded: LoadedScenario, releases: readonly Published[]): string {
  const versions = shownOn(workaround, loaded, releases).map(({ version }) => version);
  if (versions.length > 0) return `**${OUTCOME_WORDS[workaround.outcome]}** on ${versions.join(', ')}`;
  return `no result: it is given for ${ownCode(rangeOf(loaded.scenario, workaround))}, and no release of that range was played`;
}

/** The expectation of each check of a workaround. If one of them is not met, the outcome in the table is false. */
function describeChecks(workaround: Workaround, { checks }: LoadedScenario): string {
  return checks
    .filter((check) => check.workaround === workaround)
    .map(({ step, expect }) => ownProse(`${step.name}: ${describeExpectation(expect)}`))
    .join('; ');
}

/** The row of one workaround of one scenario; its outcome may differ between releases. */
function rowOf(loaded: LoadedScenario, advice: string, releases: readonly Published[]): string {
  const { scenario } = loaded;
  const same = scenario.workarounds.filter((workaround) => workaround.advice === advice);
  const cells = [
    ownProse(advice),
    same.map((workaround) => describeOutcome(workaround, loaded, releases)).join('; '),
    [...new Set(same.map((workaround) => describeChecks(workaround, loaded)))].join('<br>or '),
    scenario.id,
    scenario.reported.map(ownLink).join(', '),
  ];
  return `| ${cells.join(' | ')} |`;
}

/** results/workarounds.md: each workaround, with its outcome on each release. Rows are sorted by the text of the workaround. */
export function renderWorkarounds(scenarios: readonly LoadedScenario[], releases: readonly Published[]): string {
  const given = scenarios.flatMap((loaded) =>
    [...new Set(loaded.scenario.workarounds.map(({ advice }) => advice))].map((advice) => ({ loaded, advice })),
  );
  const rows = given
    .sort((a, b) => a.advice.localeCompare(b.advice, 'en'))
    .map(({ loaded, advice }) => rowOf(loaded, advice, releases));
  return [
    '# Workarounds that users are told, and what they do',
    '',
    'Postern carried out each workaround on the named releases, from the state after the steps of the scenario, and observed this outcome. The',
    'outcome would be false if one of the checks observed something else than it expects. `postern coverage --write` generates this page from',
    '`results/published/`.',
    '',
    '| workaround | outcome | what its checks expect | from the state of | reports |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

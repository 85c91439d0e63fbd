import { describeExpectation } from '../../judge/describe.ts';
import { type Published, verdictsOn } from '../../results/published.ts';
import type { LoadedScenario } from '../../scenario/load.ts';
import type { Workaround } from '../../scenario/scenario.ts';
import { OUTCOME_WORDS, outcomeOf, rangeOf } from '../../scenario/workaround.ts';
import { ownCode, ownLink, ownProse } from '../markdown/own-markdown.ts';

/** The releases on which every check of the remedy showed what was declared. */
function shownOn(remedy: Workaround, loaded: LoadedScenario, releases: readonly Published[]): Published[] {
  const names = loaded.checks.filter((check) => check.remedy === remedy).map(({ name }) => name);
  return releases.filter((release) => {
    const verdicts = verdictsOn(release, loaded);
    return names.length > 0 && names.every((name) => verdicts[name] === 'pass');
  });
}

/** What a remedy was seen to do and where; a remedy that was carried out nowhere has done nothing yet. */
function sayShown(remedy: Workaround, loaded: LoadedScenario, releases: readonly Published[]): string {
  const versions = shownOn(remedy, loaded, releases).map(({ version }) => version);
  if (versions.length > 0) return `**${OUTCOME_WORDS[outcomeOf(remedy)]}** on ${versions.join(', ')}`;
  return `not seen to do anything: told for ${ownCode(rangeOf(loaded.scenario, remedy))}, of which nothing was played`;
}

/** What each check of a remedy has to see: where one of them sees anything else, what the table says of the remedy is false. */
function sayLookedFor(remedy: Workaround, { checks }: LoadedScenario): string {
  return checks
    .filter((check) => check.remedy === remedy)
    .map(({ step, expect }) => ownProse(`${step.name}: ${describeExpectation(expect)}`))
    .join('; ');
}

/** One piece of advice from the state of one scenario: what it does may differ between releases. */
function rowOf(loaded: LoadedScenario, say: string, releases: readonly Published[]): string {
  const { scenario } = loaded;
  const told = scenario.remedies.filter((remedy) => remedy.say === say);
  const cells = [
    ownProse(say),
    told.map((remedy) => sayShown(remedy, loaded, releases)).join('; '),
    [...new Set(told.map((remedy) => sayLookedFor(remedy, loaded)))].join('<br>or '),
    scenario.id,
    scenario.reported.map(ownLink).join(', '),
  ];
  return `| ${cells.join(' | ')} |`;
}

/** reports/remedies.md: what users are told to do, and what doing it showed on each release. The same advice stands together. */
export function renderWorkarounds(scenarios: readonly LoadedScenario[], releases: readonly Published[]): string {
  const advice = scenarios.flatMap((loaded) =>
    [...new Set(loaded.scenario.remedies.map(({ say }) => say))].map((say) => ({ loaded, say })),
  );
  const rows = advice
    .sort((a, b) => a.say.localeCompare(b.say, 'en'))
    .map(({ loaded, say }) => rowOf(loaded, say, releases));
  return [
    '# What users are told, carried out',
    '',
    'Each remedy was carried out on the releases named, from the state that the steps of the scenario lead to, and did what stands here. That',
    'would be false if any of its checks saw anything else than what it looks for. Made by `postern coverage --write` from',
    '`reports/published/`.',
    '',
    '| what users are told | it | what its checks look for | from the state of | reports |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

import type { LoadedScenario } from '../scenario/load.ts';
import { OUTCOME_WORDS, outcomeOf } from '../scenario/remedy.ts';
import type { Remedy } from '../scenario/scenario.ts';
import { linkTo, prose } from './markdown-text.ts';
import { type Published, verdictsOn } from './published.ts';

/** The releases on which every check of the remedy showed what was declared. */
function shownOn(remedy: Remedy, loaded: LoadedScenario, releases: readonly Published[]): Published[] {
  const names = loaded.checks.filter((check) => check.remedy === remedy).map(({ name }) => name);
  return releases.filter((release) => {
    const verdicts = verdictsOn(release, loaded);
    return names.length > 0 && names.every((name) => verdicts[name] === 'pass');
  });
}

/** One piece of advice from the state of one scenario: what it does may differ between releases. */
function rowOf(loaded: LoadedScenario, say: string, releases: readonly Published[]): string {
  const { scenario } = loaded;
  const outcomes = scenario.remedies
    .filter((remedy) => remedy.say === say)
    .map((remedy) => {
      const versions = shownOn(remedy, loaded, releases).map(({ version }) => version);
      return `**${OUTCOME_WORDS[outcomeOf(remedy)]}** on ${versions.join(', ') || 'no release that was played'}`;
    });
  return `| ${[prose(say), outcomes.join('; '), scenario.id, scenario.reported.map(linkTo).join(', ')].join(' | ')} |`;
}

/** reports/remedies.md: what users are told to do, and what doing it showed on each release. The same advice stands together. */
export function renderRemedies(scenarios: readonly LoadedScenario[], releases: readonly Published[]): string {
  const advice = scenarios.flatMap((loaded) =>
    [...new Set(loaded.scenario.remedies.map(({ say }) => say))].map((say) => ({ loaded, say })),
  );
  const rows = advice
    .sort((a, b) => a.say.localeCompare(b.say, 'en'))
    .map(({ loaded, say }) => rowOf(loaded, say, releases));
  return [
    '# What users are told, carried out',
    '',
    'Each remedy was carried out on the releases named, from the state that the steps of the scenario lead to, and did what stands here.',
    'Made by `postern coverage --write` from `reports/published/`.',
    '',
    '| what users are told | it | from the state of | reports |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

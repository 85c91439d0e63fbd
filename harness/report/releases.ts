import type { Verdict } from '../judge/verdict.ts';
import type { LoadedScenario } from '../scenario/load.ts';
import { CLASSES } from '../scenario/scenario.ts';
import { linkToScenario } from './markdown-text.ts';
import { type Published, verdictsOn } from './published.ts';

/** What became of a scenario on a release, from the verdicts of its checks. */
function sign(verdicts: readonly Verdict[]): string {
  if (verdicts.includes('reproduced')) return 'red';
  if (verdicts.includes('known-deviation')) return 'known';
  if (verdicts.length === 0) return '';
  return verdicts.includes('pass') ? 'ok' : '–';
}

/** reports/releases.md: which release has which reported failure, as it was seen. */
export function renderReleases(scenarios: readonly LoadedScenario[], releases: readonly Published[]): string {
  const versions = releases.map(({ version }) => version);
  const sections = CLASSES.map((name) => {
    const rows = scenarios
      .filter(({ scenario }) => scenario.class === name)
      .map((loaded) => {
        const { id } = loaded.scenario;
        const cells = releases.map((release) => sign(Object.values(verdictsOn(release, loaded))));
        return `| ${[linkToScenario(id, id.split('/')[1]), ...cells].join(' | ')} |`;
      });
    return [
      `## ${name}`,
      '',
      `| scenario | ${versions.join(' | ')} |`,
      `| --- |${' --- |'.repeat(versions.length)}`,
      ...rows,
      '',
    ].join('\n');
  });
  return [
    '# Which release has which failure',
    '',
    'red: the reported failure was reproduced. known: reproduced, and somebody answers for it (`scenarios/deviations.yaml`). ok: it holds.',
    '–: it makes no sense on that release. Empty: not played as the scenario is written now. Made by `postern coverage --write` from',
    '`reports/published/`, which `postern matrix --publish` makes.',
    '',
    ...sections,
  ].join('\n');
}

import type { Verdict } from '../../judge/verdict.ts';
import { type Published, verdictsOn } from '../../results/published.ts';
import type { LoadedScenario } from '../../scenario/load.ts';
import { inRange } from '../../scenario/range.ts';
import { CLASSES } from '../../scenario/scenario.ts';
import { linkToScenario } from '../markdown/markdown-text.ts';

/** The table entry of a scenario on a release, from the verdicts of its checks. */
function sign(loaded: LoadedScenario, release: Published): string {
  const { applies } = loaded.scenario;
  if (applies !== undefined && !inRange(release.version, applies.releases)) return '–';
  const verdicts: readonly Verdict[] = Object.values(verdictsOn(release, loaded));
  if (verdicts.length === 0) return 'not played';
  if (verdicts.includes('reproduced')) return 'red';
  if (verdicts.includes('known-deviation')) return 'known';
  return verdicts.includes('pass') ? 'ok' : '–';
}

/** results/releases.md: each scenario and release, with the verdict of the published results. */
export function renderReleases(scenarios: readonly LoadedScenario[], releases: readonly Published[]): string {
  const versions = releases.map(({ version }) => version);
  const sections = CLASSES.map((name) => {
    const rows = scenarios
      .filter(({ scenario }) => scenario.class === name)
      .map((loaded) => {
        const { id } = loaded.scenario;
        const cells = releases.map((release) => sign(loaded, release));
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
    'red: the release reproduced the reported failure. known: the same, and `scenarios/deviations.yaml` has an entry with an owner. ok: the',
    'scenario holds. –: the scenario does not apply to the release. not played: there is no result of the scenario as it is written now;',
    'scenarios that take minutes are played with `--tag slow`. `postern coverage --write` generates this page from `results/published/`, which',
    '`postern matrix --publish` writes.',
    '',
    ...sections,
  ].join('\n');
}

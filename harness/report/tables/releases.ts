import type { Verdict } from '../../judge/verdict.ts';
import { type Published, verdictsOn } from '../../results/published.ts';
import type { LoadedScenario } from '../../scenario/load.ts';
import { inRange } from '../../scenario/range.ts';
import { CLASSES } from '../../scenario/scenario.ts';
import { linkToScenario } from '../markdown/markdown-text.ts';

/** What became of a scenario on a release, from the verdicts of its checks. */
function sign(loaded: LoadedScenario, release: Published): string {
  const { applies } = loaded.scenario;
  if (applies !== undefined && !inRange(release.version, applies.range)) return '–';
  const verdicts: readonly Verdict[] = Object.values(verdictsOn(release, loaded));
  if (verdicts.length === 0) return 'not played';
  if (verdicts.includes('reproduced')) return 'red';
  if (verdicts.includes('known-deviation')) return 'known';
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
    'red: the reported failure was reproduced. known: reproduced, and somebody answers for it (`scenarios/deviations.yaml`). ok: it holds.',
    '–: it makes no sense on that release. not played: not as the scenario is written now, so that nobody knows whether it holds there; those',
    'that take minutes are played with `--tag slow`. Made by `postern coverage --write` from `reports/published/`, which',
    '`postern matrix --publish` makes.',
    '',
    ...sections,
  ].join('\n');
}

import type { Published } from '../../results/published.ts';
import type { LoadedScenario } from '../../scenario/catalogue/load.ts';
import { NOT_PLAYED, STABLE_RELEASES } from '../../scenario/releases/npm-releases.ts';
import { compareReleases } from '../../scenario/releases/range.ts';
import { CLASSES } from '../../scenario/schema/scenario.ts';
import { linkToScenario } from '../markdown/markdown-text.ts';
import { ownProse } from '../markdown/own-markdown.ts';
import { type State, stateOn } from './published-state.ts';

/** Releases one after the other with the same state; `played` is how many of the `releases` have a result. */
type Span = { state: State; first: string; last: string; played: number; releases: number };

/**
 * The states of a scenario over all stable releases and those that have results, oldest first, as spans. Releases that were not played belong
 * to a span if the played ones before and after them have the same state; else they are a span of their own.
 */
function spansOf(loaded: LoadedScenario, releases: readonly Published[]): Span[] {
  const results = new Map(releases.map((release) => [release.version, release]));
  const versions = [...new Set([...STABLE_RELEASES, ...results.keys()])].sort(compareReleases);
  const spans: Span[] = [];
  for (const version of versions) {
    const state = stateOn(loaded, version, results.get(version));
    const played = state === 'not played' ? 0 : 1;
    const [before, last] = [spans.at(-2), spans.at(-1)];
    if (last?.state === state)
      Object.assign(last, { last: version, played: last.played + played, releases: last.releases + 1 });
    else if (last?.state === 'not played' && before?.state === state) {
      spans.pop();
      Object.assign(before, {
        last: version,
        played: before.played + 1,
        releases: before.releases + last.releases + 1,
      });
    } else spans.push({ state, first: version, last: version, played, releases: 1 });
  }
  return spans;
}

function describeSpan({ state, first, last, played, releases }: Span): string {
  const ends = first === last ? first : `${first} to ${last}`;
  const some = state !== 'not played' && played < releases ? ` (${played} of ${releases} played)` : '';
  return state === 'red' || state === 'known' ? `**${state}** ${ends}${some}` : `${state} ${ends}${some}`;
}

/** results/releases.md: for each scenario, the first and the last release of each state by the published results. */
export function renderReleases(scenarios: readonly LoadedScenario[], releases: readonly Published[]): string {
  const sections = CLASSES.map((name) => {
    const rows = scenarios
      .filter(({ scenario }) => scenario.class === name)
      .map((loaded) => {
        const { id } = loaded.scenario;
        const spans = spansOf(loaded, releases).map(describeSpan);
        return `| ${linkToScenario(id, id.split('/')[1])} | ${spans.join('<br>')} |`;
      });
    return [`## ${name}`, '', '| scenario | releases |', '| --- | --- |', ...rows, ''].join('\n');
  });
  return [
    '# Which release has which failure',
    '',
    'red: the release reproduced the reported failure. known: the same, and `scenarios/deviations.yaml` has an entry with an owner. ok: the',
    'scenario holds. not played: there is no result of the scenario as it is written now. A span from one release to another has every stable',
    'release and correction between them; if not all of them were played, it says how many were. `postern coverage --write` generates this page',
    'from `results/published/`, which `postern matrix --publish` and `postern matrix --edges` write.',
    '',
    ...sections,
    '## Releases that are not played',
    '',
    '| release | why |',
    '| --- | --- |',
    ...Object.entries(NOT_PLAYED).map(([version, why]) => `| ${version} | ${ownProse(why)} |`),
    '',
  ].join('\n');
}

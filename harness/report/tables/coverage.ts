import type { Published } from '../../results/published.ts';
import type { Covered, CoveringScenario } from '../../scenario/lists/reported.ts';
import { compareReleases } from '../../scenario/releases/range.ts';
import { CLASSES } from '../../scenario/schema/scenario.ts';
import { count } from '../../text/format.ts';
import { linkToScenario } from '../markdown/markdown-text.ts';
import { ownLink, ownProse } from '../markdown/own-markdown.ts';
import { type State, stateOn } from './published-state.ts';

/**
 * Whether a reported failure is played. `played`: on a release that the report names, or on the nearest one; `elsewhere`: only on other
 * releases; `unreachable`: no scenario can play it; `open`: no scenario plays it yet.
 */
export type Standing = 'played' | 'elsewhere' | 'unreachable' | 'open';

export function standingOf({ failure, scenarios }: Covered): Standing {
  if (failure.unreachable !== undefined) return 'unreachable';
  if (scenarios.length === 0) return 'open';
  return scenarios.some(({ on }) => on.length > 0) ? 'played' : 'elsewhere';
}

/** The number of reported failures, in total and by standing. */
export type Tally = { failures: number } & Record<Standing, number>;

export function tallyOf(coverage: readonly Covered[]): Tally {
  const countOf = (standing: Standing): number => coverage.filter((covered) => standingOf(covered) === standing).length;
  return {
    failures: coverage.length,
    played: countOf('played'),
    elsewhere: countOf('elsewhere'),
    unreachable: countOf('unreachable'),
    open: countOf('open'),
  };
}

/** One line: "155 of 184 reported failures are played, 6 only on other releases, 22 cannot be played, 1 scenario is missing". */
export function describeTally({ failures, played, elsewhere, unreachable, open }: Tally): string {
  const rest =
    open === 0 ? 'no scenario is missing' : `${count(open, 'scenario')} ${open === 1 ? 'is' : 'are'} missing`;
  const others = elsewhere === 0 ? '' : `${elsewhere} only on other releases, `;
  return `${played} of ${count(failures, 'reported failure')} are played, ${others}${unreachable} cannot be played, ${rest}`;
}

/** A range of releases in words, such as "2026.3 or 2026.4" or "up to 2026.3.24". */
export function describeRange(range: string): string {
  return range
    .replace(/^>=(\S+) <=(\S+)$/, '$1 to $2')
    .replace(/^>=/, 'from ')
    .replace(/^<=/, 'up to ')
    .replace(/^</, 'before ')
    .replaceAll(' || ', ' or ');
}

type Writing = { scenario(id: string): string; text(running: string): string };

/**
 * The scenarios that play a reported failure, each with the release that decides and what its published result says, or the reason why none
 * does. `write` formats a scenario id and running text.
 */
export function describePlayed(covered: Covered, releases: readonly Published[], write: Writing): string {
  const { failure, scenarios, named } = covered;
  switch (standingOf(covered)) {
    case 'unreachable':
      return write.text(`cannot be played: ${failure.unreachable}`);
    case 'open':
      return 'no scenario yet';
    case 'elsewhere':
      return scenarios
        .map(({ loaded: { scenario } }) => {
          const { releases = '', because = '' } = scenario.applies ?? {};
          return `${write.scenario(scenario.id)} ${write.text(`only on other releases, ${describeRange(releases)}. ${because}`)}`;
        })
        .join(' ');
    case 'played': {
      const places = scenarios.filter(({ on }) => on.length > 0).map((playing) => placeOf(playing, releases, named));
      const nearest = named ? '' : ', the nearest release that can be played';
      return [...Map.groupBy(places, ({ version, state }) => `${version}${nearest}: ${state}`)]
        .map(([where, there]) => `${there.map(({ id }) => write.scenario(id)).join(', ')} on ${where}`)
        .join('; ');
    }
  }
}

/** A scenario on the release that says most about a report, and what its published result there is. */
type Place = { id: string; version: string; state: State };

/** States by how much they say about a report: a release on which the failure was seen comes first. */
const TELLING: readonly State[] = ['red', 'known', 'ok', 'not played', 'does not apply'];

/** If several releases are equal: the newest, or the oldest if npm has none of the releases that the report names. */
function placeOf({ loaded, on }: CoveringScenario, releases: readonly Published[], named: boolean): Place {
  const places = on.toSorted(named ? (a, b) => compareReleases(b, a) : compareReleases).map((version): Place => {
    const release = releases.find((published) => published.version === version);
    return { id: loaded.scenario.id, version, state: stateOn(loaded, version, release) };
  });
  const [best] = places.toSorted((a, b) => TELLING.indexOf(a.state) - TELLING.indexOf(b.state));
  if (best === undefined) throw new Error(`${loaded.scenario.id} plays the report on no release`);
  return best;
}

/** results/coverage.md: each reported failure with the scenario that plays it, or the reason why no scenario does. */
export function renderCoverage(coverage: readonly Covered[], releases: readonly Published[]): string {
  const sections = CLASSES.map((name) => {
    const entries = coverage.filter(({ failure }) => failure.class === name);
    const rows = entries.map((entry) => `| ${cellsOf(entry, releases).join(' | ')} |`);
    return [
      `## ${name}`,
      '',
      `${describeTally(tallyOf(entries))}.`,
      '',
      '| # | reported failure | seen on | reports | played by |',
      '| --- | --- | --- | --- | --- |',
      ...rows,
      '',
    ].join('\n');
  });
  return [
    '# Reported failures, and the scenarios that play them',
    '',
    `${describeTally(tallyOf(coverage))}.`,
    '',
    'A reported failure counts as played if a scenario for it applies to a release that the report names. If npm has none of these releases,',
    'or only releases that are older than all that Postern plays, the nearest release counts. Behind each scenario stand one such release and what',
    'was seen there, in the words of [releases.md](releases.md): red, known, ok, or not played if the scenario has no result there as it is written',
    'now. `npx postern replay <scenario> --gateway <release>` plays it. `postern coverage --write` generates this page from',
    '`scenarios/reported.yaml` and the scenarios; a test fails if it is out of date.',
    '',
    ...sections,
  ].join('\n');
}

function cellsOf(covered: Covered, published: readonly Published[]): string[] {
  const { row, title, releases, remark, reported } = covered.failure;
  const seen = [releases === undefined ? '' : describeRange(releases), remark ?? ''].filter((text) => text !== '');
  return [
    row,
    ownProse(title),
    ownProse(seen.join('; ')),
    reported.map(ownLink).join(', '),
    describePlayed(covered, published, { scenario: (id) => linkToScenario(id), text: ownProse }),
  ];
}

import type { Covered, CoveringScenario } from '../../scenario/lists/reported.ts';
import { compareReleases, inRange } from '../../scenario/releases/range.ts';
import { CLASSES } from '../../scenario/schema/scenario.ts';
import { count } from '../../text/format.ts';
import { linkToScenario } from '../markdown/markdown-text.ts';
import { ownLink, ownProse } from '../markdown/own-markdown.ts';

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
 * The scenarios that play a reported failure with a release for each, or the reason why none does. `write` formats a scenario id and
 * running text.
 */
export function describePlayed(covered: Covered, write: Writing): string {
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
      const playing = scenarios.filter(({ on }) => on.length > 0);
      const release = bestOf(playing, named);
      const [there, others] = [true, false].map((is) => playing.filter(({ on }) => on.includes(release) === is));
      const ids = (there ?? []).map(({ loaded }) => write.scenario(loaded.scenario.id)).join(', ');
      return [
        `${ids} on ${release}${named ? '' : ', the nearest release that can be played'}`,
        ...(others ?? []).map(({ loaded, on }) => `${write.scenario(loaded.scenario.id)} on ${on.at(-1)}`),
      ].join('; ');
    }
  }
}

/**
 * The release on which most scenarios play the failure, and most of those are affected. If several are equal: the newest, or the oldest if
 * npm has none of the releases that the report names.
 */
function bestOf(playing: readonly CoveringScenario[], named: boolean): string {
  const worth = (release: string): number => {
    const there = playing.filter(({ on }) => on.includes(release));
    const affected = there.filter(({ loaded }) => inRange(release, loaded.scenario.affected));
    return there.length * (playing.length + 1) + affected.length;
  };
  const releases = [...new Set(playing.flatMap(({ on }) => on))].sort(compareReleases);
  const best = Math.max(...releases.map(worth));
  const isBest = (release: string): boolean => worth(release) === best;
  return (named ? releases.findLast(isBest) : releases.find(isBest)) ?? '';
}

/** results/coverage.md: each reported failure with the scenario that plays it, or the reason why no scenario does. */
export function renderCoverage(coverage: readonly Covered[]): string {
  const sections = CLASSES.map((name) => {
    const entries = coverage.filter(({ failure }) => failure.class === name);
    const rows = entries.map((entry) => `| ${cellsOf(entry).join(' | ')} |`);
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
    'or only releases that are older than all that Postern plays, the nearest release counts. `npx postern run --gateway <release> --only <scenario>`',
    'plays it. [releases.md](releases.md) has the verdicts of each release. `postern coverage --write` generates this page from',
    '`scenarios/reported.yaml` and the scenarios; a test fails if it is out of date.',
    '',
    ...sections,
  ].join('\n');
}

function cellsOf(covered: Covered): string[] {
  const { row, title, releases, remark, reported } = covered.failure;
  const seen = [releases === undefined ? '' : describeRange(releases), remark ?? ''].filter((text) => text !== '');
  return [
    row,
    ownProse(title),
    ownProse(seen.join('; ')),
    reported.map(ownLink).join(', '),
    describePlayed(covered, { scenario: (id) => linkToScenario(id), text: ownProse }),
  ];
}

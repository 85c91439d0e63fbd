import { compareReleases, inRange } from '../../scenario/range.ts';
import type { Covered, Playing } from '../../scenario/reported.ts';
import { CLASSES } from '../../scenario/scenario.ts';
import { count } from '../../text/format.ts';
import { linkToScenario } from '../markdown/markdown-text.ts';
import { ownLink, ownProse } from '../markdown/own-markdown.ts';

/** How a reported failure stands: played, played on releases alone that it does not name, out of reach, or not yet played at all. */
export type Standing = 'played' | 'elsewhere' | 'unreachable' | 'open';

export function standingOf({ failure, scenarios }: Covered): Standing {
  if (failure.unreachable !== undefined) return 'unreachable';
  if (scenarios.length === 0) return 'open';
  return scenarios.some(({ on }) => on.length > 0) ? 'played' : 'elsewhere';
}

/** How many of the reported failures stand how. */
export type Tally = { failures: number } & Record<Standing, number>;

export function tallyOf(coverage: readonly Covered[]): Tally {
  const having = (standing: Standing): number => coverage.filter((covered) => standingOf(covered) === standing).length;
  return {
    failures: coverage.length,
    played: having('played'),
    elsewhere: having('elsewhere'),
    unreachable: having('unreachable'),
    open: having('open'),
  };
}

/** One line: "155 of 184 reported failures are played, 6 on other releases alone, 22 are out of reach, 1 is still to be written". */
export function describeTally({ failures, played, elsewhere, unreachable, open }: Tally): string {
  const rest = open === 0 ? 'none is missing' : `${open} ${open === 1 ? 'is' : 'are'} still to be written`;
  const others = elsewhere === 0 ? '' : `${elsewhere} on other releases alone, `;
  return `${played} of ${count(failures, 'reported failure')} are played, ${others}${unreachable} are out of reach, ${rest}`;
}

/** A range of releases in words, such as "2026.3 or 2026.4" and "up to 2026.3.24". */
export function describeRange(range: string): string {
  return range
    .replace(/^>=(\S+) <=(\S+)$/, '$1 to $2')
    .replace(/^>=/, 'from ')
    .replace(/^<=/, 'up to ')
    .replace(/^</, 'before ')
    .replaceAll(' || ', ' or ');
}

type Writing = { scenario(id: string): string; text(running: string): string };

/** What plays a reported failure and on which release, or why nothing does. `write` writes a scenario by its id, and running text. */
export function describePlayed(covered: Covered, write: Writing): string {
  const { failure, scenarios, named } = covered;
  switch (standingOf(covered)) {
    case 'unreachable':
      return write.text(`out of reach: ${failure.unreachable}`);
    case 'open':
      return 'still to be written';
    case 'elsewhere':
      return scenarios
        .map(({ loaded: { scenario } }) => {
          const { range = '', because = '' } = scenario.applies ?? {};
          return `${write.scenario(scenario.id)} ${write.text(`on other releases alone, ${describeRange(range)}. ${because}`)}`;
        })
        .join(' ');
    case 'played': {
      const playing = scenarios.filter(({ on }) => on.length > 0);
      const release = bestOf(playing, named);
      const [there, others] = [true, false].map((is) => playing.filter(({ on }) => on.includes(release) === is));
      const ids = (there ?? []).map(({ loaded }) => write.scenario(loaded.scenario.id)).join(', ');
      return [
        `${ids} on ${release}${named ? '' : ', the nearest that can be played'}`,
        ...(others ?? []).map(({ loaded, on }) => `${write.scenario(loaded.scenario.id)} on ${on.at(-1)}`),
      ].join('; ');
    }
  }
}

/** The release on which most scenarios play it and most are affected; of several the newest, or the first beside one that npm lacks. */
function bestOf(playing: readonly Playing[], named: boolean): string {
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

/** reports/coverage.md: each failure that was reported, and the scenario that stands for it or the reason why none does. */
export function renderCoverage(coverage: readonly Covered[]): string {
  const sections = CLASSES.map((name) => {
    const entries = coverage.filter(({ failure }) => failure.class === name);
    const rows = entries.map((entry) => `| ${cellsOf(entry).join(' | ')} |`);
    return [
      `## ${name}`,
      '',
      `${describeTally(tallyOf(entries))}.`,
      '',
      '| # | what was reported | seen on | reports | played by |',
      '| --- | --- | --- | --- | --- |',
      ...rows,
      '',
    ].join('\n');
  });
  return [
    '# What was reported, and what plays it',
    '',
    `${describeTally(tallyOf(coverage))}.`,
    '',
    'A report is played where a scenario that stands for it is applicable on a release that the report names. Where npm has none of those,',
    'or only ones that are older than all that is played here, it is the nearest. `npx postern run --gateway <release> --only <scenario>` plays it there; what was seen on which release stands in',
    '[releases.md](releases.md). Made by `postern coverage --write` from `scenarios/reported.yaml` and the scenarios; a test keeps it so.',
    '',
    ...sections,
  ].join('\n');
}

function cellsOf(covered: Covered): string[] {
  const { row, title, versions, remark, reported } = covered.failure;
  const seen = [versions === undefined ? '' : describeRange(versions), remark ?? ''].filter((text) => text !== '');
  return [
    row,
    ownProse(title),
    ownProse(seen.join('; ')),
    reported.map(ownLink).join(', '),
    describePlayed(covered, { scenario: (id) => linkToScenario(id), text: ownProse }),
  ];
}

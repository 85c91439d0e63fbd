import type { Covered } from '../scenario/reported.ts';
import { CLASSES } from '../scenario/scenario.ts';
import { count } from './amounts.ts';
import { linkTo, linkToScenario, prose } from './markdown-text.ts';

/** How a reported failure stands where no scenario plays it: null where one does. */
export function whyNotPlayed({ failure, scenarios }: Covered): string | null {
  if (scenarios.length > 0) return null;
  return failure.unreachable === undefined ? STILL_OPEN : `out of reach: ${failure.unreachable}`;
}

/** Whether a scenario could play it and none does yet. */
export function isOpen(covered: Covered): boolean {
  return whyNotPlayed(covered) === STILL_OPEN;
}

const STILL_OPEN = 'still to be written';

/** How far the list of reported failures is covered. */
export type Tally = { failures: number; covered: number; unreachable: number; open: number };

export function tallyOf(coverage: readonly Covered[]): Tally {
  const covered = coverage.filter(({ scenarios }) => scenarios.length > 0).length;
  const open = coverage.filter(isOpen).length;
  return { failures: coverage.length, covered, unreachable: coverage.length - covered - open, open };
}

/** One line: "31 of 181 reported failures are played, 9 are out of reach, 141 are still to be written". */
export function sayTally({ failures, covered, unreachable, open }: Tally): string {
  const rest = open === 0 ? 'none is missing' : `${open} ${open === 1 ? 'is' : 'are'} still to be written`;
  return `${covered} of ${count(failures, 'reported failure')} are played, ${unreachable} are out of reach, ${rest}`;
}

/** reports/coverage.md: each failure that was reported, and the scenario that stands for it or the reason why none does. */
export function renderCoverage(coverage: readonly Covered[]): string {
  const sections = CLASSES.map((name) => {
    const entries = coverage.filter(({ failure }) => failure.class === name);
    const rows = entries.map((entry) => `| ${cellsOf(entry).join(' | ')} |`);
    return [
      `## ${name}`,
      '',
      `${sayTally(tallyOf(entries))}.`,
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
    `${sayTally(tallyOf(coverage))}.`,
    '',
    'Made by `postern coverage --write` from `scenarios/reported.yaml` and the scenarios; a test keeps it so.',
    '',
    ...sections,
  ].join('\n');
}

function cellsOf(covered: Covered): string[] {
  const { failure, scenarios } = covered;
  const why = whyNotPlayed(covered);
  return [
    failure.row,
    prose(failure.title),
    prose(failure.versions ?? ''),
    failure.reported.map(linkTo).join(', '),
    why === null ? scenarios.map(({ scenario }) => linkToScenario(scenario.id)).join(', ') : prose(why),
  ];
}

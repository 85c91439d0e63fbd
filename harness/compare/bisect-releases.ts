import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { didYouMean } from '../did-you-mean.ts';
import { EnvironmentError, EXIT, InterruptedError, UsageError } from '../exit.ts';
import { publishedReleaseOf } from '../gateway/source/reference.ts';
import { publishedVersions } from '../gateway/source/registry.ts';
import type { Verdict } from '../judge/verdict.ts';
import { GATE_FUZZED_KNOCKS } from '../limits.ts';
import { declaredChecks } from '../pairwise/declared.ts';
import { checkAlone, type Search, wholeTable } from '../pairwise/table-part.ts';
import { comparisonHtml } from '../report/html/html-comparison.ts';
import { defaultDisclosure } from '../results/disclosure.ts';
import type { ExplainedComparison } from '../results/explained-comparison.ts';
import { type Report, TABLE_ID } from '../results/report.ts';
import { ROOT } from '../root.ts';
import type { Selection } from '../scenario/catalogue/select.ts';
import { isPreview } from '../scenario/releases/npm-releases.ts';
import { compareReleases } from '../scenario/releases/range.ts';
import { runSuite } from '../suite/run.ts';
import { type RunRequest, type TableAsked, tableWithoutRechecks } from '../suite/run-request.ts';
import { bisect, type Shown } from './bisect.ts';
import { compareReports, readKnown } from './compare-reports.ts';

/**
 * What differs between the two ends: whether a check holds, or whether remote clients get more access than on the good end, by the selected
 * scenarios and the quick table.
 */
export type BisectedBy = { kind: 'check'; id: string } | { kind: 'weakened'; selection: Selection };

export type BisectRequest = Pick<RunRequest, 'seed' | 'reports' | 'prune' | 'command' | 'out'> & {
  by: BisectedBy;
  /** References of two published releases, in either order. */
  good: string;
  bad: string;
  /** Whether previews between the two are played as well. */
  previews: boolean;
};

/** What each verdict of a check says about its release; null if it decides nothing. */
const SHOWN: Record<Verdict, 'good' | 'bad' | null> = {
  pass: 'good',
  'unexpected-pass': 'good',
  reproduced: 'bad',
  fail: 'bad',
  'known-deviation': 'bad',
  error: null,
  'not-testable': null,
  flaky: null,
  skipped: null,
  'not-applicable': null,
};

const SEARCH: Search = { path: null, runs: GATE_FUZZED_KNOCKS };

/** The part of a run that decides: what is selected, and the table. Throws UsageError for an unknown check. */
function playedBy(by: BisectedBy, declared: ReadonlySet<string>): { selection: Selection; table: TableAsked | null } {
  if (by.kind === 'weakened')
    return { selection: by.selection, table: tableWithoutRechecks({ part: wholeTable('quick', SEARCH), save: false }) };
  if (!declared.has(by.id))
    throw new UsageError(
      `there is no check ${by.id}`,
      didYouMean(by.id, [...declared], '`postern list --checks` lists every check.'),
    );
  const part = checkAlone(by.id, SEARCH);
  return {
    selection: { only: [part === null ? by.id : TABLE_ID], classes: [], tags: [], profile: null },
    table: part === null ? null : tableWithoutRechecks({ part, save: false }),
  };
}

/** What a report says about its release. `compared` compares it with that of the good end. */
function shownIn(report: Report, by: BisectedBy, compared: (head: Report) => ExplainedComparison): Shown {
  const [problem] = report.run.problems;
  if (by.kind === 'check') {
    const check = report.checks.find(({ id }) => id === by.id);
    if (check === undefined) return { kind: 'undecided', why: problem ?? 'the check has no verdict' };
    const kind = SHOWN[check.verdict];
    return kind === null ? { kind: 'undecided', why: `${check.verdict}: ${check.because ?? check.seen}` } : { kind };
  }
  if (report.subjects.length === 0 || report.run.exitCode === EXIT.environment)
    return { kind: 'undecided', why: problem ?? 'the release could not be played' };
  return compared(report).exitCode === EXIT.weakened ? { kind: 'bad' } : { kind: 'good' };
}

/** The published releases from one end to the other, both included, oldest first. */
async function releasesBetween(one: string, other: string, previews: boolean): Promise<string[]> {
  const [oldest = one, newest = other] = [one, other].sort(compareReleases);
  return (await publishedVersions())
    .filter((version) => compareReleases(version, oldest) >= 0 && compareReleases(version, newest) <= 0)
    .filter((version) => previews || !isPreview(version) || version === one || version === other)
    .sort(compareReleases);
}

/**
 * Finds, among the published releases between `good` and `bad`, two next to each other of which one is good and the other is bad, and plays
 * about log2 of them. Writes the comparison of the two, with both transcripts, as a page into the folder of the reports, and prints what each
 * release showed.
 *
 * Throws UsageError for references that are no published releases, an unknown check, and ends that do not differ; EnvironmentError if an end
 * could not be played.
 */
export async function bisectReleases(request: BisectRequest): Promise<void> {
  const { by, previews, out, good: goodText, bad: badText, ...run } = request;
  const known = readKnown(ROOT, null);
  const comparisonOf = (base: Report, head: Report): ExplainedComparison =>
    compareReports(base, head, known, { today: head.run.startedAt.slice(0, 10), already: [] });
  const played = playedBy(by, declaredChecks(known.scenarios));
  const advice = 'Only releases on npm have an order: give two versions.';
  const [good, bad] = [await publishedReleaseOf(goodText, advice), await publishedReleaseOf(badText, advice)];
  if (good === bad) throw new UsageError(`--good and --bad are both ${good}`, 'Give two releases.');
  const releases = await releasesBetween(good, bad, previews);
  out.say(
    `${releases.length} releases from ${releases[0]} to ${releases.at(-1)}; at most ${stepsFor(releases.length)} are played.`,
  );

  const reports = new Map<string, Report>();
  const playOn = async (version: string): Promise<Report> => {
    const { report } = await runSuite({
      ...run,
      ...played,
      out,
      purpose: 'run',
      surveys: false,
      gateways: [version],
      files: [],
      ownScenarios: null,
      shard: null,
      comparison: null,
      disclosure: defaultDisclosure(process.env),
      whileKept: null,
      leavesOut: null,
      evidenceIn: null,
    });
    if (report.run.exitCode === EXIT.interrupted)
      throw new InterruptedError('interrupted', 'Repeat the command; nothing of it is kept but the reports.');
    reports.set(version, report);
    return report;
  };
  const goodReport = await playOn(good);
  const shownBy = (report: Report): Shown => shownIn(report, by, (head) => comparisonOf(goodReport, head));
  const endOf = async (version: string, report: Report, wanted: 'good' | 'bad'): Promise<void> => {
    const shown = shownBy(report);
    out.say(`${version}: ${describeShown(shown, by)}`);
    if (shown.kind === 'undecided')
      throw new EnvironmentError(`${version} decides nothing: ${shown.why}`, 'Give another release for this end.');
    if (shown.kind !== wanted)
      throw new UsageError(
        `--${wanted} ${version}: ${describeShown(shown, by)}`,
        'The two ends must differ. Exchange them, or give releases that lie further apart.',
      );
  };
  await endOf(good, goodReport, 'good');
  await endOf(bad, await playOn(bad), 'bad');

  const { older, newer, undecided } = await bisect(releases, {
    good,
    async play(version) {
      const shown = shownBy(await playOn(version));
      out.say(`${version}: ${describeShown(shown, by)}`);
      return shown;
    },
  });
  const [before, after] = [reports.get(older), reports.get(newer)];
  if (before === undefined || after === undefined) throw new Error('both releases of an edge were played');
  const page = path.join(request.reports, `bisect-${older}-${newer}.html`);
  writeFileSync(page, comparisonHtml(comparisonOf(before, after)));
  const isFix = compareReleases(good, bad) > 0;
  out.say(
    [
      '',
      `First ${isFix ? 'good' : 'bad'} release: ${newer}. Last ${isFix ? 'bad' : 'good'} release: ${older}.`,
      ...undecided.map(({ version, shown }) => `Between them ${version} ${describeShown(shown, by)}.`),
      `Both transcripts: ${page}`,
    ].join('\n'),
  );
}

/** The most releases that a bisection of so many plays if each of them decides: both ends, and log2 of those between. */
function stepsFor(releases: number): number {
  return 2 + Math.ceil(Math.log2(Math.max(1, releases - 1)));
}

function describeShown(shown: Shown, by: BisectedBy): string {
  if (shown.kind === 'undecided') return `decides nothing: ${shown.why}`;
  if (by.kind === 'check') return shown.kind === 'good' ? 'the check holds' : 'the check does not hold';
  return shown.kind === 'good'
    ? 'remote clients get no more than on the good release'
    : 'remote clients get more than on the good release';
}

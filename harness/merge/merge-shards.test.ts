import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { holds } from '../judge/verdict.ts';
import type { Report } from '../results/report.ts';
import { ROOT } from '../root.ts';
import { reportOf } from '../suite/build-report.ts';
import { posternCommit, posternVersion } from '../version.ts';
import { type MergedRun, mergeShards } from './merge-shards.ts';
import { type ReadReport, shardSetOf } from './shard-set.ts';
import {
  OPEN,
  type Played,
  PROPERTY_CHECKS,
  partsOf,
  playedWith,
  STRICT,
  shardReports,
  wholeReport,
} from './shards.fixture.ts';

const SUITE = { version: posternVersion(), commit: posternCommit() };

function merged(reports: readonly ReadReport[]): MergedRun {
  return mergeShards(shardSetOf(reports, SUITE), { root: ROOT, deviations: [] });
}

/** The merged run as a report, without what is defined as a sum, a maximum or a mark of the shard. */
function comparable({ run, stages: _, effort: __, ...report }: Report): unknown {
  const { id: _id, startedAt: _at, wallMs: _ms, ...rest } = run;
  return { ...report, run: rest };
}

function reportOfMerged({ run, ...rest }: MergedRun): Report {
  const report = reportOf({ ...run, ...rest, id: 'merged', startedAt: new Date(run.startedAt), shard: null });
  return { ...report, run: { ...report.run, suite: SUITE } };
}

const RUNS: [says: string, played: Played][] = [
  ['of a strict gateway', playedWith(STRICT, 'run')],
  ['of an open gateway', playedWith(OPEN, 'run')],
  ['of a gateway that answers some knocks otherwise the second time', playedWith(STRICT, 'run', true)],
  ['of a gate', playedWith(OPEN, 'gate')],
  ['of a matrix', playedWith(STRICT, 'matrix')],
];

/** A division into shards, and an order in which their reports are given. */
const division = (parts: readonly string[]) =>
  fc.integer({ min: 1, max: 5 }).chain((of) =>
    fc.record({
      of: fc.constant(of),
      shardOf: fc
        .array(fc.integer({ min: 1, max: of }), { minLength: parts.length, maxLength: parts.length })
        .map((shards) => new Map(parts.map((part, place) => [part, shards[place] ?? 1]))),
      order: fc.shuffledSubarray(
        Array.from({ length: of }, (_, place) => place),
        { minLength: of },
      ),
    }),
  );

test.each(RUNS)('the report %s is the same however it is divided, and in whatever order it is merged', (_, played) => {
  fc.assert(
    fc.property(division(partsOf(played)), ({ of, shardOf, order }) => {
      const reports = shardReports(played, of, (id) => shardOf.get(id) ?? 1);
      const given = order.flatMap((place) => reports[place] ?? []);
      expect(comparable(reportOfMerged(merged(given)))).toEqual(comparable(wholeReport(played, of)));
    }),
    { numRuns: 5 },
  );
});

describe('of three shards', () => {
  const played = playedWith(STRICT, 'run');
  const parts = partsOf(played);
  const reports = shardReports(played, 3, (id) => 1 + (parts.indexOf(id) % 3));

  test('times, boots and memory are sums and maxima, and the start is the earliest', () => {
    const { run, effort } = merged(reports);
    expect({ run, effort }).toEqual({
      run: {
        purpose: 'run',
        command: 'postern run --seed 7',
        seed: 7,
        startedAt: '2026-11-21T09:31:00.000Z',
        wallMs: 60_003,
        engine: { kind: 'docker', version: '20.10.24' },
      },
      effort: {
        boots: 6,
        bootMs: 54_000,
        longestChainMs: 9_003,
        knocks: 90,
        peakMemoryBytes: 3,
        slowest: [3, 2, 1].map((ms) => ({ scenario: `slow/${ms}`, gateway: '2026.4.1', ms })),
      },
    });
  });

  test('stages and logs have the number of their shard', () => {
    const stages = merged(reports).results.flatMap((result) => result.stages.map(({ id, log }) => `${id} ${log}`));
    expect(stages).toEqual(
      ['2026.4.1', '2026.9.6'].flatMap((version) =>
        [1, 2, 3].map((index) => `shard-${index}.shared-1 logs/shard-${index}/${version}/shared-1.log`),
      ),
    );
  });

  /** The reports after a change of the second one, whose counts are made to fit. */
  const withSecond = (change: (report: Report) => Report): ReadReport[] =>
    reports.map(({ folder, report }, place) => {
      if (place !== 1) return { folder, report };
      const changed = change(report);
      const counts = { ...report.counts };
      for (const verdict of Object.keys(counts))
        Object.assign(counts, { [verdict]: changed.checks.filter((check) => check.verdict === verdict).length });
      return { folder, report: { ...changed, counts } };
    });

  test('a check that no shard has is a problem, and the run is not green', () => {
    const lost = reports[1]?.report.checks.find(({ id }) => !PROPERTY_CHECKS.includes(id));
    const { problems } = merged(
      withSecond((report) => ({ ...report, checks: report.checks.filter((check) => check !== lost) })),
    );
    expect(problems.at(-1)).toEqual({
      text: `1 of ${reports[0]?.report.run.shard?.checks.length} declared checks have no verdict on ${lost?.gateway}, first ${lost?.id}`,
      exitCode: 3,
    });
  });

  test('while cells are missing, no property passes', () => {
    const { problems, results } = merged(withSecond((report) => ({ ...report, table: [] })));
    const passed = results.flatMap(({ checks }) =>
      checks.filter(({ id, verdict }) => PROPERTY_CHECKS.includes(id) && verdict === 'pass'),
    );
    expect(passed).toEqual([]);
    expect(problems.map(({ text }) => text).filter((text) => text.includes('were not observed'))).toHaveLength(2);
    expect(reportOfMerged(merged(withSecond((report) => ({ ...report, table: [] })))).run.exitCode).toBe(3);
  });

  test('what one shard saw behind the door is in the whole, and two that saw the same are refused', () => {
    const surveys = [{ survey: 'rights', gateway: '2026.4.1', seen: { version: '2026.4.1' } }];
    const { results } = merged(withSecond((report) => ({ ...report, surveys })));
    expect(results.map((result) => result.surveys)).toEqual([surveys, []]);
    const twice = reports.map(({ folder, report }) => ({ folder, report: { ...report, surveys } }));
    expect(() => merged(twice)).toThrow(/both have boundary\/rights on 2026\.4\.1/);
  });

  test('a gateway that no shard began is not in it', () => {
    const without = reports.map(({ folder, report }) => ({
      folder,
      report: {
        ...report,
        subjects: report.subjects.slice(0, 1),
      },
    }));
    expect(merged(without).results.map(({ subject }) => subject.reference)).toEqual(['2026.4.1']);
  });

  test('a problem that names a log of its shard names the copy', () => {
    const leaky = withSecond((report) => {
      const { shard } = report.run;
      if (shard === undefined) throw new Error('it is a shard');
      const problems = [{ text: 'a token is in logs/2026.4.1/shared-1.log, line 3', exitCode: 1 }];
      return { ...report, run: { ...report.run, shard: { ...shard, problems } } };
    });
    expect(merged(leaky).problems.map(({ text }) => text)).toContain(
      'a token is in logs/shard-2/2026.4.1/shared-1.log, line 3',
    );
  });
});

test('the sample run is red and holds by its verdicts, as a whole run is', () => {
  const { results } = merged(shardReports(playedWith(OPEN, 'gate'), 1, () => 1));
  const wrong = results.flatMap(({ checks }) => checks.filter((check) => check.holds !== holds(check.verdict, 'gate')));
  expect(wrong).toEqual([]);
});
